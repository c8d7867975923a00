"""Template filters over cordee.toolkit.formats; dates come out as <time datetime>."""

from datetime import date, datetime, time
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cordee.toolkit import formats

register = template.Library()


@register.filter
def money(amount: Decimal | None) -> str:
    return "" if amount is None else formats.money(amount)


@register.filter
def money_rounded(amount: Decimal | None) -> str:
    """Without cents, for overviews; two decimals as soon as one pays."""
    return "" if amount is None else formats.money(amount, cents=False)


@register.filter
def number(value: Decimal | int | None) -> str:
    return "" if value is None else formats.number(value)


@register.filter
def percent(ratio: Decimal | float | None) -> str:
    return "" if ratio is None else formats.percent(ratio)


@register.filter
def date_long(day: date | None) -> str | SafeString:
    return _time(day, formats.date_long)


@register.filter
def date_full(day: date | None) -> str | SafeString:
    return _time(day, formats.date_full)


@register.filter
def date_short(day: date | None) -> str | SafeString:
    return _time(day, formats.date_short)


@register.filter
def month_long(day: date | None) -> str | SafeString:
    return _time(day, formats.month_long)


@register.filter
def month_short(day: date) -> str:
    """Inside a `<time>` of its own."""
    return formats.month_short(day)


@register.filter
def weekday(day: date) -> str:
    return formats.weekday(day)


@register.filter
def time_short(moment: time | datetime | None) -> str | SafeString:
    if moment is None:
        return ""
    local = timezone.localtime(moment).time() if isinstance(moment, datetime) else moment
    return format_html('<time datetime="{}">{}</time>', local.strftime("%H:%M"), formats.time_short(local))


@register.filter
def duration(minutes: int) -> str:
    return formats.duration(minutes)


@register.filter
def datetime_long(moment: datetime | None) -> str | SafeString:
    """`15 janvier 2025, 14 h 40`."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    text = f"{formats.date_long(local)}, {formats.time_short(local)}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)


def _time(day, write) -> str | SafeString:
    if day is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', formats.local(day).isoformat(), write(day))


@register.filter
def file_size(size: int) -> str:
    """`1,4 Mo`, `12 Ko`."""
    return formats.file_size(size)
