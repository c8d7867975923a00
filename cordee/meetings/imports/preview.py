"""What confirming a file would do, line by line, and what must be settled first. Made anew at each look.

A line is new, the same as what is recorded, different from it, impossible to read, waiting for an answer, or left out.
Nothing is written here; `Preview.plan()` is what `actions.importing.apply_import` writes.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cordee.meetings import policy
from cordee.meetings.actions import refusals
from cordee.meetings.actions.importing import ImportedMark, Plan, Reference
from cordee.meetings.imports import sentences
from cordee.meetings.imports.answers import REASON, Answers, key_of
from cordee.meetings.imports.directory import Directory
from cordee.meetings.imports.entries import Entry
from cordee.meetings.imports.files import entries_in
from cordee.meetings.imports.matching import CREATE, Matcher, Question
from cordee.meetings.imports.places import Place, Places
from cordee.meetings.imports.statuses import Status
from cordee.meetings.models import Meeting, Portion
from cordee.people.models import Person
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Refusal
from cordee.values.school_year import SchoolYear

REPLACE, KEEP = "replace", "keep"


@dataclass(slots=True)
class Line:
    """One line of the file. `meeting` and `person` are set once known; `mark` is shared by the lines it joins."""

    entry: Entry
    status: Status = Status.NEW
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    group: Reference | None = None
    person: Reference | None = None
    place: Place | None = None
    mark: "Mark | None" = None

    def refuse(self, sentence: object) -> None:
        self.status = Status.UNREADABLE
        self.problems.append(str(sentence))


@dataclass(slots=True)
class Mark:
    """What the file says of one person at one meeting: of one line, or of two halves of a day."""

    place: Place
    person: Reference
    lines: list[Line]
    portion: str = ""
    reason: str = ""
    recorded: str = ""
    version: int = 0
    replaces: bool = False
    question: str = ""

    @property
    def is_written(self) -> bool:
        return self.lines[0].status == Status.NEW or self.replaces


class Preview:
    """`by` None is the system, which may do everything. Eight queries, whatever the number of lines."""

    def __init__(self, proposal: dict[str, Any], *, by: Person | None, on: date) -> None:
        self.by, self.on = by, on
        self.answers: Answers = proposal["choices"]
        self.directory = Directory()
        entries = entries_in(proposal)
        self.directory.load_meetings(entries)
        may_create = by is None or bool(policy.can_create_groups(by, on=on))
        self.matcher = Matcher(self.directory, self.answers, entries, may_create_groups=may_create)
        self.places = Places(self.directory, self.matcher)
        self.lines = [Line(entry) for entry in entries]
        self.marks: dict[tuple[Reference, Reference], Mark] = {}
        self._read()
        self._compare()

    # -- what others ask

    @property
    def questions(self) -> list[Question]:
        return list(self.matcher.questions.values())

    @property
    def counts(self) -> dict[str, int]:
        """Lines by status, every status named."""
        found = Counter(line.status for line in self.lines)
        return {status.value: found[status] for status in Status}

    @property
    def has_sheets(self) -> bool:
        return len({line.entry.sheet for line in self.lines}) > 1

    @property
    def reason(self) -> str:
        return self.answers.get(REASON, {}).get("text", "")

    def checked_reason(self) -> str:
        """The reason of the corrections. Raises ReasonMissing when marks of validated meetings wait for one."""
        if self.corrections and not self.reason:
            raise refusals.ReasonMissing
        return self.reason

    @property
    def corrections(self) -> int:
        """Marks to be written at validated meetings: they need a reason."""
        return sum(mark.is_written and mark.place.is_validated for mark in self.marks.values())

    @property
    def written(self) -> list[Mark]:
        return [mark for mark in self.marks.values() if mark.is_written]

    def plan(self) -> Plan:
        """What to write, with only the people, groups and meetings that a mark needs."""
        marks = self.written
        places = {mark.place.key: mark.place for mark in marks if mark.place.is_new}
        groups = {place.group for place in places.values()}
        return Plan(
            groups=[new for key, new in self.matcher.new_groups.items() if key in groups],
            people=self.matcher.created_people({str(mark.person) for mark in marks}),
            meetings=[place.new_meeting() for place in places.values()],
            marks=[
                ImportedMark(mark.place.reference, mark.person, mark.portion, mark.reason, mark.version)
                for mark in marks
            ],
        )

    def person_label(self, line: Line) -> str:
        known = self.directory.people.by_pk.get(line.person) if isinstance(line.person, int) else None
        return known.full_name if known else line.entry.name or line.entry.email

    def group_label(self, line: Line) -> str:
        known = self.directory.groups.by_pk.get(line.group) if isinstance(line.group, int) else None
        return known.label if known else line.entry.group

    def answers_to_all(self, what: str) -> Answers:
        """The answers, with one for every question of a kind: people, meetings, replace or keep.

        People are created at one stroke only when nobody looks like them and the file says who employs them.
        """
        answers = dict(self.answers)
        for question in self.questions:
            if act := _act_for(question, what):
                answers[question.key] = {**question.typed, "act": act}
        return answers

    # -- how it is made

    def _read(self) -> None:
        for line in self.lines:
            for trouble in line.entry.troubles:
                line.refuse(sentences.sentence_of(trouble))
            if not line.problems:
                self._place(line)
        self.places.settle()
        for line in self.lines:
            if line.status == Status.NEW and line.place is not None and line.person is not None:
                self._join(line, line.place, line.person)

    def _place(self, line: Line) -> None:
        """The group, the day, the person and the meeting; questions are all asked at once."""
        entry = line.entry
        group, person = self.matcher.group(entry), self.matcher.person(entry)
        line.group, line.person = group.reference, person.reference
        if isinstance(line.group, int) and not self._may(line.group):
            line.refuse(sentences.not_yours(self.group_label(line)))
        elif problem := self._day_problem(entry):
            line.refuse(problem)
        elif isinstance(line.person, int):
            self._check_employer(line, line.person)
        if line.status == Status.UNREADABLE:
            return
        if group.left or person.left:
            line.status = Status.LEFT
        elif line.group is None or line.person is None:
            line.status = Status.ASK
        if line.group is not None:
            self._find_meeting(line, line.group)

    def _may(self, group: int) -> bool:
        return self.by is None or policy.runs(self.by, group, on=self.on)

    def _day_problem(self, entry: Entry) -> str:
        if entry.day is None or not self.directory.has_year(entry.day):
            day = entry.day or self.on
            return str(refusals.OutsideYear(day, SchoolYear.containing(day)))
        return str(refusals.NotHeldYet(Meeting(date=entry.day))) if entry.day > self.on else ""

    def _check_employer(self, line: Line, person: int) -> None:
        entry, people = line.entry, self.directory.people
        if entry.portion != Portion.NONE and entry.day and people.employment(person, entry.day) is None:
            known = people.by_pk[person]
            unsaved = Person(first_name=known.first_name, last_name=known.last_name)
            line.refuse(refusals.NotAffiliated(unsaved, Meeting(date=entry.day)))
        notes = (self.matcher.name_note(entry, person), self.matcher.employer_note(entry, person))
        line.notes.extend(note for note in notes if note)

    def _find_meeting(self, line: Line, group: Reference) -> None:
        try:
            place = line.place = self.places.find(group, line.entry)
        except Refusal as refusal:
            line.refuse(refusal)
            return
        if line.status == Status.NEW and not place.is_settled:
            line.status = Status.LEFT if place.left else Status.ASK

    def _join(self, line: Line, place: Place, person: Reference) -> None:
        """Two halves of a day are one mark; anything else said twice is a mistake of the file."""
        entry = line.entry
        portion = place.planned_portion if entry.portion == "planned" else entry.portion
        mark = self.marks.get((place.reference, person))
        if mark is None:
            mark = self.marks[place.reference, person] = Mark(place, person, [line], portion)
            mark.reason = entry.reason if portion == Portion.NONE else ""
            line.mark = mark
            return
        halves = {other.entry.half for other in mark.lines} | {entry.half}
        if halves == {"am", "pm"} and len(mark.lines) == 1:
            mark.lines.append(line)
            mark.portion, line.mark = Portion.DAY, mark
            line.notes.append(_("Réunie à la ligne %(row)s : une journée.") % {"row": mark.lines[0].entry.row})
        else:
            line.refuse(sentences.repeated(mark.lines[0].entry.row))

    def _compare(self) -> None:
        existing = {mark.place.recorded for mark in self.marks.values()}
        self.directory.load_attendances(pk for pk in existing if pk is not None)
        for mark in list(self.marks.values()):
            if mark.portion == Portion.DAY and mark.place.planned_portion == Portion.HALF:
                self._refuse(mark, refusals.TooLong(Meeting()))
            else:
                self._compare_one(mark)

    def _refuse(self, mark: Mark, refusal: Refusal) -> None:
        for line in mark.lines:
            line.refuse(refusal)
        del self.marks[mark.place.reference, mark.person]

    def _compare_one(self, mark: Mark) -> None:
        recorded = self.directory.attendances.get((mark.place.recorded, mark.person))
        if recorded is None:
            return
        mark.version, mark.recorded = recorded.version, recorded.portion
        says_same = recorded.portion == mark.portion and mark.reason in ("", recorded.reason)
        if says_same:
            self._set(mark.lines, Status.SAME)
        elif recorded.portion != Portion.UNMARKED:
            self._set(mark.lines, Status.DIFFERS)
            self._ask_which(mark)

    def _ask_which(self, mark: Mark) -> None:
        line = mark.lines[0]
        # The version is in the key: an answer is given to what one saw, and not to what it became.
        mark.question = key_of("d", mark.place.reference, mark.person, mark.version)
        question = self.matcher.ask(mark.question, "difference", self.person_label(line), line.entry.row)
        question.answered = True  # without an answer, what is recorded stays
        question.detail = f"{self.group_label(line)}, {date_long(mark.place.day)}"
        mark.replaces = question.act == REPLACE

    def _set(self, lines: Iterable[Line], status: Status) -> None:
        for line in lines:
            line.status = status


def _act_for(question: Question, what: str) -> str:
    if question.kind == "difference":
        return what if what in (REPLACE, KEEP) else ""
    if question.answered or question.act:
        return ""
    if what == "meetings" and question.kind == "meeting":
        return CREATE
    needed = ("first", "last", "organization", "category")
    is_clear = question.kind == "person" and not question.candidates and all(map(question.given, needed))
    return CREATE if what == "people" and is_clear else ""
