"""What day it is, asked once in a view or a command and passed on as `on=`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The instant, aware, in the zone of the cooperative. The demonstration clock fixes the day, not the hour."""
    if (standing := _standing.get()) is not None:
        return standing
    real = timezone.localtime()
    if settings.CLOCK is None:
        return real
    return timezone.make_aware(datetime.combine(settings.CLOCK, real.time()))


def today() -> date:
    return now().date()


def local_day(instant: datetime) -> date:
    """The day it was in the zone of the cooperative."""
    return timezone.localtime(instant).date()


def at(day: date, hour: time) -> datetime:
    """The aware instant of a wall-clock hour in the zone of the cooperative."""
    return timezone.make_aware(datetime.combine(day, hour))


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Acts inside are dated `instant`: how a year that has already happened is loaded. Refused in production."""
    if settings.MODE == "production":
        raise ImproperlyConfigured("L’horloge ne s’arrête pas en production.")
    token = _standing.set(instant)
    try:
        yield
    finally:
        _standing.reset(token)
