"""The periods of claims, as the edition dates them."""

from datetime import date
from typing import NamedTuple

from cordee.reference.rulebook import Rulebook
from cordee.values.period import DateRange


class ClaimPeriod(NamedTuple):
    """Attendance dated in `range` (half-open) is claimed before `due`, that day not included."""

    key: str
    range: DateRange
    due: date

    @property
    def until(self) -> date:
        """A claim takes all that is dated before this day, what was validated late included."""
        end = self.range.end
        assert end is not None
        return end

    def is_late(self, on: date) -> bool:
        """« Avant le 30 janvier »: on time through the 29th."""
        return on >= self.due


def periods(book: Rulebook) -> tuple[ClaimPeriod, ...]:
    """Every period of the edition, the earliest first. Raises `MissingRule`."""
    found = [period(book, key) for key in book.branches("period")]
    return tuple(sorted(found, key=lambda one: one.range.start))


def period(book: Rulebook, key: str) -> ClaimPeriod:
    """The period of this key (`mid-year`, `year-end`). Raises `MissingRule`."""
    start, until, due = (book.date(f"period.{key}.{part}") for part in ("from", "until", "due"))
    return ClaimPeriod(key, DateRange(start, until), due)
