"""What members are told of a meeting, from the one place where it is decided.

Each is called inside the transaction of the act, once the meeting and its `sequence` are as they will stand.
"""

from cordee.meetings.models import Meeting
from cordee.people.models import Person


def announced(meeting: Meeting, *, by: Person) -> None:
    """It is to be held: announced for the first time, or again after a cancellation taken back."""


def changed(meeting: Meeting, *, by: Person, reason: str) -> None:
    """Its day, hours, place or link are others; `reason` is empty when nobody gave one."""


def cancelled(meeting: Meeting, *, by: Person, reason: str) -> None:
    """It will not be held."""
