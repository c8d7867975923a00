"""What a year is planned to cost for one organization: its people in each community × planned days × rate."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from cordee.communities.models import AnticipatedTerm
from cordee.people.models import Affiliation, Membership, MembershipRole, Organization
from cordee.reference.rulebook import Rulebook, RulebookTimeline
from cordee.values.money import ZERO
from cordee.values.school_year import SchoolYear

type Days = dict[tuple[int, int | None], Decimal]


class PlannedTerm(NamedTuple):
    """So many people of the organization, in one community, at one rate."""

    group_label: str
    people: int
    days: int
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return self.people * self.days * self.rate


class Planned(NamedTuple):
    terms: list[PlannedTerm]

    @property
    def amount(self) -> Decimal:
        return sum((term.amount for term in self.terms), ZERO)


def plan_days(year: str) -> Days:
    """The approved days of each team of a group (`(group, team)`); under None those of who is in no team.

    Who is in no team has the days of the terms that name none, else those all the teams have alike.
    """
    terms = AnticipatedTerm.objects.filter(plan__year=year).order_by()
    found: Days = {}
    alike: dict[int, set[int]] = defaultdict(set)
    for group, team, days in terms.values_list("plan__community__group_id", "team_id", "days"):
        alike[group].add(days)
        found[group, team] = max(found.get((group, team), ZERO), Decimal(days))
    for group, choices in alike.items():
        if len(choices) == 1:
            found.setdefault((group, None), Decimal(choices.pop()))
    return found


def planned_for(organization: Organization, timeline: RulebookTimeline, year: SchoolYear, *, on: date) -> Planned:
    """The plans of the year applied to the organization's own members that day; two queries.

    The plans give people and days for a whole community, never for an organization: the people are therefore those
    its communities count today. A community outside the organization's region plans nothing for it.
    """
    day = min(max(on, year.start), year.end - timedelta(days=1))
    book = next((book for book in reversed(timeline.rulebooks) if book.effective_from <= day), None)
    return Planned(_terms(organization, book, plan_days(str(year)), day) if book else [])


class _Seat(NamedTuple):
    person: int
    group: int
    number: str
    name: str
    kind: str
    team: int | None
    category: str


def _terms(organization: Organization, book: Rulebook, days: Days, on: date) -> list[PlannedTerm]:
    most: dict[tuple[int, int], tuple[Decimal, Decimal]] = {}
    labels: dict[int, str] = {}
    for seat in _seats(organization, on):
        planned = days.get((seat.group, seat.team), days.get((seat.group, None), ZERO))
        rate = book.optional_amount(f"rate.{seat.category}.day") or ZERO
        if planned and rate and book.optional_choice(f"type.{seat.kind}.region") in (None, organization.crdp_region):
            labels[seat.group] = f"{seat.number}-{seat.name}" if seat.number else seat.name
            most[seat.group, seat.person] = max(most.get((seat.group, seat.person), (ZERO, ZERO)), (planned, rate))
    counts: dict[tuple[str, Decimal, Decimal], int] = {}
    for (group, _person), (planned, rate) in most.items():
        key = (labels[group], planned, rate)
        counts[key] = counts.get(key, 0) + 1
    return [PlannedTerm(label, count, int(planned), rate) for (label, planned, rate), count in sorted(counts.items())]


def _seats(organization: Organization, on: date) -> Iterable[_Seat]:
    """Who is in which community for this employer that day, whoever was only invited left out."""
    employed = Affiliation.objects.current(on).filter(person=OuterRef("person"), organization=organization)
    rows = (
        Membership.objects.current(on)
        .exclude(role=MembershipRole.STAKEHOLDER)
        .annotate(category=Subquery(employed.values("category")[:1]))
        .filter(category__isnull=False)
        .order_by("pk")
    )
    paths = ("person_id", "group_id", "group__number", "group__name", "group__kind", "team_id", "category")
    return [_Seat._make(row) for row in rows.values_list(*paths)]
