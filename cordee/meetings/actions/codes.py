"""What the screen of the room shows and what a scan gives, signed: nothing is kept of either.

A code says the meeting, the direction and its thirty seconds; a ticket, given for a code that is still taken, says
when it was scanned, so that signing in or typing an address takes nothing from the hour of arrival.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from cordee.meetings.actions import refusals
from cordee.meetings.models import Direction
from cordee.meetings.rules import checkin

LETTERS = {Direction.ARRIVAL: "a", Direction.DEPARTURE: "d"}
DIRECTIONS = {letter: direction for direction, letter in LETTERS.items()}
SIGNATURE = 20  # of 64 hexadecimal digits: a code must stay easy to scan from the back of a room
_tickets = signing.Signer(salt="cordee.meetings.ticket")


@dataclass(frozen=True, slots=True)
class Code:
    direction: Direction
    slot: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that was taken. `at` is when it was scanned: the arrival, or the departure, to be declared."""

    meeting_id: int
    direction: Direction
    at: datetime


def code_of(meeting_id: int, direction: Direction, at: datetime) -> str:
    """The code to show at that instant: `a1fkj3q8-4e1f…`."""
    said = f"{LETTERS[direction]}{int_to_base36(checkin.slot_at(at))}"
    return f"{said}-{_signature(meeting_id, said)}"


def read_code(meeting_id: int, text: str) -> Code:
    """Raise CodeUnreadable when it was not made here for that meeting; how old it may be is not asked."""
    said, _dash, signature = text.partition("-")
    if not constant_time_compare(signature, _signature(meeting_id, said)):
        raise refusals.CodeUnreadable
    return Code(DIRECTIONS[said[:1]], base36_to_int(said[1:]))


def _signature(meeting_id: int, said: str) -> str:
    return salted_hmac("cordee.meetings.code", f"{meeting_id}:{said}", algorithm="sha256").hexdigest()[:SIGNATURE]


def ticket_of(scan: Scan) -> str:
    """Each scan has its own, two of the same second too."""
    seconds = int_to_base36(int(scan.at.timestamp()))
    return _tickets.sign("-".join((str(scan.meeting_id), LETTERS[scan.direction], seconds, get_random_string(6))))


def read_ticket(text: str) -> Scan:
    """Raise CodeUnreadable when it was not made here; how old it may be is asked by the act."""
    try:
        meeting, letter, seconds, _unique = _tickets.unsign(text).split("-")
    except signing.BadSignature:
        raise refusals.CodeUnreadable from None
    return Scan(int(meeting), DIRECTIONS[letter], datetime.fromtimestamp(base36_to_int(seconds), tz=UTC))
