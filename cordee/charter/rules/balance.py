"""The budget of Annexe 3 under other rules, and the rate that balances it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from cordee.charter.rules.simulation import with_values
from cordee.reference.rulebook import Rulebook
from cordee.treasury.rules import planned_days
from cordee.treasury.rules.budget import Term
from cordee.values.money import ZERO, from_cents, round_to_cents, to_cents

RATE = "rate.professional.day"
"""What the annexe multiplies people and days by."""
HIGHEST_RATE = Decimal("10000.00")


class Post(NamedTuple):
    """A line of expenses: what it declares for compensation, and the type of its community (empty: of none)."""

    key: str
    label: str
    block: str
    group: int | None
    kind: str
    declared: Decimal
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    """A year's budget as its lines declare it, at the day's rate it was made with.

    What a line declares is taken as so many days at that rate: those days are then paid at another. Revenues and other
    expenses do not move.
    """

    year: str
    rate: Decimal
    revenue: Decimal
    other: Decimal
    posts: tuple[Post, ...]

    def days(self, post: Post, book: Rulebook) -> Decimal:
        """Person-days these rules pay. Without people and days, a line keeps what it declares unless its type is no
        longer compensated."""
        declared = post.declared / self.rate if self.rate else ZERO
        stated = sum(term.people * term.days for term in post.terms)
        if not stated:
            return ZERO if book.optional_choice(f"type.{post.kind}.compensation") == "never" else declared
        kept = sum((term.people * planned_days(post.kind, Decimal(term.days), book) for term in post.terms), ZERO)
        return declared * kept / stated

    def amount(self, post: Post, book: Rulebook) -> Decimal:
        return round_to_cents(self.days(post, book) * book.amount(RATE))

    def compensation(self, book: Rulebook) -> Decimal:
        return sum((self.amount(post, book) for post in self.posts), ZERO)

    def balance(self, book: Rulebook) -> Decimal:
        return self.revenue - self.other - self.compensation(book)

    def balance_with(self, compensation: Decimal) -> Decimal:
        """The balance if that were what is paid."""
        return self.revenue - self.other - compensation

    def person_days(self, book: Rulebook) -> Decimal:
        return sum((self.days(post, book) for post in self.posts), ZERO)

    def balanced(self, book: Rulebook) -> "Balanced | None":
        """The highest rate that leaves no deficit. None when none does, or when no rate would make one."""
        return highest(lambda rate: self.balance(at_rate(book, rate)))


def at_rate(book: Rulebook, rate: Decimal) -> Rulebook:
    """The same rules at another day's rate."""
    return with_values(book, {RATE: f"{rate:.2f}"})


class Balanced(NamedTuple):
    """The highest rate without a deficit, what it leaves, and what a cent more would lack."""

    rate: Decimal
    left: Decimal
    lacking: Decimal


def highest(balance: Callable[[Decimal], Decimal], *, most: Decimal = HIGHEST_RATE) -> Balanced | None:
    """Exact to the cent, by halves: `balance` never grows with the rate."""
    low, high = 0, to_cents(most)
    if balance(from_cents(low)) < ZERO or balance(from_cents(high)) >= ZERO:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if balance(from_cents(middle)) >= ZERO:
            low = middle
        else:
            high = middle
    return Balanced(from_cents(low), balance(from_cents(low)), balance(from_cents(high)))


def curve(plan: BudgetPlan, book: Rulebook, rates: Iterable[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """(rate, balance) for each."""
    return [(rate, plan.balance(at_rate(book, rate))) for rate in sorted(set(rates))]
