"""The two sets of rules a simulation holds side by side, and the facts both are applied to."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from cordee.charter.models.scenario import Scenario
from cordee.charter.rules.simulation import placed_in
from cordee.communities.models import AnticipatedTerm
from cordee.meetings.models import Meeting
from cordee.reference.models import Revision
from cordee.reference.rulebook import Rulebook, RulebookTimeline
from cordee.treasury.models.facts import SharedFacts, digest
from cordee.values.portion import planned_portion
from cordee.values.school_year import SchoolYear

LONG_DAY = "threshold.planned-day"


@dataclass(frozen=True)
class Side:
    """A year under one set of rules; `name` is empty for what is in force."""

    name: str
    timeline: RulebookTimeline

    @property
    def book(self) -> Rulebook:
        """The last rules of the year: those a plan is weighed by."""
        return self.timeline.rulebooks[-1]

    @cached_property
    def digest(self) -> str:
        """The name of its rules: two sides of the same name give the same amounts."""
        books = self.timeline.rulebooks
        return digest([(book.effective_from, [(rule.key, rule.value) for rule in book.rules]) for book in books])


@dataclass(frozen=True)
class Ground:
    """What every scenario of a revision stands on: its rules, and the last year that was lived under rules in force."""

    base: Revision
    book: Rulebook
    year: SchoolYear
    in_force: Side
    has_plan: bool
    """The communities have a plan of the year of these rules."""

    @classmethod
    def at(cls, year: str, number: int) -> "Ground":
        """One query, and one for the rules of each revision. Nothing in force yet: the revision is its own measure.

        Raises Revision.DoesNotExist.
        """
        terms = AnticipatedTerm.objects.filter(plan__year=OuterRef("edition__year"))
        known = Revision.objects.filter(edition__year__lte=year).annotate(has_plan=Exists(terms))
        revisions = list(known.select_related("edition").order_by("-edition__year", "effective_from", "number"))
        base = next((one for one in revisions if (one.edition.year, one.number) == (year, number)), None)
        if base is None:
            raise Revision.DoesNotExist
        book = base.rulebook()
        lived = [one for one in revisions if not one.is_draft]
        held = [one for one in lived if one.edition_id == lived[0].edition_id]
        books = [book if one.pk == base.pk else one.rulebook() for one in held] or [book]
        has_plan: bool = base.has_plan  # type: ignore[attr-defined]
        return cls(base, book, books[0].year, Side("", RulebookTimeline(books)), has_plan)

    @classmethod
    def of(cls, base: Revision) -> "Ground":
        return cls.at(base.edition.year, base.number)

    def side(self, scenario: Scenario | None) -> Side:
        """The year as it would be under a scenario of this revision; as it is for None."""
        if scenario is None:
            return self.in_force
        return Side(scenario.name, placed_in(self.year, scenario.rulebook(self.book), self.in_force.timeline))


def replanned(facts: SharedFacts, side: Side) -> dict[int, int]:
    """Half days of the meetings the side would plan otherwise: their hours gave their portion, and now give another.

    A meeting whose portion was decided apart from its hours keeps it. No query while the threshold is the same.
    """
    if _thresholds(facts.timeline) == _thresholds(side.timeline):
        return {}
    found: dict[int, int] = {}
    hours = Meeting.objects.filter(pk__in=facts.meetings).values_list("id", "starts_at", "ends_at")
    for meeting, start, end in hours.order_by("id").iterator(chunk_size=2000):
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        known, on = facts.meetings[meeting].planned, facts.meetings[meeting].on
        old, new = (
            planned_portion(minutes, day_over=timeline.on(on).minutes(LONG_DAY))
            for timeline in (facts.timeline, side.timeline)
        )
        if known == old and new != old:
            found[meeting] = int(new)
    return found


def _thresholds(timeline: RulebookTimeline) -> set[str]:
    return {rule.value for book in timeline.rulebooks if (rule := book.find(LONG_DAY))}
