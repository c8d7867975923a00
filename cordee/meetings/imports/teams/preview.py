"""What confirming the reports of one meeting would do, person by person. Made anew at each look.

The reports already confirmed for this meeting count with the new ones: a meeting that was started again has several,
and the same file twice changes nothing. Who is in no report is « inconnu », never absent.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cordee.meetings.actions import refusals
from cordee.meetings.actions.importing import ImportedMark, Plan, Reference
from cordee.meetings.imports.answers import REASON, Answers
from cordee.meetings.imports.directory import Directory
from cordee.meetings.imports.matching import Question
from cordee.meetings.imports.teams.connections import Connections, Identity
from cordee.meetings.imports.teams.lines import Line, TeamsStatus
from cordee.meetings.imports.teams.matching import PERSON, TeamsMatcher, Why, same_name
from cordee.meetings.imports.teams.proposing import Proposer
from cordee.meetings.imports.teams.sentences import names_label, note_of
from cordee.meetings.models import Attendance, Meeting, Portion, Source, roster_of
from cordee.meetings.models import Line as RosterLine

FEW, MOST_OFFERED = 5, 6
# What was typed by a guest or remembered may be of someone else; an address on record is not.
CONTESTABLE = (Why.ALIAS, Why.NAME)
KEEP, REPLACE, ABSENCES = "keep", "replace", "absences"


class TeamsPreview:
    """`earlier` are the proposals already confirmed for the meeting. The number of queries grows with no line."""

    def __init__(self, meeting: Meeting, proposal: dict[str, Any], *, earlier: Sequence[dict[str, Any]] = ()) -> None:
        self.meeting = meeting
        self.answers: Answers = proposal["choices"]
        self.directory = Directory()
        self.roster = {line.person.pk: line for line in roster_of(meeting).lines}
        self.connections = Connections(meeting, proposal, earlier)
        identities = list(self.connections.identities.values())
        self.matcher = TeamsMatcher(
            self.directory,
            self.connections.answers,
            [identity.participant for identity in identities],
            day=meeting.date,
            expected=self.roster.keys(),
        )
        self.recorded: dict[Reference, Attendance | None] = {}
        self.proposer = Proposer(meeting, self.matcher, self.connections)
        self.learned: dict[tuple[str, str], Reference] = {}
        self.lines = [] if self.connections.waits else self._lines(identities)

    # -- what others ask

    @property
    def questions(self) -> list[Question]:
        """Those of the reports first, then of people, then of what differs."""
        return [*self.connections.questions, *self.matcher.questions.values()]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.status for line in self.lines)
        return {status.value: found[status] for status in TeamsStatus}

    @property
    def reason(self) -> str:
        return self.answers.get(REASON, {}).get("text", "")

    @property
    def written(self) -> list[Line]:
        return [line for line in self.lines if line.is_written]

    @property
    def corrections(self) -> int:
        """Marks to be written at a meeting already validated: they need a reason."""
        return len(self.written) if self.meeting.is_validated else 0

    def checked_reason(self) -> str:
        if self.corrections and not self.reason:
            raise refusals.ReasonMissing
        return self.reason

    def plan(self) -> Plan:
        people = {str(line.person) for line in self.written} | {str(who) for who in self.learned.values()}
        return Plan(
            people=self.matcher.created_people(people),
            marks=[self._mark(line) for line in self.written if line.person is not None],
            aliases=dict(self.learned),
            source=Source.TEAMS,
        )

    def answers_to_all(self, what: str) -> Answers:
        """The answers, with one for every difference (`replace`, `keep`) or everyone under the threshold."""
        kind, act = ("below", REPLACE) if what == ABSENCES else ("difference", what)
        answers = dict(self.answers)
        for question in self.questions:
            if question.kind == kind and act in (KEEP, REPLACE):
                answers[question.key] = {**question.typed, "act": act}
        return answers

    # -- how it is made

    def _mark(self, line: Line) -> ImportedMark:
        assert line.person is not None
        return ImportedMark(self.meeting.pk, line.person, line.portion, "", line.version)

    def _lines(self, identities: Sequence[Identity]) -> list[Line]:
        found: dict[Reference, list[Identity]] = {}
        asked: list[Line] = []
        whys: dict[Reference, Line] = {}
        for identity in identities:
            match = self.matcher.identity(identity.participant)
            if match.reference is None:
                asked.append(self._unmatched(identity, match.question, left=match.left))
                continue
            self.learned |= self.matcher.learned(identity.participant, match.question)
            found.setdefault(match.reference, []).append(identity)
            line = whys.setdefault(match.reference, Line(self._label(match.reference), match.reference, why=match.why))
            if match.why in CONTESTABLE:
                line.contested = line.contested or match.question
        self._load_others(who for who in found if isinstance(who, int) and who not in self.roster)
        matched = [self._matched(whys[who], theirs) for who, theirs in found.items()]
        self._offer([pk for pk in self.roster if pk not in found])
        silent = [self._silent(line) for pk, line in self.roster.items() if pk not in found]
        return [*asked, *sorted([*matched, *silent], key=self._place)]

    def _load_others(self, people: Iterable[int]) -> None:
        """What is recorded of those who are not on the roster: marks that were taken away keep their version."""
        self.recorded = {pk: line.attendance for pk, line in self.roster.items()}
        if others := list(people):
            rows = Attendance.objects.filter(meeting=self.meeting, person__in=others).order_by("pk")
            self.recorded |= {row.person_id: row for row in rows}

    def _offer(self, silent: Sequence[int]) -> None:
        """Whoever is expected and in no report may be whom nobody recognised: first, and all of them when few."""
        few = list(silent) if len(silent) <= FEW else []
        for question in self.matcher.questions.values():
            if question.kind == PERSON and not question.answered:
                likely = [pk for pk in question.candidates if pk in silent]
                question.candidates = list(dict.fromkeys([*likely, *question.candidates, *few]))[:MOST_OFFERED]

    def _place(self, line: Line) -> tuple[str, str]:
        """As on the roster: by family name."""
        known = self.directory.people.by_pk.get(line.person) if isinstance(line.person, int) else None
        return (known.last_name, known.first_name) if known else (line.label, "")

    def _label(self, reference: Reference) -> str:
        if isinstance(reference, int):
            return self.directory.people.by_pk[reference].full_name
        new = self.matcher.new_people[reference]
        return f"{new.first_name} {new.last_name}"

    def _unmatched(self, identity: Identity, question: str, *, left: bool) -> Line:
        line = Line(identity.participant.name or identity.participant.email, question=question)
        line.status = TeamsStatus.LEFT if left else TeamsStatus.ASK
        self.proposer.propose(line, [identity])
        self.matcher.questions[question].detail = self.proposer.detail(line, identity.participant.email)
        return line

    def _matched(self, line: Line, theirs: Sequence[Identity]) -> Line:
        line.names = list(dict.fromkeys(each.participant.name for each in theirs if each.participant.name))
        known = self.roster.get(line.person) if isinstance(line.person, int) else None
        line.walk_in = known is None or known.is_walk_in
        line.notes = [note_of(note, text) for each in theirs for note, text in each.notes]
        if any(not same_name(each.participant, line.label) for each in theirs if each.participant.name):
            line.notes.append(_("Dans le rapport : %(names)s.") % {"names": names_label(line.names)})
        self.proposer.propose(line, theirs)
        self.proposer.compare(line, self.recorded.get(line.person or ""))
        return line

    def _silent(self, expected: RosterLine) -> Line:
        """Expected, or marked by hand, and in no report: nothing is said of them."""
        return Line(
            expected.person.full_name,
            expected.person.pk,
            recorded=expected.portion,
            version=expected.version,
            walk_in=expected.is_walk_in,
            notes=[] if expected.portion != Portion.UNMARKED else [_("N’est dans aucun rapport.")],
        )
