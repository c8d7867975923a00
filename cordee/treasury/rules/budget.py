"""A published budget held against its own lines: what does not add up is said, with the difference and no cause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from cordee.values.money import ZERO, allocate

MINISTRY, ALLOCATION, REVENUE, EXPENSE = "ministry", "allocation", "revenue", "expense"
INCOME = "income"
"""The block of the ministry’s own line of revenue, told from the lines it is spent on."""


class Term(NamedTuple):
    """People times days, as a line of the budget writes them."""

    people: int
    days: int


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A printed line: what it declares, in dollars; None where the table is empty."""

    table: str
    block: str
    number: str
    label: str
    other: Decimal | None = None
    compensation: Decimal | None = None
    total: Decimal | None = None
    terms: tuple[Term, ...] = ()
    weight: int | None = None
    """The share of an organization in the allocation, deduced from the amounts: the cadre does not state it."""

    def computed_compensation(self, rate: Decimal) -> Decimal | None:
        """People × days × rate; None where the line states no terms."""
        if not self.terms:
            return None
        return rate * sum(term.people * term.days for term in self.terms)

    @property
    def computed_total(self) -> Decimal:
        """Other expenses and compensation, or the amount of a table that has one column."""
        if self.table == EXPENSE:
            return (self.other or ZERO) + (self.compensation or ZERO)
        return self.total or ZERO


class Remark(NamedTuple):
    """Two figures that should be one."""

    code: str
    about: str
    declared: Decimal
    computed: Decimal


class Sums(NamedTuple):
    """What the lines of a budget add up to."""

    other: Decimal
    compensation: Decimal
    expenses: Decimal
    revenue: Decimal
    ministry_expenses: Decimal
    ministry_balance: Decimal
    allocated: Decimal

    @property
    def balance(self) -> Decimal:
        return self.revenue - self.expenses


def sums_of(lines: Iterable[PublishedLine]) -> Sums:
    """The totals, always from the lines as declared."""
    of: dict[str, list[PublishedLine]] = {}
    for line in lines:
        key = INCOME if (line.table, line.block) == (MINISTRY, INCOME) else line.table
        of.setdefault(key, []).append(line)
    spent = _total(of.get(MINISTRY, ()))
    return Sums(
        other=sum((line.other or ZERO for line in of.get(EXPENSE, ())), ZERO),
        compensation=sum((line.compensation or ZERO for line in of.get(EXPENSE, ())), ZERO),
        expenses=_total(of.get(EXPENSE, ())),
        revenue=_total(of.get(REVENUE, ())),
        ministry_expenses=spent,
        ministry_balance=_total(of.get(INCOME, ())) - spent,
        allocated=_total(of.get(ALLOCATION, ())),
    )


def remarks_of(lines: Sequence[PublishedLine], declared: Mapping[str, Decimal | None], rate: Decimal) -> list[Remark]:
    """Everything that does not add up, numbered F1, F2… in the order of lines, totals, balance, tables.

    `declared` are the printed totals by key; `rate` is the day’s rate the plan was made with.
    """
    sums = sums_of(lines)
    found = [
        *_wrong_lines(lines, rate),
        *_wrong_totals(sums, declared),
        *_not_carried(lines),
        *_shares(sums, declared),
    ]
    return [remark._replace(code=f"F{at}") for at, remark in enumerate(found, 1)]


def balanced_shares(lines: Sequence[PublishedLine], total: Decimal) -> list[Decimal]:
    """The allocation shared by weight with largest remainders: it adds up to `total`, to the cent."""
    return allocate(total, [line.weight or 0 for line in lines])


def _total(lines: Iterable[PublishedLine]) -> Decimal:
    return sum((line.computed_total for line in lines), ZERO)


def _wrong_lines(lines: Iterable[PublishedLine], rate: Decimal) -> Iterable[Remark]:
    """Lines whose compensation is not people × days × rate, or whose total is not the sum of its columns."""
    for line in lines:
        computed = line.computed_compensation(rate)
        if computed is not None and computed != line.compensation:
            yield Remark("", line.label, line.compensation or ZERO, computed)
        if line.table == EXPENSE and line.total is not None and line.total != line.computed_total:
            yield Remark("", line.label, line.total, line.computed_total)


def _wrong_totals(sums: Sums, declared: Mapping[str, Decimal | None]) -> Iterable[Remark]:
    """Printed totals that are not the sum of their lines, then the balance they imply."""
    computed = {
        "expense-other": sums.other,
        "expense-compensation": sums.compensation,
        "expense-total": sums.expenses,
        "revenue": sums.revenue,
        "ministry-expenses": sums.ministry_expenses,
        "ministry-balance": sums.ministry_balance,
    }
    for key, amount in computed.items():
        printed = declared.get(key)
        if printed is not None and printed != amount:
            yield Remark("", key, printed, amount)
    income, spent = declared.get("revenue"), declared.get("expense-total")
    if income is not None and spent is not None and income - spent != sums.balance:
        yield Remark("", "balance", income - spent, sums.balance)


def _not_carried(lines: Sequence[PublishedLine]) -> Iterable[Remark]:
    """Money of the ministry for lines the cooperative pays, that stands nowhere among its revenues."""
    revenues = [line.total for line in lines if line.table == REVENUE]
    expenses = [line for line in lines if line.table == EXPENSE]
    for item in lines:
        if item.table != MINISTRY or item.block == INCOME:
            continue
        names = [part.strip().lower() for part in item.label.split(",")]
        paid = [line for line in expenses if any(name in line.label.lower() for name in names)]
        if paid and _total(paid) == item.total and item.total not in revenues:
            yield Remark("", item.label, item.total or ZERO, ZERO)


def _shares(sums: Sums, declared: Mapping[str, Decimal | None]) -> Iterable[Remark]:
    to_share = declared.get("allocation")
    if to_share is not None and to_share != sums.allocated:
        yield Remark("", "allocation", to_share, sums.allocated)
