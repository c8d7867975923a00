"""What a year has seen, in one query: whom its rows are for, what was ticked, and the acts by which rows are done.

An act is named by the edition (`done-by`). Its branch of the query gives the facts, and `done` says of one row, for one
organization, one group or the whole cooperative, on which day it was done; None while it is not, or no longer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from cordee.charter.models.tick import Tick
from cordee.charter.rules.timeline import HAND, Deadline, Reach, claimed_in, reporting_kinds
from cordee.communities.models import Plan
from cordee.governance.models import AdoptionStep
from cordee.governance.models.adoption import Act
from cordee.meetings.models import Meeting
from cordee.people.models import Organization
from cordee.reference.models import Revision
from cordee.reference.rulebook import Rulebook
from cordee.treasury.models import Claim, Submission
from cordee.treasury.rules.periods import periods
from cordee.values.school_year import SchoolYear

ORGANIZATION, COMMUNITY, TICK, CLAIM, STEP, IN_FORCE, MEETING = (
    *("organization", "community", "tick", "claim", "step", "in-force", "meeting"),
)


class Fact(NamedTuple):
    """A claim without a day is a draft; a meeting without one waits for its validation (its date is in `label`). The
    `key` of a community is its number."""

    what: str
    key: str
    organization: int | None
    group: int | None
    day: date | None
    label: str
    english: str


NOTHING: Mapping[str, Any] = {
    "key": Value("", CharField()),
    "organization": Cast(Value(None), BigIntegerField()),
    "group": Cast(Value(None), BigIntegerField()),
    "day": Cast(Value(None), DateField()),
    "label": Value("", CharField()),
    "english": Value("", CharField()),
}


def rows(found: QuerySet, what: str, **columns: Any) -> QuerySet:
    """One branch of the query: the columns of a Fact, empty but for those given."""
    given = {"what": Value(what, CharField()), **NOTHING, **columns}
    named = {f"fact_{name}": given[name] for name in Fact._fields}
    return found.order_by().annotate(**named).values_list(*named)


@dataclass(frozen=True)
class YearFacts:
    """The facts of one year, by what they are of."""

    book: Rulebook
    on: date
    by_kind: Mapping[str, tuple[Fact, ...]]

    @classmethod
    def of(cls, book: Rulebook, asked: Iterable[Deadline], *, on: date) -> "YearFacts":
        """One query; none when no row is a task."""
        tasks = [one for one in asked if one.is_task]
        by_kind: dict[str, list[Fact]] = {}
        if tasks:
            first, *others = _branches(book, tasks, on)
            found = first.union(*others, all=True) if others else first
            for row in found.order_by("fact_what", "fact_label"):
                by_kind.setdefault(row[0], []).append(Fact(*row))
        return cls(book, on, {kind: tuple(found) for kind, found in by_kind.items()})

    def all(self, kind: str) -> tuple[Fact, ...]:
        return self.by_kind.get(kind, ())

    def places(self, reach: Reach) -> tuple[Fact, ...]:
        """Whom the rows of that reach are for."""
        return self.all(ORGANIZATION if reach is Reach.ORGANIZATION else COMMUNITY)

    def done_on(self, deadline: Deadline, place: Fact | None) -> date | None:
        """The day this row was done for an organization, a community or (None) the cooperative."""
        return ACTS[deadline.done_by].done(self, deadline, place)

    def is_claimed(self, deadline: Deadline, place: Fact | None) -> bool:
        """A claim of this organization is being prepared: it stands on « À faire » by itself."""
        key = self.period(deadline)
        return deadline.done_by == "claim-submitted" and any(
            fact.key == key and place is not None and fact.organization == place.organization
            for fact in self.all(CLAIM)
        )

    def period(self, deadline: Deadline) -> str:
        return claimed_in(deadline, [(one.key, one.due) for one in periods(self.book)])


def _branches(book: Rulebook, tasks: list[Deadline], on: date) -> Iterator[QuerySet]:
    reaches = {one.reach for one in tasks}
    acts = {one.done_by for one in tasks}
    if Reach.ORGANIZATION in reaches or "claim-submitted" in acts:
        names = {"label": F("short_name"), "english": F("english_name")}
        yield rows(Organization.objects.members_on(on), ORGANIZATION, organization=F("pk"), **names)
    if Reach.COMMUNITY in reaches:
        names = {"key": F("community__group__number"), "label": F("community__group__name")}
        yield rows(_communities(book), COMMUNITY, group=F("community__group_id"), **names)
    for facts in dict.fromkeys(ACTS[act].facts for act in sorted(acts)):
        yield from facts(book.year)


def _communities(book: Rulebook) -> QuerySet:
    """Those that have a plan for the year, of a type that owes its reviews."""
    return Plan.objects.filter(year=str(book.year), community__group__kind__in=reporting_kinds(book))


def _ticks(year: SchoolYear) -> Iterator[QuerySet]:
    ticked = {"organization": F("organization_id"), "group": F("group_id"), "day": F("done_on")}
    yield rows(Tick.objects.standing(year), TICK, key=F("key"), **ticked)


def _ticked(facts: YearFacts, deadline: Deadline, place: Fact | None) -> date | None:
    where = (place.organization, place.group) if place else (None, None)
    same = (fact for fact in facts.all(TICK) if fact.key == deadline.key)
    return next((fact.day for fact in same if (fact.organization, fact.group) == where), None)


def _claims(year: SchoolYear) -> Iterator[QuerySet]:
    counted = Submission.objects.filter(claim=OuterRef("pk"), closed_at=None).order_by("-number")
    day = Subquery(counted.annotate(day=TruncDate("submitted_at")).values("day")[:1])
    claims = Claim.objects.filter(year=str(year), sequence=0)
    yield rows(claims, CLAIM, key=F("period"), organization=F("organization_id"), day=day)


def _claimed(facts: YearFacts, deadline: Deadline, place: Fact | None) -> date | None:
    """By that organization; for a row of the cooperative, by all of them."""
    period = facts.period(deadline)
    days = {fact.organization: fact.day for fact in facts.all(CLAIM) if fact.key == period}
    if place is not None:
        return days.get(place.organization)
    return _last(days.get(member.organization) for member in facts.all(ORGANIZATION))


def _meetings(year: SchoolYear) -> Iterator[QuerySet]:
    held = Meeting.objects.in_year(year).filter(cancellation=None)
    day = TruncDate("validation__validated_at")
    yield rows(held, MEETING, group=F("group_id"), day=day, label=Cast(F("date"), CharField()))


def _validated(facts: YearFacts, deadline: Deadline, place: Fact | None) -> date | None:
    """All the meetings of the year up to the day of the row, of that community or of all groups.

    Where nothing was held, there is nothing to validate once the day is past.
    """
    last = deadline.last.isoformat()
    wanted = [fact for fact in facts.all(MEETING) if fact.label <= last]
    if place is not None:
        wanted = [fact for fact in wanted if fact.group == place.group]
    if not wanted:
        return deadline.last if facts.on > deadline.last else None
    return _last(fact.day for fact in wanted)


def _steps(year: SchoolYear) -> Iterator[QuerySet]:
    """The drafting of the first revision of the next edition, once its step is taken."""
    drafted = {"revision__edition__year": str(year.next()), "revision__number": 1, "act": Act.DRAFT}
    yield rows(AdoptionStep.objects.filter(**drafted), STEP, day=F("decision__decided_on"))


def _drafted(facts: YearFacts, deadline: Deadline, place: Fact | None) -> date | None:
    return max((fact.day for fact in facts.all(STEP) if fact.day), default=None)


def _revisions(year: SchoolYear) -> Iterator[QuerySet]:
    """The next edition in force, dated by the last decision that adopted it."""
    decided = AdoptionStep.objects.filter(revision=OuterRef("pk")).order_by("-number")
    day = Coalesce(Subquery(decided.values("decision__decided_on")[:1]), F("effective_from"))
    adopted = Revision.objects.in_force_during(year.next()).filter(number=1)
    yield rows(adopted, IN_FORCE, day=day)


def _adopted(facts: YearFacts, deadline: Deadline, place: Fact | None) -> date | None:
    return next((fact.day for fact in facts.all(IN_FORCE)), None)


def _last(days: Iterable[date | None]) -> date | None:
    """The last of them when each has one, and there is one."""
    found = list(days)
    return max((day for day in found if day), default=None) if all(found) else None


Done = Callable[[YearFacts, Deadline, Fact | None], date | None]


class SeenAct(NamedTuple):
    facts: Callable[[SchoolYear], Iterator[QuerySet]]
    done: Done


# By what the edition says (`reference.rulebook.checks.CHOICES`). An act that is undone takes its fact back: the row
# waits again.
ACTS: Mapping[str, SeenAct] = {
    HAND: SeenAct(_ticks, _ticked),
    "claim-submitted": SeenAct(_claims, _claimed),
    "attendance-validated": SeenAct(_meetings, _validated),
    "framework-drafted": SeenAct(_steps, _drafted),
    "framework-adopted": SeenAct(_revisions, _adopted),
}
