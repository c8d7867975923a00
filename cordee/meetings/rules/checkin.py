"""The code on the screen of the room, by the clock alone, and what one’s arrival and departure are worth."""

from datetime import UTC, datetime, timedelta

from cordee.values.portion import Portion, portion_from_minutes

SHOWN = 30  # seconds each code stays on the screen
GRACE = 60  # and how long it is still taken after it left
TIME_TO_TYPE = timedelta(minutes=10)  # from the scan to the answer


def slot_at(instant: datetime) -> int:
    """Which code is on the screen: one every `SHOWN` seconds since 1970, whatever the wall clock does at night."""
    return int(instant.timestamp()) // SHOWN


def is_taken(slot: int, at: datetime) -> bool:
    """Whether the code of that slot is still taken: on the screen, or gone for `GRACE` seconds at most."""
    left_the_screen = (slot + 1) * SHOWN
    return slot <= slot_at(at) and at.timestamp() - left_the_screen <= GRACE


def left_at(slot: int) -> datetime:
    """When the code of that slot left the screen."""
    return datetime.fromtimestamp((slot + 1) * SHOWN, tz=UTC)


def may_still_type(scanned: datetime, at: datetime) -> bool:
    return timedelta(0) <= since(scanned, at) <= TIME_TO_TYPE


def since(earlier: datetime, later: datetime) -> timedelta:
    """Time that really went by: two wall-clock hours of one zone would count an hour too many the night it changes."""
    return later.astimezone(UTC) - earlier.astimezone(UTC)


def minutes_between(arrival: datetime, departure: datetime, *, starts: datetime, ends: datetime) -> int | None:
    """Whole minutes there, within the hours of the meeting; None when the departure says nothing."""
    if since(arrival, departure) <= timedelta(0):
        return None
    stayed = since(max(arrival.astimezone(UTC), starts.astimezone(UTC)), min_utc(departure, ends))
    return max(0, int(stayed.total_seconds()) // 60)


def min_utc(one: datetime, other: datetime) -> datetime:
    return min(one.astimezone(UTC), other.astimezone(UTC))


def proposed(minutes: int | None, *, planned: Portion, half_from: int, day_from: int) -> Portion:
    """One scan alone is worth what was planned; two what the minutes give, never more than planned."""
    if minutes is None:
        return planned
    return min(planned, portion_from_minutes(minutes, half_from=half_from, day_from=day_from))
