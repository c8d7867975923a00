"""The rules of a year carried to another: dates move by whole years, texts name the new year."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from cordee.reference.rulebook.book import Rule
from cordee.values.school_year import SchoolYear

IN_WORDS = ("text", "prose")


def carried(rules: Iterable[Rule], *, start: SchoolYear, end: SchoolYear) -> tuple[Rule, ...]:
    """What the rules of `start` become in `end` when nothing else changes."""
    years = end.first - start.first
    named = {str(start): str(end)} if years else {}
    return tuple(_carried(rule, years, named) for rule in rules)


def _carried(rule: Rule, years: int, named: Mapping[str, str]) -> Rule:
    value = _later(rule.value, years) if rule.kind == "date" else rule.value
    if rule.kind in IN_WORDS:
        value = _named(value, named)
    return replace(
        rule,
        value=value,
        label_fr=_named(rule.label_fr, named),
        label_en=_named(rule.label_en, named),
        note=_named(rule.note, named),
    )


def _later(written: str, years: int) -> str:
    """The same day another year; 29 February becomes the 28th. What is no date stays as it is."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last).isoformat() if years else written


def _named(text: str, named: Mapping[str, str]) -> str:
    for before, after in named.items():
        text = text.replace(before, after)
    return text
