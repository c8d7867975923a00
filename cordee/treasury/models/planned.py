"""What a year is planned to cost for one organization: its people in each community × planned days × rate."""

from collections import Counter, defaultdict
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
    """The approved days of each team of a group (`(group, team)`); under None those of who is in no team."""
    terms = AnticipatedTerm.objects.filter(plan__year=year).order_by()
    return _days_by_team(terms.values_list("plan__community__group_id", "team_id", "days"))


def _days_by_team(terms: Iterable[tuple[int, int | None, int]]) -> Days:
    """Who is in no team has the days of the terms that name none, else those all the teams have alike."""
    found: Days = {}
    alike: dict[int, set[int]] = defaultdict(set)
    for group, team, days in terms:
        alike[group].add(days)
        found[group, team] = max(found.get((group, team), ZERO), Decimal(days))
    for group, choices in alike.items():
        if len(choices) == 1:
            found.setdefault((group, None), Decimal(choices.pop()))
    return found


def planned_for(organization: Organization, timeline: RulebookTimeline, year: SchoolYear, *, on: date) -> Planned:
    """The plans of the year applied to the organization's own members that day; one query.

    The plans give people and days for a whole community, never for an organization: the people are therefore those
    its communities count today. A community outside the organization's region plans nothing for it.
    """
    day = min(max(on, year.start), year.end - timedelta(days=1))
    book = next((book for book in reversed(timeline.rulebooks) if book.effective_from <= day), None)
    return Planned(_terms(organization, book, _seats(organization, str(year), day)) if book else [])


class _Seat(NamedTuple):
    """Who is in which community, and one term of its plan: a row for each."""

    person: int
    group: int
    number: str
    name: str
    kind: str
    team: int | None
    category: str
    term_team: int | None
    term_days: int

    @property
    def label(self) -> str:
        return f"{self.number}-{self.name}" if self.number else self.name


def _terms(organization: Organization, book: Rulebook, seats: list[_Seat]) -> list[PlannedTerm]:
    days = _days_by_team((seat.group, seat.term_team, seat.term_days) for seat in seats)
    most: dict[tuple[str, int], tuple[Decimal, Decimal]] = {}
    for seat in seats:
        planned = days.get((seat.group, seat.team), days.get((seat.group, None), ZERO))
        rate = book.optional_amount(f"rate.{seat.category}.day") or ZERO
        if planned and rate and book.optional_choice(f"type.{seat.kind}.region") in (None, organization.crdp_region):
            most[seat.label, seat.person] = max(most.get((seat.label, seat.person), (ZERO, ZERO)), (planned, rate))
    counts: Counter[tuple[str, Decimal, Decimal]] = Counter()
    for (label, _person), (planned, rate) in most.items():
        counts[label, planned, rate] += 1
    return [PlannedTerm(label, count, int(planned), rate) for (label, planned, rate), count in sorted(counts.items())]


def _seats(organization: Organization, year: str, on: date) -> list[_Seat]:
    """The organization’s people that day, whoever was only invited left out, in the communities that have a plan."""
    employed = Affiliation.objects.current(on).filter(person=OuterRef("person"), organization=organization)
    rows = (
        Membership.objects.current(on)
        .exclude(role=MembershipRole.STAKEHOLDER)
        .annotate(category=Subquery(employed.values("category")[:1]))
        .filter(
            category__isnull=False,
            group__community__plans__year=year,
            group__community__plans__terms__isnull=False,
        )
        .order_by("pk")
    )
    who = ("person_id", "group_id", "group__number", "group__name", "group__kind", "team_id", "category")
    term = "group__community__plans__terms__"
    return [_Seat._make(row) for row in rows.values_list(*who, f"{term}team_id", f"{term}days")]
