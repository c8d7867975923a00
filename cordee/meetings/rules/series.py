"""The days of a series: every week, every two weeks, or every month on the same weekday of the same rank."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

WEEKS = {"weekly": 1, "biweekly": 2}
MONTHLY = "monthly"


def days_of(first: date, until: date, every: str) -> list[date]:
    """From `first` to `until`, both in when they fall in it; `first` alone when `until` comes before."""
    return [first, *_following(first, until, every)]


def _following(first: date, until: date, every: str) -> Iterator[date]:
    number = 1
    while (day := _nth(first, number, every)) <= until:
        yield day
        number += 1


def _nth(first: date, number: int, every: str) -> date:
    if every != MONTHLY:
        return first + timedelta(weeks=number * WEEKS[every])
    years, month = divmod(first.month - 1 + number, 12)
    return same_rank(first, first.year + years, month + 1)


def same_rank(day: date, year: int, month: int) -> date:
    """The second Tuesday for a second Tuesday; the last one for a fifth that the month does not have."""
    rank = (day.day - 1) // 7
    opening = date(year, month, 1)
    first = 1 + (day.weekday() - opening.weekday()) % 7
    wanted = first + 7 * rank
    return date(year, month, wanted if wanted <= monthrange(year, month)[1] else wanted - 7)
