"""What the lines of a claim add up to, and what a plan announces. Cents are integers: sums are exact."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from cordee.reference.rulebook import Rulebook
from cordee.treasury.rules.codes import GROSS, IN_ORDER, SETTLED_BY
from cordee.treasury.rules.facts import Line, Notice
from cordee.values.money import ZERO, round_to_cents


@dataclass(slots=True)
class Summary:
    """One organization's claim in figures, in cents.

    `claimed` is the sum of gross; `total`, what is paid, the sum of all lines; `held` what somebody can
    still settle, as a positive amount. `flags` counts attendances by code, those that only have a notice
    included. A reduction that was settled (a positive line of its code) is neither held nor flagged.
    """

    organization: str
    lines: int = 0
    claimed: int = 0
    total: int = 0
    _notices: Counter[str] = field(default_factory=Counter)
    _reductions: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    """Half days and cents each code takes from each attendance: one line takes, another may give back."""

    def add(self, line: Line) -> None:
        """Count one line in."""
        self.lines += 1
        self.total += line.cents
        if line.code == GROSS:
            self.claimed += line.cents
            return
        name = (line.code, line.attendance)
        halves, cents = self._reductions.get(name, (0, 0))
        self._reductions[name] = (halves + line.halves, cents + line.cents)

    def notice(self, notice: Notice) -> None:
        self._notices[notice.code] += 1

    @property
    def held(self) -> int:
        taken = ((code, cents) for (code, _), (_, cents) in self._reductions.items())
        return sum(-cents for code, cents in taken if cents < 0 and code in SETTLED_BY)

    @property
    def flags(self) -> dict[str, int]:
        """Attendances by code, in the order of the pipeline."""
        counts = self._notices + Counter(
            code for (code, _), (halves, cents) in self._reductions.items() if halves < 0 or cents < 0
        )
        return {code: counts[code] for code in IN_ORDER if counts[code]}


def summarize(
    lines: Iterable[Line], notices: Iterable[Notice] = (), organizations: Iterable[str] = ()
) -> dict[str, Summary]:
    """The summary of each organization, one for each of `organizations` even without a line, in order of
    code.

    Notices of people without an organization stand under the empty code.
    """
    found: dict[str, Summary] = {code: Summary(code) for code in organizations}
    for line in lines:
        _of(found, line.organization).add(line)
    for notice in notices:
        _of(found, notice.organization).notice(notice)
    return dict(sorted(found.items()))


def _of(found: dict[str, Summary], organization: str) -> Summary:
    if organization not in found:
        found[organization] = Summary(organization)
    return found[organization]


class PlannedTerm(NamedTuple):
    """People times days at a rate: « 8 CP, 5 jours » at 280 $."""

    people: int
    days: Decimal
    rate: Decimal


def planned_year(terms: Iterable[PlannedTerm]) -> Decimal:
    """The compensation a plan announces for the year, in dollars."""
    return round_to_cents(sum((term.people * term.days * term.rate for term in terms), ZERO))


def planned_days(kind: str, days: Decimal, book: Rulebook) -> Decimal:
    """Of the days a plan gives, those these rules would pay: none in a type that is never compensated, and never more
    than the fixed limit of a person. A line of the budget that is of no community (`kind` empty) keeps its days."""
    key = f"type.{kind}."
    if book.optional_choice(key + "compensation") == "never":
        return ZERO
    if book.optional_choice(key + "yearly-limit") == "fixed":
        return min(days, book.days(key + "yearly-days"))
    return days


def by_organization(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Lines apart by the organization they are owed to, each in the order given."""
    apart: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        apart[line.organization].append(line)
    return dict(apart)
