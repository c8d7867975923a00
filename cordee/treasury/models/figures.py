"""The three figures of a claim, summed from its lines by the database."""

from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from cordee.treasury.models.claim import ClaimLine
from cordee.treasury.rules.codes import GROSS, IN_ORDER, SETTLED_BY
from cordee.values.money import ZERO


def figures_of(lines: QuerySet[ClaimLine]) -> tuple[Decimal, Decimal, Decimal]:
    """Claimed (gross), held (reductions somebody can still settle, positive) and total (what is paid)."""
    sums = lines.aggregate(
        claimed=Sum("amount", filter=Q(code=GROSS)),
        held=Sum("amount", filter=Q(code__in=SETTLED_BY)),
        total=Sum("amount"),
    )
    return sums["claimed"] or ZERO, -(sums["held"] or ZERO), sums["total"] or ZERO


def flags_of(lines: QuerySet[ClaimLine]) -> dict[str, int]:
    """Attendances by code whose reduction was not given back since: `{code: count}`."""
    reductions = lines.exclude(code=GROSS).filter(attendance__isnull=False).order_by()
    kept = (
        reductions.values("code", "attendance")
        .annotate(cents=Sum("amount"), cut=Sum("halves"))
        .filter(Q(cents__lt=0) | Q(cut__lt=0))
    )
    counts: dict[str, int] = {}
    for code in kept.values_list("code", flat=True):
        counts[code] = counts.get(code, 0) + 1
    return {code: counts[code] for code in IN_ORDER if code in counts}
