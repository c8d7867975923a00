"""The days a calendar shows. Weeks start on Sunday, as they are printed in Québec."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """The days shown, and `first` to `last` those that are the subject (a month begins and ends within weeks)."""

    days: tuple[date, ...]
    first: date
    last: date

    @classmethod
    def week_of(cls, day: date) -> Self:
        start = sunday_of(day)
        days = tuple(start + timedelta(days=number) for number in range(DAYS_IN_A_WEEK))
        return cls(days, days[0], days[-1])

    @classmethod
    def month_of(cls, day: date) -> Self:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        start, end = sunday_of(first), sunday_of(last) + timedelta(days=DAYS_IN_A_WEEK)
        return cls(tuple(start + timedelta(days=number) for number in range((end - start).days)), first, last)

    @property
    def before(self) -> date:
        """A day of the span before this one."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.last + timedelta(days=1)

    def is_subject(self, day: date) -> bool:
        return self.first <= day <= self.last


def sunday_of(day: date) -> date:
    return day - timedelta(days=(day.weekday() + 1) % DAYS_IN_A_WEEK)
