"""The rules of claims, read once from the rulebooks into integers: a year asks for them a million times."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cordee.reference.rulebook import Rulebook, RulebookTimeline
from cordee.values.money import to_cents
from cordee.values.portion import halves_of


class Rate(NamedTuple):
    """Cents for nothing, a half day and a day (indexed by half days), and the key of each."""

    cents: tuple[int, int, int]
    keys: tuple[str, str, str]

    @property
    def day(self) -> int:
        return self.cents[2]


class TypeTerms(NamedTuple):
    """How a type of community is compensated."""

    name: str
    on_request: bool
    region: str
    """The only region compensated, empty when all are."""
    single_for: str
    """The staff category limited to one community of this type, empty when none is."""
    limit: str
    """`fixed` for everyone, `plan` for each team, or `none`."""
    halves: int
    """The fixed limit, in half days."""


@dataclass(slots=True)
class RevisionTerms:
    """One revision. A missing rule is named (`MissingRule`) when an attendance first needs it, never
    guessed."""

    book: Rulebook
    _rates: dict[str, Rate | None] = field(default_factory=dict)
    _types: dict[str, TypeTerms | None] = field(default_factory=dict)
    _one_day: bool | None = None

    @property
    def one_day_per_date(self) -> bool:
        if self._one_day is None:
            self._one_day = self.book.flag("cap.one-day-per-date")
        return self._one_day

    def rate(self, category: str) -> Rate | None:
        """The rate of a category; None when it is unknown or has none (external people)."""
        if category not in self._rates:
            self._rates[category] = self._read_rate(category)
        return self._rates[category]

    def type(self, name: str) -> TypeTerms | None:
        """The terms of a type of community; None for a body and for a type that is never compensated."""
        if name not in self._types:
            self._types[name] = self._read_type(name)
        return self._types[name]

    def _read_rate(self, category: str) -> Rate | None:
        if not category or not self.book.flag(f"category.{category}.compensated"):
            return None
        half, day = f"rate.{category}.half-day", f"rate.{category}.day"
        cents = (0, to_cents(self.book.amount(half)), to_cents(self.book.amount(day)))
        return Rate(cents, ("", half, day))

    def _read_type(self, name: str) -> TypeTerms | None:
        if not name:
            return None
        key = f"type.{name}."
        compensation = self.book.choice(key + "compensation")
        if compensation == "never":
            return None
        limit = self.book.choice(key + "yearly-limit")
        single = self.book.has(key + "single-participation") and self.book.flag(key + "single-participation")
        return TypeTerms(
            name=name,
            on_request=compensation == "on-request",
            region=self.book.optional_choice(key + "region") or "",
            single_for=self.book.choice(key + "single-participation.category") if single else "",
            limit=limit,
            halves=halves_of(self.book.days(key + "yearly-days")) if limit == "fixed" else 0,
        )


class Terms:
    """The terms in force on each date of the year, each date looked up once."""

    def __init__(self, timeline: RulebookTimeline) -> None:
        self._timeline = timeline
        self._by_date: dict[date, RevisionTerms] = {}
        self._by_book: dict[int, RevisionTerms] = {}

    def on(self, on: date) -> RevisionTerms:
        """Raises `NoRulebook` when no revision is in force that day."""
        found = self._by_date.get(on)
        if found is None:
            book = self._timeline.on(on)
            found = self._by_date[on] = self._by_book.setdefault(id(book), RevisionTerms(book))
        return found
