"""Meetings, who was there, and who is expected."""

from cordee.meetings.models.attendance import (
    RUNNING_ROLES,
    Attendance,
    AttendanceChange,
    Portion,
    Source,
)
from cordee.meetings.models.checkin import (
    CheckIn,
    CheckInRefusal,
    Declared,
    Direction,
    RefusedFor,
    asking,
    declared_at,
)
from cordee.meetings.models.meeting import (
    Cancellation,
    Meeting,
    MeetingState,
    Modality,
    Validation,
    employed_at_meeting,
    expected_memberships,
)
from cordee.meetings.models.roster import Line, Roster, roster_of
from cordee.meetings.models.tally import Tally, tally_from, tally_of

__all__ = [
    "RUNNING_ROLES",
    "Attendance",
    "AttendanceChange",
    "Cancellation",
    "CheckIn",
    "CheckInRefusal",
    "Declared",
    "Direction",
    "Line",
    "Meeting",
    "MeetingState",
    "Modality",
    "Portion",
    "RefusedFor",
    "Roster",
    "Source",
    "Tally",
    "Validation",
    "asking",
    "declared_at",
    "employed_at_meeting",
    "expected_memberships",
    "roster_of",
    "tally_from",
    "tally_of",
]
