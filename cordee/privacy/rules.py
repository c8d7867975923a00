"""How long the law gives, and on which day a delay ends. Pure.

A delay counts in days from the day after the request is received (A-2.1, s. 98). One that ends on a holiday goes on
until the next day that is none (Interpretation Act, I-16, s. 52 and 61): Sundays are holidays, Saturdays are not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from cordee.values.period import months_after

MONDAY, SUNDAY = 0, 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Delays:
    """In days, but for `incident_years`; `past_holidays` says whether an end on a holiday is put off."""

    request: int
    extension: int
    complaint: int
    review: int
    incident_years: int
    past_holidays: bool = True

    def first_end(self, received: date, *, is_complaint: bool = False) -> date:
        """The last day to answer a request."""
        return self._end(received, self.complaint if is_complaint else self.request)

    def extended_end(self, received: date, days: int) -> date:
        """The last day once extended by `days`, counted on from the days of the law and not from a holiday."""
        return self._end(received, self.request + days)

    def review_end(self, since: date) -> date:
        """The last day to ask for a review of a decision of that day, or of the end of a delay."""
        return self._end(since, self.review)

    def kept_until(self, aware: date) -> date:
        """The first day an incident known since `aware` may leave the register."""
        return months_after(aware, 12 * self.incident_years)

    def _end(self, since: date, days: int) -> date:
        end = since + timedelta(days=days)
        return not_a_holiday(end) if self.past_holidays else end


def not_a_holiday(day: date) -> date:
    """That day, or the next that is no holiday."""
    while day.weekday() == SUNDAY or day in set(holidays(day.year)):
        day += DAY
    return day


def holidays(year: int) -> Iterator[date]:
    """Those of the Interpretation Act that have a date of their own, beside Sundays."""
    sunday = easter(year)
    yield date(year, 1, 1)
    yield sunday - 2 * DAY
    yield sunday + DAY
    yield monday_before(date(year, 5, 25))
    yield date(year, 6, 24)
    yield date(year, 7, 2 if date(year, 7, 1).weekday() == SUNDAY else 1)
    yield nth_monday(year, 9, 1)
    yield nth_monday(year, 10, 2)
    yield date(year, 12, 25)


def monday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - MONDAY) or 7)


def nth_monday(year: int, month: int, rank: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7 + 7 * (rank - 1))
