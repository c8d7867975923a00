"""From minutes to a portion, by the thresholds in force on the day, and what that changes on the roster."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.meetings.actions import refusals
from cordee.meetings.imports.answers import key_of
from cordee.meetings.imports.teams.connections import Connections, Identity
from cordee.meetings.imports.teams.lines import Line, TeamsStatus
from cordee.meetings.imports.teams.matching import TeamsMatcher
from cordee.meetings.imports.teams.sentences import length, threshold_of
from cordee.meetings.models import Attendance, Meeting, Portion
from cordee.meetings.rules import teams
from cordee.people.models import Person
from cordee.reference.models import rules_on
from cordee.toolkit.formats import time_short
from cordee.toolkit.refusals import Unreadable, in_words
from cordee.values import portion as portions
from cordee.values.sentence import SpokenError

KEEP, REPLACE = "keep", "replace"
DIFFERENCE, BELOW = "difference", "below"
WRITTEN = {portions.Portion.NONE: Portion.NONE, portions.Portion.HALF: Portion.HALF, portions.Portion.DAY: Portion.DAY}
PLANNED = {Portion.HALF: portions.Portion.HALF, Portion.DAY: portions.Portion.DAY}


def portion_label(portion: str) -> str:
    """What a report proposes, in words: it never says that someone was absent."""
    return _("Aucune") if portion == Portion.NONE else str(Portion(portion).label) if portion else ""


class Proposer:
    def __init__(self, meeting: Meeting, matcher: TeamsMatcher, connections: Connections) -> None:
        self.meeting, self.matcher, self.connections = meeting, matcher, connections
        try:
            rulebook = rules_on(meeting.date)
            self.half_from = rulebook.minutes("threshold.half-day")
            self.day_from = rulebook.minutes("threshold.day")
        except SpokenError as error:
            raise Unreadable(in_words(error)) from None

    def propose(self, line: Line, identities: Sequence[Identity]) -> None:
        """The presence on every device, and the portion it gives; nothing when no connection was written."""
        windows = self.connections.windows
        spans = [span for each in identities for span in each.spans]
        doubtful = [span for each in identities for span in each.doubtful]
        if not spans and not doubtful:
            return
        line.presence = teams.presence_of([*spans, *doubtful], windows)
        given = portions.portion_from_minutes(line.presence.minutes, half_from=self.half_from, day_from=self.day_from)
        held = min(given, PLANNED[Portion(self.meeting.planned_portion)])
        line.portion = WRITTEN[held]
        line.threshold = threshold_of(given, half_from=self.half_from, day_from=self.day_from, capped=held != given)
        if doubtful and line.status == TeamsStatus.UNKNOWN:
            line.status = TeamsStatus.PROPOSED

    def compare(self, line: Line, recorded: Attendance | None) -> None:
        """What becomes of the proposal beside what the roster says."""
        if recorded is not None:
            line.recorded, line.version = recorded.portion, recorded.version
        if line.presence is None or line.status == TeamsStatus.PROPOSED:
            return
        if line.recorded == line.portion:
            line.status = TeamsStatus.SAME
        elif problem := self._problem(line):
            line.status, line.problem = TeamsStatus.REFUSED, problem
        elif line.recorded != Portion.UNMARKED:
            line.status = TeamsStatus.DIFFERS
            self._choose(line, DIFFERENCE)
        elif line.portion == Portion.NONE:
            line.status = TeamsStatus.BELOW
            self._choose(line, BELOW)
        else:
            line.status = TeamsStatus.NEW

    def detail(self, line: Line, email: str = "") -> str:
        """`rpiolet@exemple.test · 9 h 02 – 15 h 24, 6 h 22 · Journée`: enough to know who that may be."""
        connected = ", ".join(filter(None, (self.when(line), self.lasted(line))))
        return " · ".join(filter(None, (email, connected, portion_label(line.portion))))

    def lasted(self, line: Line) -> str:
        """How long inside the meeting."""
        return length(line.presence.seconds) if line.presence else ""

    def when(self, line: Line) -> str:
        """From the first connection to the last, outside the meeting too."""
        presence = line.presence
        if presence is None or presence.first is None or presence.last is None:
            return ""
        first, last = (
            time_short(datetime.fromtimestamp(moment, self.connections.zone))
            for moment in (presence.first, presence.last)
        )
        return f"{first} – {last}"

    def _problem(self, line: Line) -> str:
        """Nobody is present for an employer they do not have."""
        if line.portion == Portion.NONE or not isinstance(line.person, int):
            return ""
        people = self.matcher.directory.people
        if people.employment(line.person, self.meeting.date) is not None:
            return ""
        known = people.by_pk[line.person]
        unsaved = Person(first_name=known.first_name, last_name=known.last_name)
        return str(refusals.NotAffiliated(unsaved, self.meeting))

    def _choose(self, line: Line, kind: str) -> None:
        """Without an answer what is recorded stays, and « aucune » is not written. The version is in the key: an
        answer is given to what one saw, and not to what it became."""
        line.question = key_of(kind[0], self.meeting.pk, line.person, line.version, line.portion)
        question = self.matcher.ask(line.question, kind, line.label, 0)
        question.answered = True
        question.detail = self.detail(line)
        question.suggested = {"recorded": line.recorded, "portion": line.portion}
        line.replaces = question.act == REPLACE
