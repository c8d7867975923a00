"""Meetings as iCalendar (RFC 5545, 5546): what a person is sent of one meeting, and what a calendar reads of many.

Outlook, Google and Apple change an event in place when UID and ORGANIZER stay, SEQUENCE grows, the method stands in
the object and in its MIME part, and the recipient is the one ATTENDEE. The organizer is the address e-mails come from:
another one is not believed. Time zones are rules, not lists of days, which some of them do not read.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur

from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.contributions import CalendarDay

MAKER = "-//Cordee//Rencontres//FR"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
ZONE = ZoneInfo(settings.TIME_ZONE)
INSTANT = "%Y%m%dT%H%M%S"
LONGEST = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n"})
# How often a calendar is asked to look again.
REFRESH = timedelta(hours=4)
# Since 2007: from the second Sunday of March to the first of November, at two o’clock on the wall.
AT_TWO = time(2)
OBSERVANCES = (
    (TimezoneDaylight, date(2007, 3, 11), "EDT", -5, -4, {"FREQ": "YEARLY", "BYMONTH": 3, "BYDAY": "2SU"}),
    (TimezoneStandard, date(2007, 11, 4), "EST", -4, -5, {"FREQ": "YEARLY", "BYMONTH": 11, "BYDAY": "1SU"}),
)


def invitation(meeting: Meeting, person: Person, *, method: str, stamp: datetime, description: str) -> str:
    """What tells one person’s calendar of a meeting, of its change, or (CANCEL) that it is off for them."""
    event = _event(_facts(meeting, stamp, description, method == CANCEL))
    event["ORGANIZER"] = vCalAddress(f"mailto:{sender()}", params={"CN": meeting.group.label})
    event.add(
        "ATTENDEE",
        vCalAddress(
            f"mailto:{person.email}",
            # The answer is given on a page: nobody reads what a calendar would send back.
            params={
                "CUTYPE": "INDIVIDUAL",
                "ROLE": "REQ-PARTICIPANT",
                "PARTSTAT": "NEEDS-ACTION",
                "RSVP": "FALSE",
                "CN": person.full_name,
            },
        ),
        encode=False,
    )
    calendar = _calendar(method)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def feed(meetings: Iterable[tuple[Meeting, str]], *, name: str) -> bytes:
    """(meeting, address of its page) of all a calendar subscribes to. Nobody’s name is in it."""
    return _published(
        (_text(_facts(meeting, changed_at(meeting), url, meeting.is_cancelled)) for meeting, url in meetings), name
    )


def days_feed(days: Iterable[CalendarDay], *, name: str) -> bytes:
    """The same for whole days, which keep nobody from meeting."""
    return _published((_day_text(day) for day in days), name)


def _published(events: Iterable[bytes], name: str) -> bytes:
    calendar = _calendar(PUBLISH)
    for label in ("NAME", "X-WR-CALNAME"):
        calendar.add(label, name)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", f"PT{REFRESH.seconds // 3600}H")
    head, end, _nothing = calendar.to_ical().partition(b"END:VCALENDAR")
    return b"".join((head, *events, end, b"\r\n"))


def sender() -> str:
    """The address e-mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def uid(meeting: Meeting) -> str:
    return f"rencontre-{meeting.pk}@{settings.MAIL_DOMAIN}"


def changed_at(meeting: Meeting) -> datetime:
    """The last instant this meeting is known to have changed: the same at each reading."""
    if meeting.is_cancelled:
        return meeting.cancellation.cancelled_at
    if meeting.is_announced:
        return meeting.announcement.announced_at
    return at(meeting.date, meeting.starts_at)


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZONE)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", MAKER)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    calendar.add_component(_zone())
    return calendar


# What makes an event, in the order of `_event`.
Facts = tuple[str, int, datetime, str, datetime, datetime, str, str, bool]


def _facts(meeting: Meeting, stamp: datetime, description: str, is_off: bool) -> Facts:  # noqa: FBT001 (a tuple’s field)
    title = f"{meeting.group.label} – {meeting.title}" if meeting.title else meeting.group.label
    where = ", ".join(filter(None, (meeting.place, meeting.address))) or meeting.link
    starts_at, ends_at = at(meeting.date, meeting.starts_at), at(meeting.date, meeting.ends_at)
    return uid(meeting), meeting.sequence, stamp, title, starts_at, ends_at, where, description, is_off


def _text(facts: Facts) -> bytes:
    """What `_event` gives, written straight: a calendar reads hundreds at once, and the package takes a fifth of a
    millisecond for each. A test holds both equal."""
    identifier, sequence, stamp, title, starts_at, ends_at, where, description, is_off = facts
    lines = [
        "BEGIN:VEVENT",
        f"UID:{identifier}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{stamp.astimezone(UTC):{INSTANT}}Z",
        f"SUMMARY:{_escaped(title)}",
        f"DTSTART;TZID={settings.TIME_ZONE}:{starts_at:{INSTANT}}",
        f"DTEND;TZID={settings.TIME_ZONE}:{ends_at:{INSTANT}}",
        *(("STATUS:CANCELLED", "TRANSP:TRANSPARENT") if is_off else ("STATUS:CONFIRMED",)),
        *([f"LOCATION:{_escaped(where)}"] if where else []),
        f"DESCRIPTION:{_escaped(description)}",
        "END:VEVENT",
    ]
    return b"".join(map(_folded, lines))


def _day_text(day: CalendarDay) -> bytes:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{day.uid}@{settings.MAIL_DOMAIN}",
        f"DTSTAMP:{day.changed_at.astimezone(UTC):{INSTANT}}Z",
        f"SUMMARY:{_escaped(day.title)}",
        f"DTSTART;VALUE=DATE:{day.day:%Y%m%d}",
        "TRANSP:TRANSPARENT",
        f"DESCRIPTION:{_escaped(day.description)}",
        "END:VEVENT",
    ]
    return b"".join(map(_folded, lines))


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    return text.replace("\r\n", "\n").translate(ESCAPES)


def _folded(line: str) -> bytes:
    """RFC 5545, 3.1: no more than 75 bytes, what goes on begins with a space; never inside a character."""
    rest, parts = line.encode(), []
    while len(rest) > LONGEST:
        cut = LONGEST
        while rest[cut] & 0xC0 == 0x80:  # a byte that continues a character
            cut -= 1
        parts.append(rest[:cut])
        rest = b" " + rest[cut:]
    return b"\r\n".join((*parts, rest, b""))


def _event(facts: Facts) -> Event:
    identifier, sequence, stamp, title, starts_at, ends_at, where, description, is_off = facts
    event = Event()
    event.add("UID", identifier)
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", stamp.astimezone(UTC))
    event.add("SUMMARY", title)
    event.add("DTSTART", starts_at)
    event.add("DTEND", ends_at)
    event.add("STATUS", "CANCELLED" if is_off else "CONFIRMED")
    if is_off:
        event.add("TRANSP", "TRANSPARENT")
    if where:
        event.add("LOCATION", where)
    event.add("DESCRIPTION", description)
    return event


@cache
def _zone() -> Timezone:
    zone = Timezone()
    zone.add("TZID", settings.TIME_ZONE)
    for kind, since, name, before, after, rule in OBSERVANCES:
        observance = kind()
        observance.add("DTSTART", datetime.combine(since, AT_TWO))
        observance.add("TZNAME", name)
        observance.add("TZOFFSETFROM", timedelta(hours=before))
        observance.add("TZOFFSETTO", timedelta(hours=after))
        observance.add("RRULE", vRecur(rule))
        zone.add_component(observance)
    return zone
