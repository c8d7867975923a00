"""Compensation block by block: what the budget plans, what the claims come to, what was paid."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from cordee.treasury.models.budget import BudgetLine, BudgetTable
from cordee.treasury.models.claim import ClaimLine, ClaimState
from cordee.values.money import ZERO


@dataclass(slots=True)
class BlockSpending:
    """`due` is what is owed for the attendance known today, `paid` included in it."""

    name: str
    planned: Decimal = ZERO
    due: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def is_over(self) -> bool:
        return self.due > self.planned


@dataclass(frozen=True, slots=True)
class Spending:
    blocks: list[BlockSpending]

    @property
    def planned(self) -> Decimal:
        return sum((block.planned for block in self.blocks), ZERO)

    @property
    def due(self) -> Decimal:
        return sum((block.due for block in self.blocks), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((block.paid for block in self.blocks), ZERO)


def spending_of(year: str) -> Spending:
    """Two queries. The group of a line decides its block; a group without a line of the budget is left out."""
    lines = BudgetLine.objects.filter(year=year, table=BudgetTable.EXPENSE).order_by("position")
    counted = ClaimLine.objects.counted().filter(claim__year=year, group_id__isnull=False).order_by()
    sums = counted.values("group_id").annotate(
        due=Sum("amount"), paid=Sum("amount", filter=Q(claim__state=ClaimState.PAID))
    )
    by_group = {row["group_id"]: row for row in sums}
    blocks: dict[str, BlockSpending] = {}
    for line in lines:
        block = blocks.setdefault(line.block, BlockSpending(line.block))
        block.planned += line.declared_compensation or ZERO
        spent = by_group.pop(line.group_id, None)
        if spent:
            block.due += spent["due"]
            block.paid += spent["paid"] or ZERO
    return Spending([block for block in blocks.values() if block.planned or block.due])
