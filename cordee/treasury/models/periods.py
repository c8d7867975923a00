"""The periods of a school year’s claims, as the revision in force dates them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from django.utils.translation import gettext as _

from cordee.reference.models import timeline
from cordee.reference.rulebook import NoRulebook, Rulebook, RulebookTimeline
from cordee.treasury.rules.periods import ClaimPeriod, period, periods
from cordee.values.school_year import SchoolYear


def period_label(key: str) -> str:
    """The name of a period on screen; a period an edition adds shows its key."""
    return {"mid-year": _("Mi-année"), "year-end": _("Fin d’année")}.get(key, key)


def period_name(key: str) -> str:
    """The same inside a sentence: `réclamation de mi-année`."""
    return {"mid-year": _("mi-année"), "year-end": _("fin d’année")}.get(key, key)


@dataclass(frozen=True)
class YearPeriods:
    """The rules of one school year with its periods; nothing in it when no revision is in force."""

    year: SchoolYear
    timeline: RulebookTimeline

    @classmethod
    def of(cls, year: str) -> Self:
        """Two queries. Raises UnreadableSchoolYear."""
        parsed = SchoolYear.parse(year)
        return cls(parsed, timeline(parsed))

    def in_force_on(self, on: date) -> bool:
        """Whether the first revision of the year has taken effect on that day."""
        books = self.timeline.rulebooks
        return bool(books) and books[0].effective_from <= on

    @property
    def latest(self) -> Rulebook:
        """The revision that dates the year’s deadlines. Raises NoRulebook, which names the day."""
        if not self.timeline.rulebooks:
            raise NoRulebook(on=self.year.start)
        return self.timeline.rulebooks[-1]

    @cached_property
    def all(self) -> tuple[ClaimPeriod, ...]:
        return periods(self.latest) if self.timeline.rulebooks else ()

    def period(self, key: str) -> ClaimPeriod:
        return period(self.latest, key)

    def open_on(self, on: date) -> ClaimPeriod | None:
        """The period one is working on that day: the first that is not past due, else the last."""
        waiting = (one for one in self.all if on < one.due)
        return next(waiting, self.all[-1] if self.all else None)
