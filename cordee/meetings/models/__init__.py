"""Meetings, who was there, and who is expected."""

from cordee.meetings.models.attendance import (
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
from cordee.meetings.models.invitation import (
    Answer,
    FeedKey,
    Reply,
    feed_meetings,
    invited,
    is_invited,
    replies,
)
from cordee.meetings.models.meeting import (
    RUNNING_ROLES,
    Cancellation,
    Meeting,
    MeetingState,
    Modality,
    Validation,
    employed_at_meeting,
    expected_memberships,
)
from cordee.meetings.models.planning import (
    AgendaItem,
    AgendaTemplate,
    AgendaTemplateItem,
    Announcement,
    Move,
    agenda_of,
)
from cordee.meetings.models.roster import Line, Roster, roster_of
from cordee.meetings.models.tally import Tally, tally_from, tally_of

__all__ = [
    "RUNNING_ROLES",
    "AgendaItem",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Announcement",
    "Answer",
    "Attendance",
    "AttendanceChange",
    "Cancellation",
    "CheckIn",
    "CheckInRefusal",
    "Declared",
    "Direction",
    "FeedKey",
    "Line",
    "Meeting",
    "MeetingState",
    "Modality",
    "Move",
    "Portion",
    "RefusedFor",
    "Reply",
    "Roster",
    "Source",
    "Tally",
    "Validation",
    "agenda_of",
    "asking",
    "declared_at",
    "employed_at_meeting",
    "expected_memberships",
    "feed_meetings",
    "invited",
    "is_invited",
    "replies",
    "roster_of",
    "tally_from",
    "tally_of",
]
