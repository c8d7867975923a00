"""What part of a day an attendance is worth, counted in half days so that nothing is ever a fraction."""

from decimal import Decimal
from enum import IntEnum

HALVES_IN_A_DAY = 2


class Portion(IntEnum):
    """The value is the number of half days."""

    NONE = 0
    HALF = 1
    DAY = 2

    @property
    def days(self) -> Decimal:
        return days_of(self)


def days_of(halves: int) -> Decimal:
    """Half days as days: 3 is 1.5."""
    return Decimal(halves) / HALVES_IN_A_DAY


def halves_of(days: Decimal) -> int:
    """Days as whole half days; what is less than a half day is left out."""
    return int(days * HALVES_IN_A_DAY)


def portion_from_minutes(minutes: int, *, half_from: int, day_from: int) -> Portion:
    """The portion proposed for minutes of connection; both thresholds are included."""
    if minutes >= day_from:
        return Portion.DAY
    return Portion.HALF if minutes >= half_from else Portion.NONE


def planned_portion(minutes: int, *, day_over: int) -> Portion:
    """The portion of a meeting planned to last `minutes`: a day when it is longer than `day_over`."""
    return Portion.DAY if minutes > day_over else Portion.HALF
