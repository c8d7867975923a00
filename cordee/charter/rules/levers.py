"""The rules one moves in a scenario: those an amount is computed from."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cordee.reference.rulebook import Rule, Rulebook

LEVERS = {
    "rates": re.compile(r"rate\.(?!member-resource\.)[^.]+\.(day|half-day)|category\.[^.]+\.compensated"),
    "types": re.compile(
        r"type\.[^.]+\.(compensation|yearly-limit|yearly-days|single-participation(\.category)?|region)"
    ),
    "limits": re.compile(r"cap\.one-day-per-date|threshold\.planned-day"),
}


class LeverGroup(NamedTuple):
    name: str
    rules: list[Rule]


def is_lever(rule: Rule) -> bool:
    return any(pattern.fullmatch(rule.key) for pattern in LEVERS.values())


def levers_of(book: Rulebook) -> Iterable[LeverGroup]:
    """In the order of the edition, by subject; a subject without a rule is left out."""
    for name, pattern in LEVERS.items():
        rules = [rule for rule in book.rules if pattern.fullmatch(rule.key)]
        if rules:
            yield LeverGroup(name, rules)
