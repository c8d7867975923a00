"""The money that was claimed, to the cent: what a retention run must leave as it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from cordee.toolkit.fields import to_cents
from cordee.treasury.models import ClaimLine, Submission
from cordee.values.money import from_cents

Figures = Mapping[str, list[int]]


def frozen_money(only: Iterable[str] | None = None) -> dict[str, list[int]]:
    """Of each submission, by its key: how many lines it froze, and their sum in cents. One query."""
    lines = ClaimLine.objects.filter(submission__isnull=False).order_by().values("submission")
    found = lines.annotate(lines=Count("pk"), total=Sum("amount")).values_list("submission", "lines", "total")
    wanted = None if only is None else set(only)
    return {str(pk): [n, to_cents(total)] for pk, n, total in found if wanted is None or str(pk) in wanted}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The submissions of one period of a school year, before and after."""

    year: str
    period: str
    submissions: int
    before: Decimal
    after: Decimal

    @property
    def is_equal(self) -> bool:
        return self.before == self.after


def compared(before: Figures, after: Figures) -> list[Comparison]:
    """By school year and period, in their order; one query."""
    found: dict[tuple[str, str], list[str]] = {}
    rows = Submission.objects.filter(pk__in=[int(key) for key in before]).order_by("claim__year", "claim__period", "pk")
    for pk, year, period in rows.values_list("pk", "claim__year", "claim__period"):
        found.setdefault((year, period), []).append(str(pk))
    return [
        Comparison(year, period, len(keys), _sum(before, keys), _sum(after, keys))
        for (year, period), keys in found.items()
    ]


def _sum(figures: Figures, keys: Iterable[str]) -> Decimal:
    return from_cents(sum(figures.get(key, [0, 0])[1] for key in keys))
