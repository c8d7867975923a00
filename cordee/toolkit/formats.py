"""Amounts, dates and hours as Québec writes them (fr-CA) or as its English boards do (en-CA)."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NBSP = "\u00a0"
MINUS = "\u2212"
SAID_IN_MINUTES = 120
FIRST_OF_MONTH = re.compile(r"\b1 ")


def locale() -> str:
    return "en_CA" if (get_language() or "fr").startswith("en") else "fr_CA"


def money(amount: Decimal | int, *, cents: bool = True) -> str:
    """`1 234,56 $`; without cents in an overview: `1 235 $`. A real minus sign before a negative amount."""
    return _money(amount, cents=cents, locale=locale())


@lru_cache(maxsize=4096)
def _money(amount: Decimal | int, *, cents: bool, locale: str) -> str:
    """Kept: Babel takes some 50 µs an amount, and a claim writes the same few rates and totals hundreds of times."""
    pattern = None if cents else (f"#,##0{NBSP}¤" if locale == "fr_CA" else "¤#,##0")
    text = format_currency(abs(amount), "CAD", format=pattern, locale=locale, currency_digits=cents)
    return f"{MINUS}{text}" if amount < 0 else text


def number(value: Decimal | int | float) -> str:
    return format_decimal(value, locale=locale()).replace("-", MINUS)


def percent(ratio: Decimal | float) -> str:
    """A ratio as `10,3 %`."""
    pattern = f"#,##0.#{NBSP}%" if locale() == "fr_CA" else "#,##0.#%"
    return format_percent(ratio, format=pattern, locale=locale())


def file_size(size: int) -> str:
    """`1,4 Mo`, `12 Ko`; in English `1.4 MB`, `12 KB`."""
    letter = "o" if locale() == "fr_CA" else "B"
    if size < 1_000_000:
        return f"{number(max(round(size / 1000), 1))}{NBSP}K{letter}"
    return f"{number(round(size / 1_000_000, 1))}{NBSP}M{letter}"


def date_long(day: date) -> str:
    """`12 septembre 2024`; the first of a month is `1er` in French."""
    return _date(local(day), "long", locale=locale())


def date_full(day: date) -> str:
    """`jeudi 12 septembre 2024`."""
    return _date(local(day), "full", locale=locale())


def date_short(day: date) -> str:
    """`12 sept. 2024`."""
    return _date(local(day), "d MMM y" if locale() == "fr_CA" else "MMM d, y", locale=locale())


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, *, locale: str) -> str:
    """Kept for the same reason: the days of a year are few."""
    text = format_date(day, pattern, locale=locale)
    return FIRST_OF_MONTH.sub("1er ", text, count=1) if locale == "fr_CA" else text


def day_and_month(day: date) -> str:
    """`30 janvier`; in English `January 30`."""
    text = format_date(local(day), "d MMMM" if locale() == "fr_CA" else "MMMM d", locale=locale())
    return text.replace("1 ", "1er ", 1) if locale() == "fr_CA" and day.day == 1 else text


def month_long(day: date) -> str:
    """`juin 2026`."""
    return format_date(local(day), "LLLL y", locale=locale())


def month_short(day: date) -> str:
    """`janv.`; in English `Jan`."""
    return format_date(local(day), "LLL", locale=locale())


def weekday(day: date) -> str:
    """`Mercredi`, to begin a line with."""
    return format_date(local(day), "EEEE", locale=locale()).capitalize()


def time_short(moment: time | datetime) -> str:
    """`9 h`, `13 h 30`; in English `1:30 p.m.`."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).time()
    if locale() == "en_CA":
        return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'a.m.' if moment.hour < 12 else 'p.m.'}"
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment.minute:02d}" if moment.minute else "")


def duration(minutes: int) -> str:
    """Below two hours minutes are said as such: `90 minutes`, then `2 h`, `2 h 15`, `6 h`."""
    if minutes < SAID_IN_MINUTES:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def local(day: date) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def first_of(labels: Iterable[str], most: int = 3) -> str:
    """« 03-Immigration, 05-Littératie et 4 autres »: the first ones, each once, and how many more."""
    unique = list(dict.fromkeys(labels))
    shown, more = ", ".join(unique[:most]), len(unique) - most
    if more <= 0:
        return shown
    return f"{shown} {ngettext('et %(more)d autre', 'et %(more)d autres', more) % {'more': more}}"
