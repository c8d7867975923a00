"""From rows to the plain values of the rules, read lean: a year can hold a million marks.

`SharedFacts` is what everyone has in common (meetings, organizations, decisions), read once. `PeopleFacts` is what
concerns the people of a range: six queries, and no more memory than that range takes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple, Self

from django.db.models import BigIntegerField, Count, F, Max, Q, Sum
from django.db.models.functions import Cast

from cordee.communities.models import CompensationGrant, LimitExtension, ParticipationAgreement
from cordee.meetings.models import Attendance, Meeting
from cordee.people.models import (
    Affiliation,
    Group,
    GroupKind,
    Membership,
    Organization,
    OrganizationMembership,
    PersonMerge,
)
from cordee.reference.rulebook import RulebookTimeline
from cordee.treasury import rules
from cordee.treasury.models.claim import Claim, ClaimLine
from cordee.treasury.models.planned import plan_days
from cordee.treasury.models.steps import Submission
from cordee.values.portion import days_of
from cordee.values.school_year import SchoolYear

HALVES = {"half": 1, "day": 2}
FIRST_PERSON, LAST_PERSON = 0, 2**63 - 1
FROZEN_FIELDS = (
    "person_id",
    "submission_id",
    "attendance_id",
    "code",
    "halves",
    "cents",
    "rate_key",
    "revision",
    "category",
    "adjusts",
    "meeting_id",
    "group_id",
    "date",
)


def digest(*values: object) -> str:
    """A short name of plain values: the same facts have the same name in every process."""
    return blake2b(repr(values).encode(), digest_size=16).hexdigest()


def digest_of_each(rows: Iterable[object]) -> str:
    """The same for many rows, without holding them."""
    name = blake2b(digest_size=16)
    for row in rows:
        name.update(repr(row).encode())
    return name.hexdigest()


class Gathering(NamedTuple):
    """A meeting, in the words of the rules. `type` is empty for a body, which no rule compensates."""

    on: date
    start: int
    group: str
    group_id: int
    type: str
    planned: int
    held: bool
    validated: bool


class Employer(NamedTuple):
    code: str
    member: bool
    region: str


NOBODY = (Employer("", member=False, region=""), "")


class SharedFacts:
    """What the attendance of a school year has in common, as it was read: a new round reads it anew.

    Attendance dated before `until` is claimed; a meeting after `as_of` is not held yet. `afresh` counts the year as if
    nothing of it had been submitted.
    """

    def __init__(
        self, timeline: RulebookTimeline, year: SchoolYear, *, until: date, as_of: date, afresh: bool = False
    ) -> None:
        self.timeline, self.year, self.until, self.as_of = timeline, year, until, as_of
        self.groups = dict(Group.objects.values_list("id", "slug"))
        self.meetings = self._meetings()
        self.employers = self._employers()
        granted = CompensationGrant.objects.filter(year=str(year))
        self.granted = frozenset(granted.values_list("community__group__slug", flat=True))
        self.team_days = plan_days(str(year))
        open_ones = Submission.objects.filter(closed_at=None, claim__year=str(year))
        self.submissions = {} if afresh else dict(open_ones.values_list("id", "claim__organization__code"))
        self.moved = self._moved() if self.submissions else {}

    def _meetings(self) -> dict[int, Gathering]:
        kinds = dict(Group.objects.values_list("id", "kind"))
        found = Meeting.objects.filter(date__gte=self.year.start, date__lt=self.year.end).values_list(
            "id", "date", "starts_at", "group_id", "planned_portion", "cancellation__id", "validation__id"
        )
        return {
            meeting: Gathering(
                on,
                start.hour * 60 + start.minute,
                self.groups[group],
                group,
                "" if kinds[group] == GroupKind.BODY else kinds[group],
                HALVES[planned],
                cancelled is None and on <= self.as_of,
                validated is not None,
            )
            for meeting, on, start, group, planned, cancelled, validated in found
        }

    def _employers(self) -> dict[int, Employer]:
        during = OrganizationMembership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=self.year.start))
        members = set(during.filter(starts_on__lt=self.year.end).values_list("organization_id", flat=True))
        rows = Organization.objects.values_list("id", "code", "crdp_region")
        return {pk: Employer(code, pk in members, region) for pk, code, region in rows}

    def _moved(self) -> dict[int, int]:
        """Whose each attendance is now, when a merge moved it after its line was frozen under another person."""
        merged = PersonMerge.objects.values_list("kept", "absorbed")
        people = {person for pair in merged for person in pair}
        lines = ClaimLine.objects.filter(submission__in=self.submissions, person_id__in=people).exclude(
            attendance__person_id=F("person_id")
        )
        return dict(lines.values_list("attendance_id", "attendance__person_id"))

    @cached_property
    def of_everyone(self) -> str:
        """The name of what concerns everyone: when it changes, all is computed anew."""
        books = [(book.revision, book.effective_from) for book in self.timeline.rulebooks]
        employers = sorted(self.employers.items())
        return digest(self.as_of, books, sorted(self.granted), sorted(map(str, self.team_days.items())), employers)

    def under(self, timeline: RulebookTimeline, planned: Mapping[int, int] | None = None) -> Self:
        """The same facts under other rules; `planned` are the half days of meetings those rules plan otherwise."""
        other = copy(self)
        other.timeline = timeline
        if planned:
            known = self.meetings
            other.meetings = known | {key: known[key]._replace(planned=halves) for key, halves in planned.items()}
        return other

    def days_of_team(self, group: int, team: int | None) -> Decimal | None:
        return self.team_days.get((group, team), self.team_days.get((group, None)))

    def fingerprint(self) -> str:
        """The name of every fact a computation of the period rests on; a change of one of them changes it.

        What is marked at a meeting not yet validated is left out: it has no line. One pass over the year's marks and
        one over the people's dates: a twentieth of what computing costs.
        """
        people = [
            Affiliation.objects.values_list("person_id", "organization_id", "category", "starts_on", "ends_on"),
            Membership.objects.values_list("person_id", "group_id", "team_id", "starts_on", "ends_on"),
            ParticipationAgreement.objects.filter(year=str(self.year)).values_list("person_id"),
            LimitExtension.objects.filter(year=str(self.year)).values_list("person_id", "community_id", "half_days"),
        ]
        frozen = ClaimLine.objects.filter(submission__in=self.submissions).count()
        marks = Attendance.objects.filter(
            meeting__validation__isnull=False, meeting__date__gte=self.year.start, meeting__date__lt=self.until
        ).aggregate(Count("id"), Max("id"), Sum("version"), Sum("person_id"))
        dated = [digest_of_each(rows.order_by("id").iterator(chunk_size=2000)) for rows in people]
        meetings = digest_of_each(sorted(self.meetings.items()))
        claims = list(Claim.objects.filter(year=str(self.year)).order_by("id").values_list("id", "state"))
        return digest(self.of_everyone, meetings, sorted(self.submissions.items()), frozen, marks, dated, claims)


def people_in_parts(
    year: SchoolYear, until: date, *, size: int, first: int = FIRST_PERSON
) -> Iterator[tuple[int, int, int]]:
    """Ranges of people (both ends included) with about `size` attendances each, and how many each has.

    Together they cover everyone there will ever be, from `first` on.
    """
    marked = Attendance.objects.filter(
        portion__in=HALVES, meeting__date__gte=year.start, meeting__date__lt=until, person_id__gte=first
    )
    people = marked.values("person_id").annotate(count=Count("id")).order_by("person_id")
    held = 0
    for person, count in people.values_list("person_id", "count").iterator(chunk_size=2000):
        if held and held + count > size:
            yield first, person - 1, held
            first, held = person, 0
        held += count
    yield first, LAST_PERSON, held


class PeopleFacts:
    """The year of the people from `first` to `last` (included), in rows; `entitlements` hands it to the rules."""

    def __init__(self, shared: SharedFacts, first: int, last: int) -> None:
        self.shared, self.first, self.last = shared, first, last
        self.frozen = self._frozen() if shared.submissions else []
        self.marks = self._marks()
        during = Q(ends_on=None) | Q(ends_on__gt=shared.year.start)
        dated = {"person_id__gte": first, "person_id__lte": last, "starts_on__lt": shared.year.end}
        self.affiliations = list(
            Affiliation.objects.filter(during, **dated)
            .order_by("person_id", "starts_on")
            .values_list("person_id", "starts_on", "ends_on", "organization_id", "category")
        )
        self.memberships = list(
            Membership.objects.filter(during, **dated)
            .order_by("person_id", "starts_on", "id")
            .values_list("person_id", "group_id", "starts_on", "ends_on", "team_id")
        )
        decided = {"person_id__gte": first, "person_id__lte": last, "year": str(shared.year)}
        agreements = ParticipationAgreement.objects.filter(**decided)
        self.agreements = sorted(agreements.values_list("person_id", flat=True))
        extensions = LimitExtension.objects.filter(**decided).order_by("id")
        self.extensions = list(extensions.values_list("person_id", "community__group__slug", "half_days"))

    def _marks(self) -> list[tuple[int, int, int, str]]:
        """(attendance, person, meeting, portion) by person, of what is claimed or already frozen."""
        marked = Attendance.objects.filter(
            person_id__gte=self.first, person_id__lte=self.last, portion__in=HALVES
        ).order_by("person_id", "id")
        fields = ("id", "person_id", "meeting_id", "portion")
        year, until = self.shared.year, self.shared.until
        rows = list(marked.filter(meeting__date__gte=year.start, meeting__date__lt=until).values_list(*fields))
        later = [row[2] for row in self.frozen if row[12] >= until]
        if later:
            known = {row[0] for row in rows}
            more = marked.filter(pk__in=later, meeting__date__lt=year.end).values_list(*fields)
            rows = sorted([*rows, *(row for row in more if row[0] not in known)], key=lambda row: (row[1], row[0]))
        return rows

    def _frozen(self) -> list[tuple]:
        """The lines open submissions hold of these people, a moved attendance under the person it is of now."""
        moved = self.shared.moved
        lines = (
            ClaimLine.objects.filter(submission__in=list(self.shared.submissions), attendance__isnull=False)
            .annotate(cents=Cast("amount", BigIntegerField()))
            .order_by("submission_id", "id")
        )
        here = lines.filter(person_id__gte=self.first, person_id__lte=self.last).values_list(*FROZEN_FIELDS)
        rows = [row for row in here if row[2] not in moved]
        coming = [key for key, person in moved.items() if self.first <= person <= self.last]
        if coming:
            came = lines.filter(attendance__in=coming).values_list(*FROZEN_FIELDS)
            rows += [(moved[row[2]], *row[1:]) for row in came]
        return sorted(rows, key=lambda row: row[0])

    @property
    def digest(self) -> str:
        """The name of the facts that make lines; marks of meetings not held or not validated make none."""
        meetings = self.shared.meetings
        counted = [mark for mark in self.marks if meetings[mark[2]].held and meetings[mark[2]].validated]
        held = sorted({mark[2] for mark in counted})
        return digest(
            counted,
            [meetings[meeting] for meeting in held],
            self.affiliations,
            self.memberships,
            self.agreements,
            self.extensions,
            self.frozen,
        )

    def under(self, shared: SharedFacts) -> Self:
        """The same people under the same facts with other rules (`SharedFacts.under`), not read again."""
        other = copy(self)
        other.shared = shared
        return other

    def entitlements(self) -> Iterator[rules.PersonEntitlement]:
        """What each of these people gives today. Raises MissingRule, WrongKind or NoRulebook."""
        shared = self.shared
        known = rules.YearFacts(
            shared.timeline,
            granted=shared.granted,
            agreements=frozenset(self.agreements),
            plan_days=self._plan_days(),
            extra_days=self._extra_days(),
        )
        return rules.entitlements(self._attendances(), known, self._frozen_lines())

    def where(self) -> dict[int, tuple[int, int | None, date]]:
        """The meeting, the group and the date of each attendance a line can be about."""
        places = {row[2]: row[10:13] for row in self.frozen}
        for attendance, _person, meeting, _portion in self.marks:
            gathering = self.shared.meetings[meeting]
            places[attendance] = (meeting, gathering.group_id, gathering.on)
        return places

    def _attendances(self) -> Iterator[rules.Attendance]:
        meetings = self.shared.meetings
        employed = self._employed()
        active = self._active()
        for attendance, person, meeting, portion in self.marks:
            on, start, group, group_id, kind, planned, held, validated = meetings[meeting]
            (code, member, region), category = _on(employed.get(person, ()), on)
            yield rules.Attendance(
                attendance,
                person,
                meeting,
                on,
                start,
                group,
                kind,
                HALVES[portion],
                planned,
                held,
                validated,
                code,
                member,
                region,
                category,
                any(start <= on and (end is None or on < end) for start, end in active.get((person, group_id), ())),
            )

    def _employed(self) -> dict[int, list[tuple[date, date | None, Employer, str]]]:
        employers = self.shared.employers
        found: dict[int, list[tuple[date, date | None, Employer, str]]] = defaultdict(list)
        for person, start, end, organization, category in self.affiliations:
            found[person].append((start, end, employers[organization], category))
        return found

    def _active(self) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
        found: dict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
        for person, group, start, end, _team in self.memberships:
            found[person, group].append((start, end))
        return found

    def _frozen_lines(self) -> Iterator[rules.FrozenLine]:
        organizations = self.shared.submissions
        for person, rank, attendance, code, halves, cents, rate, revision, category, adjusts, *_where in self.frozen:
            line = rules.Line(
                attendance, person, organizations[rank], code, halves, cents, rate, revision, category, adjusts
            )
            yield rules.FrozenLine(rank, line)

    def _plan_days(self) -> dict[tuple[int, str], Decimal]:
        """The days of the person's team; of two teams in a year, the larger."""
        found: dict[tuple[int, str], Decimal] = {}
        for person, group, _start, _end, team in self.memberships:
            days = self.shared.days_of_team(group, team)
            if days is not None:
                key = (person, self.shared.groups[group])
                found[key] = max(days, found.get(key, days))
        return found

    def _extra_days(self) -> dict[tuple[int, str], Decimal]:
        found: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
        for person, group, halves in self.extensions:
            found[person, group] += days_of(halves)
        return dict(found)


def _on(spans: list[tuple[date, date | None, Employer, str]] | tuple[()], on: date) -> tuple[Employer, str]:
    """The employer and the category of a day; nobody's when no affiliation covers it."""
    for start, end, employer, category in spans:
        if start <= on and (end is None or on < end):
            return employer, category
    return NOBODY
