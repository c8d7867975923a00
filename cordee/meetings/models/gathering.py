"""All that the minutes of a meeting say, for one reader: what was written, who was there, what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.meetings.models.attendance import Portion
from cordee.meetings.models.meeting import Meeting
from cordee.meetings.models.minutes import FollowUp, MinutesCorrection, MinutesState
from cordee.meetings.models.outline import Entry, outline_of
from cordee.meetings.models.roster import Roster, roster_of
from cordee.people.models import Person


@dataclass
class Gathering:
    meeting: Meeting
    entries: list[Entry]
    roster: Roster
    follow_ups: list[FollowUp]
    corrections: list[MinutesCorrection]
    names: dict[int, str]

    @property
    def is_open(self) -> bool:
        return not hasattr(self.meeting, "minutes_approval") and not hasattr(self.meeting, "minutes_lock")

    @cached_property
    def state(self) -> MinutesState:
        if hasattr(self.meeting, "minutes_lock"):
            return MinutesState.LOCKED
        if not self.is_open:
            return MinutesState.APPROVED
        return MinutesState.DRAFT if self.written or self.follow_ups else MinutesState.NONE

    @property
    def written(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.text]

    @cached_property
    def present(self) -> list[str]:
        return self._people(line.person for line in self.roster.lines if line.portion in (Portion.HALF, Portion.DAY))

    @cached_property
    def excused(self) -> list[str]:
        """Absent with a reason, which is not said here, or after having said they would not come."""
        absent = (line for line in self.roster.lines if line.portion == Portion.NONE)
        return self._people(line.person for line in absent if line.reason or line.declined)

    @cached_property
    def absent(self) -> list[str]:
        absent = (line for line in self.roster.lines if line.portion == Portion.NONE)
        return self._people(line.person for line in absent if not (line.reason or line.declined))

    @cached_property
    def declined(self) -> list[str]:
        """Who said they would not come, until attendance says who came."""
        unmarked = (line for line in self.roster.lines if line.portion == Portion.UNMARKED)
        return self._people(line.person for line in unmarked if line.declined)

    @property
    def unmarked(self) -> int:
        return sum(line.portion == Portion.UNMARKED for line in self.roster.lines)

    @property
    def follow_up_rows(self) -> list[dict[str, Any]]:
        return [{"follow_up": each, "owner": self.name(each.owner_id)} for each in self.follow_ups]

    @property
    def correction_rows(self) -> list[dict[str, Any]]:
        return [{"correction": each, "author": self.name(each.corrected_by_id)} for each in self.corrections]

    def name(self, person: int) -> str:
        return self.names.get(person, _("une personne d’un autre groupe"))

    def _people(self, people: Iterable[Person]) -> list[str]:
        """Their names, and how many others there are whose name this reader does not know."""
        listed = list(people)
        known = [self.names[person.pk] for person in listed if person.pk in self.names]
        others = len(listed) - len(known)
        text = ngettext("%(count)s autre personne", "%(count)s autres personnes", others)
        return [*known, text % {"count": others}] if others else known


def gathering_of(meeting: Meeting, viewer: Person, *, on: date) -> Gathering:
    """Five queries, and one for the corrections of minutes that are locked."""
    entries, roster = outline_of(meeting), roster_of(meeting)
    follow_ups = list(FollowUp.objects.filter(meeting=meeting).for_list())
    corrections = corrections_of(meeting) if hasattr(meeting, "minutes_lock") else []
    people = {line.person.pk for line in roster.lines}
    people |= {entry.section.written_by_id for entry in entries if entry.section}
    people |= {follow_up.owner_id for follow_up in follow_ups} | {each.corrected_by_id for each in corrections}
    people |= {follow_up.done.done_by_id for follow_up in follow_ups if follow_up.is_done}
    known = Person.objects.named_to(viewer, on=on).filter(pk__in=people)
    names = {person.pk: person.full_name for person in known}
    return Gathering(meeting, entries, roster, follow_ups, corrections, names)


def corrections_of(meeting: Meeting) -> list[MinutesCorrection]:
    return list(meeting.minutes_corrections.select_related("section").order_by("pk"))
