"""Whole months before or after a day: 31 March less a month is the last day of February."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day of another month, or its last one when it is shorter; before when `months` is negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
