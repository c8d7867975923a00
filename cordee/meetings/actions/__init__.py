"""Every write of the meetings: marking, undoing, closing, planning."""

from cordee.meetings.actions.checking_in import (
    accept_request,
    check_in,
    check_in_by_address,
    refuse_closed,
    refuse_late,
    scan_code,
)
from cordee.meetings.actions.closing import add_forgotten, correct_attendance, validate_meeting, withdraw_validation
from cordee.meetings.actions.marking import (
    Mark,
    Outcome,
    add_walk_in,
    mark_attendance,
    mark_attendances,
    mark_everyone_present,
)
from cordee.meetings.actions.planning import cancel_meeting, plan_meeting, refuse_outside_year, restore_meeting
from cordee.meetings.actions.undoing import undo_marks, undo_token

__all__ = [
    "Mark",
    "Outcome",
    "accept_request",
    "add_forgotten",
    "add_walk_in",
    "cancel_meeting",
    "check_in",
    "check_in_by_address",
    "correct_attendance",
    "mark_attendance",
    "mark_attendances",
    "mark_everyone_present",
    "plan_meeting",
    "refuse_closed",
    "refuse_late",
    "refuse_outside_year",
    "restore_meeting",
    "scan_code",
    "undo_marks",
    "undo_token",
    "validate_meeting",
    "withdraw_validation",
]
