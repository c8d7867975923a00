"""A range of dates, half-open: the first day is in, the end is not. No end means « still »."""

from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True)
class DateRange:
    """From `start` (in) to `end` (out); `end` is None while it lasts."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"A period ends after it starts: {self.start} to {self.end}.")

    def __contains__(self, on: date) -> bool:
        return self.contains(on)

    def contains(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)

    def overlaps(self, other: Self) -> bool:
        return self.intersection(other) is not None

    def intersection(self, other: Self) -> Self | None:
        """The days in both, or None when they share none."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends, default=None)
        if end is not None and end <= start:
            return None
        return type(self)(start, end)


def months_after(day: date, months: int) -> date:
    """The same day, months later; the 1st of the month after when that month has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return date(day.year + years, month + 1, day.day)
    except ValueError:
        return date(day.year + years, month + 2, 1)
