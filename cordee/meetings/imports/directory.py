"""What the system knows that a file may speak of, loaded in a number of queries that no line adds to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from heapq import nlargest
from typing import NamedTuple

from django.db import models

from cordee.meetings.imports.cells import fold, name_key
from cordee.meetings.imports.entries import Entry
from cordee.meetings.imports.names import Groups, Organizations
from cordee.meetings.models import Attendance, Meeting
from cordee.people.models import Affiliation, Group, Organization, Person
from cordee.records.models import ImportBatch
from cordee.reference.models import Edition
from cordee.values.school_year import SchoolYear

KIND = "attendance"
ALIKE = 0.82
MOST_ALIKE = 4
MOST_COMPARED = 12


class Known(NamedTuple):
    """A person on record, short enough to hold thousands."""

    pk: int
    first_name: str
    last_name: str
    email: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Employment(NamedTuple):
    organization: int
    category: str
    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class People:
    def __init__(self) -> None:
        rows = Person.objects.order_by("pk").values_list("pk", "first_name", "last_name", "email", "merged_into")
        merged = {}
        self.by_pk: dict[int, Known] = {}
        self.by_email: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for pk, first, last, email, kept in rows:
            if email:
                self.by_email[email.lower()] = pk
            if kept:
                merged[pk] = kept
                continue
            self.by_pk[pk] = Known(pk, first, last, email or "")
            self.by_name[name_key(f"{first} {last}")].append(pk)
        self.by_email = {email: _last(pk, merged) for email, pk in self.by_email.items()}
        self.employments: dict[int, list[Employment]] = defaultdict(list)
        employed = Affiliation.objects.order_by("starts_on", "pk")
        columns = ("person", "organization", "category", "starts_on", "ends_on")
        for person, organization, category, start, end in employed.values_list(*columns):
            self.employments[_last(person, merged)].append(Employment(organization, category, start, end))

    def employment(self, pk: int, day: date) -> Employment | None:
        return next((held for held in self.employments.get(pk, ()) if held.covers(day)), None)

    def named(self, first: str, last: str, *, sure: bool) -> list[int]:
        """Those who have this name. « Martin Thomas » is both orders unless the file is sure of one."""
        found = self.by_name.get(name_key(f"{first} {last}"), [])
        exact = [pk for pk in found if fold(self.by_pk[pk].last_name) == fold(last)]
        return exact if sure and exact else list(found)

    def alike(self, first: str, last: str) -> list[int]:
        """Those whose name is nearly this one, the nearest first: a missing letter, a second first name."""
        wanted = name_key(f"{first} {last}")
        near = {pk for word in wanted.split() for pk in self._by_start.get(word[:3], ())}
        if len(near) > MOST_COMPARED:  # a common start of names: those that share most letters are compared
            threes = _threes(wanted)
            near = set(nlargest(MOST_COMPARED, near, key=lambda pk: len(threes & self._threes[pk])))
        scored = [(SequenceMatcher(None, wanted, self._keys[pk]).ratio(), pk) for pk in near]
        return [pk for score, pk in sorted(scored, reverse=True) if score >= ALIKE][:MOST_ALIKE]

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {pk: key for key, owners in self.by_name.items() for pk in owners}

    @cached_property
    def _threes(self) -> dict[int, frozenset[str]]:
        return {pk: _threes(key) for pk, key in self._keys.items()}

    @cached_property
    def _by_start(self) -> dict[str, list[int]]:
        starts: dict[str, list[int]] = defaultdict(list)
        for pk, key in self._keys.items():
            for start in {word[:3] for word in key.split()}:
                starts[start].append(pk)
        return starts


def _threes(key: str) -> frozenset[str]:
    """Every three letters that follow one another."""
    return frozenset(key[at : at + 3] for at in range(len(key) - 2))


def _last(pk: int, merged: dict[int, int]) -> int:
    while pk in merged:
        pk = merged[pk]
    return pk


class Directory:
    """Eight queries, for one line or for twenty thousand."""

    def __init__(self) -> None:
        self.organizations = Organizations(Organization.objects.all())
        self.people = People()

    @cached_property
    def groups(self) -> Groups:
        return Groups(Group.objects.all())

    @cached_property
    def years(self) -> set[str]:
        return set(Edition.objects.order_by("pk").values_list("year", flat=True))

    def has_year(self, day: date) -> bool:
        return str(SchoolYear.containing(day)) in self.years

    def load_meetings(self, entries: Iterable[Entry]) -> None:
        days = [day for entry in entries for day in (entry.day, entry.other_day) if day]
        self.meetings: dict[tuple[int, date], list[Meeting]] = defaultdict(list)
        self.attendances: dict[tuple[object, object], Attendance] = {}
        if not days:
            return
        found = Meeting.objects.filter(date__in=sorted(set(days))).select_related("group", "cancellation", "validation")
        for meeting in found.order_by("starts_at", "pk").fetch_mode(models.FETCH_RAISE):
            self.meetings[meeting.group_id, meeting.date].append(meeting)

    def load_attendances(self, meetings: Iterable[int]) -> None:
        marks = Attendance.objects.filter(meeting__in=sorted(set(meetings))).select_related("marked_by").order_by("pk")
        self.attendances = {(mark.meeting_id, mark.person_id): mark for mark in marks}

    @cached_property
    def undone_meetings(self) -> set[int]:
        """Meetings an import had made and its undoing cancelled: the same file may bring them back."""
        undone = ImportBatch.objects.readable().filter(kind=KIND, undone_at__isnull=False).order_by("pk")
        return {pk for applied in undone.values_list("applied", flat=True) for pk in applied.get("meetings", ())}

    def meets(self, group: str, day: date) -> bool:
        return any((pk, day) in self.meetings for pk in self.groups.find(group))
