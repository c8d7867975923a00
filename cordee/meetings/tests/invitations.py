"""What tests of invitations share: a group whose meeting to come is announced, and the e-mails that left."""

from datetime import date, time
from email.message import EmailMessage

from icalendar import Calendar, Event

from cordee.meetings.actions import telling
from cordee.meetings.models import AgendaItem, Announcement, Meeting
from cordee.meetings.tests import factory
from cordee.people.models import Person
from cordee.records.outbox import deliver
from cordee.toolkit import clock
from cordee.toolkit.testing.mailserver import MailServer

COMING = date(2025, 2, 4)
ANNOUNCED_AT = clock.at(date(2025, 1, 6), time(9))


def coming(world: factory.World, day: date = COMING, **fields: object) -> Meeting:
    """A meeting to come that was announced, nobody told yet."""
    values = {"title": "Où en sommes-nous?", "place": "École du Roc", "address": "13, rue du Col, Longueuil"}
    made = factory.meeting(world.group, day, **{**values, **fields})
    Announcement.objects.create(meeting=made, announced_by=world.alice, announced_at=ANNOUNCED_AT)
    return made


def agenda(meeting: Meeting, *titles: str, owner: Person | None = None) -> None:
    for position, title in enumerate(titles, start=1):
        AgendaItem.objects.create(meeting=meeting, position=position, title=title, minutes=20, owner=owner)


def announce(world: factory.World, meeting: Meeting) -> None:
    telling.announced(meeting, by=world.alice)


def delivered(server: MailServer) -> dict[str, EmailMessage]:
    """What arrives now, by address."""
    server.letters.clear()
    deliver.call()
    return {str(letter["To"]): letter for letter in server.letters}


def text_of(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


def calendar_of(letter: EmailMessage) -> Calendar:
    """As a calendar reads it: parsed from the part that names its method."""
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def event_of(letter: EmailMessage) -> Event:
    (event,) = calendar_of(letter).events
    return event
