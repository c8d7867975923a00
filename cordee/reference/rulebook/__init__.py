"""The rules of a school year, as frozen values. Pure: no Django, no clock, no query.

`book` answers (what is the rate?), `edition` reads the reviewed files of `reference/editions`, `shape`
says what such a file may hold, `checks` what is wrong in a draft, `prose` reads what an article cites and embeds.
"""

from cordee.reference.rulebook.book import (
    MissingRule,
    NoRulebook,
    Rule,
    Rulebook,
    RulebookTimeline,
    WrongKind,
)
from cordee.reference.rulebook.checks import KINDS, open_points, problems_of
from cordee.reference.rulebook.edition import Edition, parse_edition
from cordee.reference.rulebook.problem import ERROR, OPEN, Problem
from cordee.reference.rulebook.shape import UnreadableEdition

__all__ = [
    "ERROR",
    "KINDS",
    "OPEN",
    "Edition",
    "MissingRule",
    "NoRulebook",
    "Problem",
    "Rule",
    "Rulebook",
    "RulebookTimeline",
    "UnreadableEdition",
    "WrongKind",
    "open_points",
    "parse_edition",
    "problems_of",
]
