"""The budget under other rules, as a rail shows it: the gap, the balance, the blocks, the rate that balances."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from cordee.charter.exports import Amounts
from cordee.charter.models.sides import Side
from cordee.charter.rules.balance import RATE, Balanced, BudgetPlan, curve
from cordee.reference.rulebook import Rulebook
from cordee.toolkit import formats
from cordee.values.money import CENT, ZERO, round_to_cents

# The drawing of the balance by rate, in its own units.
LEFT, STEP, WIDTH, TOP, HEIGHT = 12.6, 59.2, 34, 22, 88
USUAL_STEP = Decimal("5.00")


def signed(amount: Decimal, *, cents: bool = False) -> str:
    """`+8 680 $`: a gap always says which way."""
    said = formats.money(amount, cents=cents)
    return f"+{said}" if amount > 0 else said


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    after: Decimal
    gap: Decimal

    @property
    def gap_said(self) -> str:
        return signed(self.gap)


@dataclass(frozen=True, slots=True)
class Bar:
    """A rate and its balance, with where it is drawn (a point in numbers, whatever the language)."""

    rate: Decimal
    balance: Decimal
    is_asked: bool
    x: str
    middle: str
    y: str
    height: str
    said_at: str

    @property
    def said(self) -> str:
        number = formats.number(self.balance.quantize(Decimal(1)))
        return f"+{number}" if self.balance > 0 else number

    @property
    def rate_said(self) -> str:
        return formats.money(self.rate, cents=self.rate != int(self.rate))


class WeighedBudget:
    """No query: a budget already read, under two sets of rules."""

    def __init__(self, budget: BudgetPlan, before: Side, after: Rulebook) -> None:
        self.budget, self.before, self.after = budget, before.book, after
        self.compensation_before = budget.compensation(self.before)
        self.compensation = budget.compensation(after)
        self.balance_before, self.balance = budget.balance(self.before), budget.balance(after)

    @property
    def gap(self) -> Decimal:
        return self.compensation - self.compensation_before

    @property
    def gap_said(self) -> str:
        return signed(self.gap, cents=True)

    @property
    def total_gap_said(self) -> str:
        return signed(self.gap)

    @property
    def days(self) -> Decimal:
        return self.budget.person_days(self.after)

    @property
    def rate(self) -> Decimal:
        return self.after.amount(RATE)

    @property
    def is_short(self) -> bool:
        return self.balance < ZERO

    @property
    def blocks(self) -> list[Block]:
        found: dict[str, tuple[Decimal, Decimal]] = {}
        for post in self.budget.posts:
            old, new = found.get(post.block, (ZERO, ZERO))
            found[post.block] = (
                old + self.budget.amount(post, self.before),
                new + self.budget.amount(post, self.after),
            )
        return [Block(name, new, new - old) for name, (old, new) in found.items()]

    @property
    def amounts(self) -> list[Amounts]:
        """For the workbook."""
        return [
            Amounts(_("Contribution aux ressources humaines"), self.compensation_before, self.compensation),
            Amounts(_("Solde"), self.balance_before, self.balance),
        ]

    @cached_property
    def balanced(self) -> Balanced | None:
        return self.budget.balanced(self.after)

    @property
    def balanced_more(self) -> Decimal | None:
        """A cent above the rate that balances."""
        return self.balanced.rate + CENT if self.balanced else None

    @cached_property
    def bars(self) -> list[Bar]:
        """Five rates around what is in force, the one that is asked among them."""
        standing = self.before.amount(RATE)
        apart = abs(self.rate - standing) or 2 * USUAL_STEP
        step = apart / 2 if apart / 2 == round_to_cents(apart / 2) else apart
        rates = [standing + step * times for times in range(-2, 3)]
        points = curve(self.budget, self.after, [max(rate, ZERO) for rate in rates])
        return [_bar(at, point, points, asked={standing, self.rate}) for at, point in enumerate(points)]

    @property
    def points(self) -> str:
        """The drawing in words."""
        return "; ".join(f"{bar.rate_said}, {bar.said}" for bar in self.bars)

    @property
    def axis(self) -> str:
        return f"{_zero(_range([bar.balance for bar in self.bars])):.1f}"


def _range(balances: list[Decimal]) -> tuple[Decimal, Decimal]:
    return min(ZERO, *balances), max(ZERO, *balances)


def _zero(ends: tuple[Decimal, Decimal]) -> float:
    low, high = ends
    return TOP + HEIGHT * float(high / (high - low)) if high != low else TOP


def _bar(at: int, point: tuple[Decimal, Decimal], points: list[tuple[Decimal, Decimal]], *, asked: set[Decimal]) -> Bar:
    rate, balance = point
    low, high = _range([one for _rate, one in points])
    zero = _zero((low, high))
    tall = HEIGHT * float(abs(balance) / (high - low)) if high != low else 0
    top = zero - tall if balance > 0 else zero
    x = LEFT + STEP * at
    return Bar(
        rate=rate,
        balance=balance,
        is_asked=rate in asked,
        x=f"{x:.1f}",
        middle=f"{x + WIDTH / 2:.1f}",
        y=f"{top:.1f}",
        height=f"{tall:.1f}",
        said_at=f"{top - 6:.1f}" if balance > 0 else f"{top + tall + 14:.1f}",
    )
