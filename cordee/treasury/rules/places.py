"""The place a frozen line keeps in the limits.

What a submission paid was counted against one participation, the day and the year. It stays counted,
whatever is validated later: the lines of a submission say how much, so nothing else has to be kept.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cordee.treasury.rules.codes import YEARLY_LIMIT
from cordee.treasury.rules.facts import FrozenLine
from cordee.treasury.rules.steps import Claimable


class Place(NamedTuple):
    """What one attendance already used up, in half days and cents, and when it did."""

    rank: int
    day_halves: int
    day_cents: int
    year_halves: int


Places = dict[int, Place]


def places(frozen: Iterable[FrozenLine]) -> Places:
    """The place of each attendance, from the sums of its frozen lines. One that was refused has none."""
    found: Places = {}
    for rank, line in frozen:
        before = found.get(line.attendance, Place(rank, 0, 0, 0))
        after_day_cap = line.code == YEARLY_LIMIT
        found[line.attendance] = Place(
            min(rank, before.rank),
            before.day_halves + (0 if after_day_cap else line.halves),
            before.day_cents + (0 if after_day_cap else line.cents),
            before.year_halves + line.halves,
        )
    return {key: place for key, place in found.items() if place.day_halves > 0}


def in_order(item: Claimable) -> tuple[date, int, str, int]:
    """The order of consumption: date, start time, group, attendance."""
    attendance = item.attendance
    return (attendance.on, attendance.start, attendance.group, attendance.id)


def placed_first(items: Iterable[Claimable], kept: Places) -> list[Claimable]:
    """Those of `items` that keep a place, in the order the submissions were made."""
    placed = [item for item in items if item.attendance.id in kept]
    return sorted(placed, key=lambda item: (kept[item.attendance.id].rank, in_order(item)))
