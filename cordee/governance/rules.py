"""The steps by which a cadre is adopted, what was adopted, and how mandates follow each other."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date

from cordee.reference.rulebook import Rule, Rulebook

ADOPTION, CORRECTION = "adoption", "correction"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a route: the body (its key in the rules) and what it does. `month` and `due` may be missing."""

    number: int
    body: str
    act: str
    month: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A mandate as dates: from `start` until `end`, excluded."""

    start: date
    end: date


def route_of(rules: Rulebook, route: str) -> tuple[Step, ...]:
    """The steps of `route` (ADOPTION or CORRECTION) in order. Raises MissingRule for a step without body or act."""
    numbers = sorted(int(name) for name in rules.branches(route) if name.isdigit())
    return tuple(_step(rules, f"{route}.{number}", number) for number in numbers)


def _step(rules: Rulebook, prefix: str, number: int) -> Step:
    return Step(
        number,
        rules.choice(f"{prefix}.body"),
        rules.choice(f"{prefix}.act"),
        rules.optional_text(f"{prefix}.month") or "",
        rules.date(f"{prefix}.due") if rules.has(f"{prefix}.due") else None,
    )


def fingerprint(rules: Iterable[Rule]) -> str:
    """SHA-256 of what the rules say: the same text gives the same, one comma more another."""
    said = hashlib.sha256()
    for rule in rules:
        said.update(repr(astuple(rule)).encode())
    return said.hexdigest()


def end_of_term(start: date, years: int) -> date:
    """The first day after a mandate of that many years; from 29 February, 1 March of a common year."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def in_a_row(terms: Iterable[Term], *, start: date) -> int:
    """How many mandates follow each other without a gap up to one that starts on `start`, that one included."""
    ends = {term.end: term.start for term in terms}
    count, day = 1, start
    while day in ends:
        count, day = count + 1, ends[day]
    return count
