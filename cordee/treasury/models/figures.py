"""The three figures of a claim, summed from its lines by the database."""

from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from cordee.treasury.models.claim import ClaimLine
from cordee.treasury.rules.codes import GROSS, SETTLED_BY
from cordee.values.money import ZERO


def figures_of(lines: QuerySet[ClaimLine]) -> tuple[Decimal, Decimal, Decimal]:
    """Claimed (gross), held (reductions somebody can still settle, positive) and total (what is paid)."""
    sums = lines.aggregate(
        claimed=Sum("amount", filter=Q(code=GROSS)),
        held=Sum("amount", filter=Q(code__in=SETTLED_BY)),
        total=Sum("amount"),
    )
    return sums["claimed"] or ZERO, -(sums["held"] or ZERO), sums["total"] or ZERO
