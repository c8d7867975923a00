"""What day it is, asked once in a view or a command and passed on as `on=`."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The instant, aware, in the zone of the cooperative. The demonstration clock fixes the day, not the hour."""
    real = timezone.localtime()
    if settings.CLOCK is None:
        return real
    return timezone.make_aware(datetime.combine(settings.CLOCK, real.time()))


def today() -> date:
    return now().date()


def at(day: date, hour: time) -> datetime:
    """The aware instant of a wall-clock hour in the zone of the cooperative."""
    return timezone.make_aware(datetime.combine(day, hour))
