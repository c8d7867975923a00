"""The rules of a school year, as frozen values. Pure: no Django, no clock, no query.

`book` answers (what is the rate?), `edition` reads the reviewed files of `reference/editions`, `shape`
says what such a file may hold, `checks` what is wrong in a draft.
"""

from cordee.reference.rulebook.book import (
    MissingRule,
    NoRulebook,
    Rule,
    Rulebook,
    RulebookTimeline,
    WrongKind,
)
from cordee.reference.rulebook.checks import KINDS, Problem, problems_of
from cordee.reference.rulebook.edition import Edition, parse_edition
from cordee.reference.rulebook.shape import UnreadableEdition

__all__ = [
    "KINDS",
    "Edition",
    "MissingRule",
    "NoRulebook",
    "Problem",
    "Rule",
    "Rulebook",
    "RulebookTimeline",
    "UnreadableEdition",
    "WrongKind",
    "parse_edition",
    "problems_of",
]
