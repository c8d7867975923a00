"""« Et si? »: the same year under two sets of rules, added up by whoever is paid, met or budgeted."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from cordee.reference.rulebook import Rulebook, RulebookTimeline
from cordee.treasury.rules import PersonEntitlement
from cordee.values.money import from_cents
from cordee.values.portion import days_of
from cordee.values.school_year import SchoolYear


class Where(NamedTuple):
    """Whom an amount is owed to, for which group, for which staff category."""

    organization: str
    group: int | None
    category: str


@dataclass(slots=True)
class Pair:
    """What is paid under each set of rules, in cents and half days."""

    before: int = 0
    after: int = 0
    before_halves: int = 0
    after_halves: int = 0

    def add(self, other: "Pair") -> None:
        self.before += other.before
        self.after += other.after
        self.before_halves += other.before_halves
        self.after_halves += other.after_halves

    @property
    def amount_before(self) -> Decimal:
        return from_cents(self.before)

    @property
    def amount_after(self) -> Decimal:
        return from_cents(self.after)

    @property
    def gap(self) -> Decimal:
        return from_cents(self.after - self.before)

    @property
    def days_before(self) -> Decimal:
        return days_of(self.before_halves)

    @property
    def days_after(self) -> Decimal:
        return days_of(self.after_halves)


type Cells = dict[Where, Pair]
# The meeting, the group and the date of each attendance.
type Places = Mapping[int, tuple[int, int | None, object]]


def add_up(cells: Cells, more: Cells) -> None:
    """Count the second in the first."""
    for where, pair in more.items():
        cells.setdefault(where, Pair()).add(pair)


def weigh(before: Iterable[PersonEntitlement], after: Iterable[PersonEntitlement], places: Places) -> Cells:
    """What the lines of the same people come to under both; an attendance without a line counts in neither."""
    cells: Cells = {}
    for person in before:
        for line in person.lines:
            pair = cells.setdefault(Where(line.organization, places[line.attendance][1], line.category), Pair())
            pair.before += line.cents
            pair.before_halves += line.halves
    for person in after:
        for line in person.lines:
            pair = cells.setdefault(Where(line.organization, places[line.attendance][1], line.category), Pair())
            pair.after += line.cents
            pair.after_halves += line.halves
    return cells


def gathered[Name: Hashable](cells: Cells, name: Callable[[Where], Name]) -> dict[Name, Pair]:
    """The same amounts under fewer names."""
    found: dict[Name, Pair] = {}
    for where, pair in cells.items():
        found.setdefault(name(where), Pair()).add(pair)
    return found


def whole(pairs: Iterable[Pair]) -> Pair:
    total = Pair()
    for pair in pairs:
        total.add(pair)
    return total


def with_values(book: Rulebook, values: Mapping[str, str]) -> Rulebook:
    """These rules with other values; what they do not hold is left out."""
    rules = (replace(rule, value=values[rule.key]) if rule.key in values else rule for rule in book.rules)
    return replace(book, rules=tuple(rules))


def placed_in(year: SchoolYear, book: Rulebook, standing: RulebookTimeline) -> RulebookTimeline:
    """A year lived under `book`: all of it when the rules are of another year, else from their date of effect on."""
    start = book.effective_from if book.year == year else year.start
    earlier = [one for one in standing.rulebooks if one.effective_from < start]
    return RulebookTimeline([*earlier, replace(book, year=year, effective_from=start)])
