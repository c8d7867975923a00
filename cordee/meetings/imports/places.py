"""The meeting a line speaks of: the one the group has that day, or one to add."""

from dataclasses import dataclass, field
from datetime import date, time

from cordee.meetings.actions.importing import NewMeeting, Reference
from cordee.meetings.imports import sentences
from cordee.meetings.imports.answers import key_of
from cordee.meetings.imports.directory import Directory
from cordee.meetings.imports.entries import Entry
from cordee.meetings.imports.matching import CREATE, SKIP, Matcher, Question
from cordee.meetings.models import Meeting, Modality, Portion
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Refusal

NOON = time(12)
HOURS = {
    ("half", "am"): (time(9), time(12)),
    ("half", "pm"): (time(13), time(16)),
    ("half", ""): (time(9), time(12)),
    ("day", ""): (time(9), time(16)),
}


@dataclass(slots=True)
class Place:
    """A meeting on record (`meeting`), or one that the file makes necessary (`key` is its question)."""

    group: Reference
    day: date
    meeting: Meeting | None = None
    key: str = ""
    question: Question | None = None
    restores: int | None = None
    planned: str = ""
    said: set[tuple[str, str]] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        return self.meeting is None

    @property
    def reference(self) -> Reference:
        return self.meeting.pk if self.meeting else self.key

    @property
    def recorded(self) -> int | None:
        """The meeting whose attendance may already be recorded."""
        return self.meeting.pk if self.meeting else self.restores

    @property
    def is_validated(self) -> bool:
        return self.meeting is not None and self.meeting.is_validated

    @property
    def is_settled(self) -> bool:
        return self.question is None or self.question.act == CREATE

    @property
    def left(self) -> bool:
        return self.question is not None and self.question.act == SKIP

    @property
    def planned_portion(self) -> str:
        return self.meeting.planned_portion if self.meeting else self.planned

    def settle(self) -> None:
        """A meeting to add lasts as long as the longest portion said of it, unless the answer says otherwise."""
        halves = {half for portion, half in self.said if portion == Portion.HALF}
        is_half = bool(self.said) and {portion for portion, _half in self.said} <= {Portion.HALF, Portion.NONE}
        longest = Portion.HALF if is_half and halves and not {"am", "pm"} <= halves else Portion.DAY
        assert self.question is not None
        self.question.suggested = {"planned": longest, "modality": Modality.IN_PERSON}
        chosen = self.question.given("planned")
        self.planned = chosen if chosen in (Portion.HALF, Portion.DAY) else longest

    def new_meeting(self) -> NewMeeting:
        halves = {half for portion, half in self.said if portion == Portion.HALF}
        half = halves.pop() if self.planned == Portion.HALF and len(halves) == 1 else ""
        starts_at, ends_at = HOURS[self.planned, half]
        modality = self.question.given("modality") if self.question else ""
        return NewMeeting(
            key=self.key,
            group=self.group,
            day=self.day,
            starts_at=starts_at,
            ends_at=ends_at,
            planned_portion=self.planned,
            modality=modality if modality in Modality.values else Modality.IN_PERSON,
            restores=self.restores,
        )


class Places:
    def __init__(self, directory: Directory, matcher: Matcher) -> None:
        self.directory, self.matcher = directory, matcher
        self._existing: dict[int, Place] = {}
        self._new: dict[str, Place] = {}

    def find(self, group: Reference, entry: Entry) -> Place:
        """Raises a Refusal when the meeting is cancelled, or when there are several and the line does not say which."""
        day = entry.day
        assert day is not None
        planned = self.directory.meetings.get((group, day), []) if isinstance(group, int) else []
        open_ones = [meeting for meeting in planned if not meeting.is_cancelled]
        if open_ones:
            return self._recorded(_one_of(open_ones, entry), day)
        undone = [meeting.pk for meeting in planned if meeting.pk in self.directory.undone_meetings]
        if planned and not undone:
            raise Refusal(sentences.cancelled(day))
        return self._to_add(group, entry, undone[0] if undone else None)

    def settle(self) -> None:
        for place in self._new.values():
            place.settle()

    def _recorded(self, meeting: Meeting, day: date) -> Place:
        if meeting.pk not in self._existing:
            self._existing[meeting.pk] = Place(meeting.group_id, day, meeting, key=f"{meeting.pk}")
        return self._existing[meeting.pk]

    def _to_add(self, group: Reference, entry: Entry, restores: int | None) -> Place:
        day = entry.day
        assert day is not None
        key = key_of("m", group, day)
        known = self.directory.groups.by_pk.get(group) if isinstance(group, int) else None
        question = self.matcher.ask(key, "meeting", known.label if known else entry.group, entry.row)
        question.answered = question.act in (CREATE, SKIP)
        question.detail = date_long(day)
        place = self._new.setdefault(key, Place(group, day, key=key, question=question, restores=restores))
        place.said.add((entry.portion, entry.half))
        return place


def _one_of(meetings: list[Meeting], entry: Entry) -> Meeting:
    """The only one, or the only one of the half that the line names."""
    if len(meetings) == 1:
        return meetings[0]
    fitting = [meeting for meeting in meetings if entry.half and (meeting.starts_at < NOON) == (entry.half == "am")]
    if len(fitting) != 1:
        raise Refusal(sentences.several_meetings(meetings[0].date))
    return fitting[0]
