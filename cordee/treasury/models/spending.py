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
    """The block without a name holds what no line of the budget plans: the totals are those of the claims."""

    year: str
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

    @property
    def share(self) -> Decimal | None:
        """What is paid of what was planned, as a ratio; None when nothing was planned."""
        return self.paid / self.planned if self.planned else None


def spending_of(year: str) -> Spending:
    """Two queries. The group of a line decides its block."""
    lines = BudgetLine.objects.filter(year=year, table=BudgetTable.EXPENSE).order_by("position")
    by_group = _sums_by_group(year)
    blocks: dict[str, BlockSpending] = {}
    for line in lines:
        block = blocks.setdefault(line.block, BlockSpending(line.block))
        block.planned += line.declared_compensation or ZERO
        _add(block, by_group.pop(line.group_id, None))
    unplanned = BlockSpending("")
    for sums in by_group.values():
        _add(unplanned, sums)
    return Spending(year, [block for block in (*blocks.values(), unplanned) if block.planned or block.due])


def _sums_by_group(year: str) -> dict[int, dict[str, Decimal | None]]:
    counted = ClaimLine.objects.counted().filter(claim__year=year).order_by()
    paid = Sum("amount", filter=Q(claim__state=ClaimState.PAID))
    return {row["group_id"]: row for row in counted.values("group_id").annotate(due=Sum("amount"), paid=paid)}


def _add(block: BlockSpending, sums: dict[str, Decimal | None] | None) -> None:
    if sums:
        block.due += sums["due"] or ZERO
        block.paid += sums["paid"] or ZERO
