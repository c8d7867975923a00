"""Dates as people write them: ISO, 12/09/2024, 12 sept. 2024, 1er juin 2024, Sept 12, 2024."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal

from cordee.values.sentence import SpokenError, gettext_noop

Order = Literal["day-first", "month-first"]

MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
# Three letters name a month, but « jui » could be two.
SHORTEST = {"juin": 4, "juillet": 4}
WEEKDAYS = re.compile(
    r"^(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)?[ ,]*"
)
TIME = r"(?:[t ]+[0-9]{1,2}(?::|h| h )[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})" + TIME)
YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})" + TIME)
DAY_NAMED = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th)?[-/ .]+([a-z]+)[-/ .,]+([0-9]{4})" + TIME)
NAMED_DAY = re.compile(r"([a-z]+)[-/ .]+([0-9]{1,2})(?:er|st|nd|rd|th)?[-/ .,]+([0-9]{4})" + TIME)


class UnreadableDate(SpokenError):
    sentence = gettext_noop(
        "« %(text)s » n’est pas une date. Écrivez-la comme 2024-09-12 ou 12 septembre 2024."
    )


def parse_date(text: str, *, order: Order = "day-first") -> date:
    """Read a date; a time after it is left out. Years have four digits.

    `12/09/2024` is 12 September unless `order` says month first; when only one order can be (`09/13/2024`),
    that one is taken. Raises `UnreadableDate` with the text.
    """
    plain = WEEKDAYS.sub("", _plain(text))
    parts = _year_first(plain) or _named(plain) or _year_last(plain, order)
    try:
        return date(*parts) if parts else _refuse(text)
    except ValueError:
        raise UnreadableDate(text=text) from None


def likely_order(texts: Iterable[str]) -> Order:
    """The order of a whole column: month first only when some date says so and none says the reverse."""
    pairs = [(int(found[1]), int(found[2])) for text in texts if (found := YEAR_LAST.fullmatch(_plain(text)))]
    month_first = any(second > 12 for _, second in pairs)
    day_first = any(first > 12 for first, _ in pairs)
    return "month-first" if month_first and not day_first else "day-first"


def _refuse(text: str) -> date:
    raise UnreadableDate(text=text)


def _plain(text: str) -> str:
    """Lower case, without accents, spaces made single."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _year_first(plain: str) -> tuple[int, int, int] | None:
    found = YEAR_FIRST.fullmatch(plain)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _named(plain: str) -> tuple[int, int, int] | None:
    if found := DAY_NAMED.fullmatch(plain):
        day, name, year = found[1], found[2], found[3]
    elif found := NAMED_DAY.fullmatch(plain):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    month = _month(name)
    return (int(year), month, int(day)) if month else None


def _month(name: str) -> int | None:
    for number, names in enumerate(MONTHS, start=1):
        for full in names:
            if len(name) >= SHORTEST.get(full, 3) and full.startswith(name):
                return number
    return None


def _year_last(plain: str, order: Order) -> tuple[int, int, int] | None:
    found = YEAR_LAST.fullmatch(plain)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12 or (order == "day-first" and second <= 12):
        return (year, second, first)
    return (year, first, second)
