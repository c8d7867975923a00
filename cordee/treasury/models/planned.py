"""What a year is planned to cost for one organization: its people in each community × planned days × rate."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from cordee.communities.models import AnticipatedTerm
from cordee.people.models import Affiliation, Membership, MembershipRole, Organization
from cordee.reference.rulebook import Rulebook, RulebookTimeline
from cordee.treasury.rules import planned_days
from cordee.values.money import ZERO
from cordee.values.school_year import SchoolYear

type Days = dict[tuple[int, int | None], Decimal]


class PlannedTerm(NamedTuple):
    """So many people of the organization, in one community, at one rate."""

    group_label: str
    people: int
    days: Decimal
    rate: Decimal

    @property
    def whole_days(self) -> int:
        """What decides between « jour » and « jours »."""
        return int(self.days)

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
    employed = Affiliation.objects.current(day).filter(organization=organization)
    return Planned(_terms(planned_places(seats_of(employed, str(year), day), book)) if book else [])


def seats_of_everyone(year: str, *, on: date) -> list["Seat"]:
    """The same for the staff of every organization that is a member that day; one query."""
    members = Organization.objects.members_on(on)
    return seats_of(Affiliation.objects.current(on).filter(organization__in=members), year, on)


class Seat(NamedTuple):
    """Who is in which community, and one term of its plan: a row for each."""

    person: int
    organization: str
    region: str
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


class PlannedPlace(NamedTuple):
    """What one person is planned to cost in one community."""

    seat: Seat
    days: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return self.days * self.rate


def planned_places(seats: list[Seat], book: Rulebook) -> list[PlannedPlace]:
    """One a person and community: the days of their team, at the rate of their category under these rules."""
    days = _days_by_team((seat.group, seat.term_team, seat.term_days) for seat in seats)
    most: dict[tuple[str, int], PlannedPlace] = {}
    for seat in seats:
        planned = planned_days(seat.kind, days.get((seat.group, seat.team), days.get((seat.group, None), ZERO)), book)
        place = PlannedPlace(seat, planned, _rate(seat.category, book))
        if place.amount and book.optional_choice(f"type.{seat.kind}.region") in (None, seat.region):
            known = most.setdefault((seat.label, seat.person), place)
            most[seat.label, seat.person] = max(known, place, key=lambda one: (one.days, one.rate))
    return list(most.values())


def _rate(category: str, book: Rulebook) -> Decimal:
    compensated = f"category.{category}.compensated"
    if book.has(compensated) and not book.flag(compensated):
        return ZERO
    return book.optional_amount(f"rate.{category}.day") or ZERO


def _terms(places: list[PlannedPlace]) -> list[PlannedTerm]:
    counts = Counter((place.seat.label, place.days, place.rate) for place in places)
    return [PlannedTerm(label, count, days, rate) for (label, days, rate), count in sorted(counts.items())]


def seats_of(employed: QuerySet[Affiliation], year: str, on: date) -> list[Seat]:
    """Those people that day, whoever was only invited left out, in the communities that have a plan."""
    employed = employed.filter(person=OuterRef("person"))
    rows = (
        Membership.objects.current(on)
        .exclude(role=MembershipRole.STAKEHOLDER)
        .annotate(
            category=Subquery(employed.values("category")[:1]),
            organization=Subquery(employed.values("organization__code")[:1]),
            region=Subquery(employed.values("organization__crdp_region")[:1]),
        )
        .filter(
            category__isnull=False,
            group__community__plans__year=year,
            group__community__plans__terms__isnull=False,
        )
        .order_by("pk")
    )
    who = ("person_id", "organization", "region", "group_id")
    where = ("group__number", "group__name", "group__kind", "team_id", "category")
    term = "group__community__plans__terms__"
    return [Seat._make(row) for row in rows.values_list(*who, *where, f"{term}team_id", f"{term}days")]
