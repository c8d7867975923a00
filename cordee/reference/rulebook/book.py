"""The frozen answer to « what are the rules on this date? ». Pure: no Django, no clock, no query.

An edition (one school year, one revision) is a list of `Rule`, each with its key, its kind and its value as
text, exactly as one row of the database. A `Rulebook` reads them typed; a `RulebookTimeline` picks the
revision in force.

Values are written so, whatever the source: money `280.00` (dollars), days `5` or `2.5`, minutes and count
whole numbers, date `2025-01-30`, flag `true` or `false`, choice a slug or a name, text anything,
prose the Markdown of an article.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cordee.values.money import round_to_cents
from cordee.values.school_year import SchoolYear
from cordee.values.sentence import SpokenError, gettext_noop


class MissingRule(SpokenError):
    """A computation needs a rule the edition does not hold. Nothing is guessed."""

    sentence = gettext_noop(
        "La règle « %(key)s » manque au cadre de référence %(year)s, révision %(revision)s. "
        "Ajoutez-la au cadre, puis recommencez."
    )


class WrongKind(SpokenError):
    sentence = gettext_noop(
        "La règle « %(key)s » du cadre de référence %(year)s, révision %(revision)s, "
        "ne se lit pas comme prévu : « %(value)s ». Corrigez sa valeur dans le cadre."
    )


class NoRulebook(SpokenError):
    sentence = gettext_noop(
        "Aucun cadre de référence n’est en vigueur le %(on)s. Mettez en vigueur une révision pour cette date."
    )


def _whole(text: str) -> int:
    if not re.fullmatch("[0-9]+", text):
        raise ValueError(text)
    return int(text)


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite() or amount < 0 or amount != round_to_cents(amount):
        raise ValueError(text)
    return round_to_cents(amount)


def _days(text: str) -> Decimal:
    days = Decimal(text)
    if not days.is_finite() or days < 0 or days * 2 != int(days * 2):
        raise ValueError(text)
    return days


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


# Every kind a rule can have, and how its text is read.
READERS: Mapping[str, Callable[[str], Any]] = {
    "money": _amount,
    "days": _days,
    "minutes": _whole,
    "count": _whole,
    "date": date.fromisoformat,
    "choice": str,
    "flag": _flag,
    "text": str,
    "prose": str,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one revision. `interpretation` marks what the cadre leaves open; `note` says what."""

    key: str
    kind: str
    value: str
    source: str = ""
    article: str = ""
    label_fr: str = ""
    label_en: str = ""
    interpretation: bool = False
    note: str = ""

    def read(self) -> Any:
        """The value, typed by the kind. Raises `ValueError` or `decimal.InvalidOperation`."""
        return READERS[self.kind](self.value)


@dataclass(frozen=True)
class Rulebook:
    """The rules of one revision, in the order of the edition. Reading a rule that is not there names it."""

    year: SchoolYear
    revision: int
    effective_from: date
    rules: tuple[Rule, ...]
    _by_key: Mapping[str, Rule] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {rule.key: rule for rule in self.rules})

    def find(self, key: str) -> Rule | None:
        return self._by_key.get(key)

    def has(self, key: str) -> bool:
        return key in self._by_key

    def rule(self, key: str) -> Rule:
        """The rule itself. Raises `MissingRule`."""
        found = self._by_key.get(key)
        if found is None:
            raise MissingRule(key=key, year=self.year, revision=self.revision)
        return found

    def amount(self, key: str) -> Decimal:
        """Dollars."""
        value: Decimal = self._read(key, "money")
        return value

    def days(self, key: str) -> Decimal:
        value: Decimal = self._read(key, "days")
        return value

    def minutes(self, key: str) -> int:
        value: int = self._read(key, "minutes")
        return value

    def count(self, key: str) -> int:
        value: int = self._read(key, "count")
        return value

    def date(self, key: str) -> date:
        value: date = self._read(key, "date")
        return value

    def choice(self, key: str) -> str:
        value: str = self._read(key, "choice")
        return value

    def flag(self, key: str) -> bool:
        value: bool = self._read(key, "flag")
        return value

    def text(self, key: str) -> str:
        value: str = self._read(key, "text")
        return value

    def optional_days(self, key: str) -> Decimal | None:
        return self.days(key) if key in self._by_key else None

    def optional_amount(self, key: str) -> Decimal | None:
        return self.amount(key) if key in self._by_key else None

    def optional_count(self, key: str) -> int | None:
        return self.count(key) if key in self._by_key else None

    def optional_choice(self, key: str) -> str | None:
        return self.choice(key) if key in self._by_key else None

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self._by_key else None

    def section(self, prefix: str) -> tuple[Rule, ...]:
        """The rules under `prefix` (« rate » gives `rate.…`), in the order of the edition."""
        start = prefix.rstrip(".") + "."
        return tuple(rule for rule in self.rules if rule.key.startswith(start))

    def branches(self, prefix: str) -> tuple[str, ...]:
        """The names just under `prefix`, each once: « type » gives `strategic-project`, `supported`, …"""
        at = prefix.rstrip(".").count(".") + 1
        return tuple(dict.fromkeys(rule.key.split(".")[at] for rule in self.section(prefix)))

    def in_article(self, article: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.article == article)

    def _read(self, key: str, kind: str) -> Any:
        rule = self.rule(key)
        try:
            if rule.kind == kind:
                return rule.read()
        except (ValueError, InvalidOperation):
            pass
        raise WrongKind(key=key, year=self.year, revision=self.revision, value=rule.value)


class RulebookTimeline:
    """Several revisions, of one year or more; `on(date)` is the one in force that day.

    A revision holds from its date of effect until the next one of the same school year, and never past its
    year.
    """

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        self.rulebooks = tuple(sorted(rulebooks, key=lambda book: (book.effective_from, book.revision)))
        self._starts = [book.effective_from for book in self.rulebooks]

    def on(self, on: date) -> Rulebook:
        """Raises `NoRulebook` when nothing is in force that day."""
        year = SchoolYear.containing(on)
        for book in reversed(self.rulebooks[: bisect_right(self._starts, on)]):
            if book.year == year:
                return book
        raise NoRulebook(on=on)
