"""Meetings, who was there, and who is expected."""

from cordee.meetings.models.attendance import (
    Attendance,
    AttendanceChange,
    Portion,
    Source,
)
from cordee.meetings.models.documents import DocumentRemoval, MeetingDocument
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
from cordee.meetings.models.minutes import (
    ApprovalWay,
    FollowUp,
    FollowUpDone,
    MinutesApproval,
    MinutesCorrection,
    MinutesLock,
    MinutesSection,
    MinutesState,
    Part,
    minutes_state,
    with_minutes,
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
    "ApprovalWay",
    "Attendance",
    "AttendanceChange",
    "Cancellation",
    "DocumentRemoval",
    "FollowUp",
    "FollowUpDone",
    "Line",
    "Meeting",
    "MeetingDocument",
    "MeetingState",
    "MinutesApproval",
    "MinutesCorrection",
    "MinutesLock",
    "MinutesSection",
    "MinutesState",
    "Modality",
    "Move",
    "Part",
    "Portion",
    "Roster",
    "Source",
    "Tally",
    "Validation",
    "agenda_of",
    "employed_at_meeting",
    "expected_memberships",
    "minutes_state",
    "roster_of",
    "tally_from",
    "tally_of",
    "with_minutes",
]
