"""One cell: a moment, of which only the order of its numbers may be unknown, or a length of time."""

import re
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Literal

type Order = Literal["day-first", "month-first", "year-first"]

ORDERS: tuple[Order, ...] = ("day-first", "month-first", "year-first")
SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
DATE = r"([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})"
TIME = r"([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2}))?| ?h(?: ?([0-9]{2})(?: ?min(?: ?([0-9]{1,2}) ?s)?)?)?)(?:\.[0-9]+)?"
HALF = r"(?: ?([ap])\.? ?m\.?)?"
STAMP = re.compile(rf"(?:{DATE}\.?(?:,| |t|\u00e0|at)* ?)?{TIME}{HALF}", re.IGNORECASE)
DAY = re.compile(DATE)
CLOCK = re.compile(TIME + HALF, re.IGNORECASE)
COLONS = re.compile(r"([0-9]+):([0-9]{2}):([0-9]{2})")
PARTS = re.compile(r"([0-9]+) ?([^\W\d_]+)\.?[ ,]*")
UNITS = {
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), 86400),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "heure", "heures", "std", "godz"), 3600),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "seconde", "secondes", "sek"), 1),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """`days` has a date for each order that gives one; empty when only an hour is written."""

    clock: time
    days: tuple[tuple[Order, date], ...] = ()

    def day(self, order: Order) -> date | None:
        return dict(self.days).get(order)


def tidy(text: str) -> str:
    """Spaces of every kind made one, marks of direction dropped."""
    return SPACES.sub(" ", MARKS.sub("", text)).strip()


@lru_cache(maxsize=8192)
def stamp_of(text: str) -> Stamp | None:
    """A moment in any of the ways Teams, Excel and people write it; None when it is no moment."""
    found = STAMP.fullmatch(tidy(text))
    if not found:
        return None
    one, two, three, hour, minute, second, minute_h, second_h, half = found.groups()
    clock = _clock(int(hour), int(minute or minute_h or 0), int(second or second_h or 0), half)
    if clock is None:
        return None
    if one is None:
        return Stamp(clock)
    days = tuple((order, day) for order in ORDERS if (day := _day(one, two, three, order)))
    return Stamp(clock, days) if days else None


def is_day(text: str) -> bool:
    return DAY.fullmatch(text) is not None


def is_clock(text: str) -> bool:
    return CLOCK.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def seconds_in(text: str) -> int | None:
    """`1h 18m 19s`, `2 godz. 19 min`, `1:02:10`; None when it cannot be read."""
    text = tidy(text).lower()
    if found := COLONS.fullmatch(text):
        hours, minutes, seconds = map(int, found.groups())
        return hours * 3600 + minutes * 60 + seconds
    parts = PARTS.findall(text)
    if not parts or PARTS.sub("", text) or any(unit not in UNITS for _number, unit in parts):
        return None
    return sum(int(number) * UNITS[unit] for number, unit in parts)


def _clock(hour: int, minute: int, second: int, half: str | None) -> time | None:
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _day(one: str, two: str, three: str, order: Order) -> date | None:
    """Four figures are the year wherever they stand; two are a year of this century."""
    if len(one) > 2:
        year, month, day = one, two, three
    elif order == "year-first":
        if len(three) > 2:
            return None
        year, month, day = one, two, three
    else:
        year = three
        month, day = (two, one) if order == "day-first" else (one, two)
    try:
        return date(int(year) + (2000 if len(year) < 3 else 0), int(month), int(day))
    except ValueError:
        return None
