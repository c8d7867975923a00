"""Every write of the meetings: marking, undoing, closing, planning."""

from cordee.meetings.actions.closing import add_forgotten, correct_attendance, validate_meeting, withdraw_validation
from cordee.meetings.actions.marking import (
    Act,
    Mark,
    Outcome,
    add_walk_in,
    is_received,
    mark_attendance,
    mark_attendances,
    mark_everyone_present,
)
from cordee.meetings.actions.planning import cancel_meeting, plan_meeting, refuse_outside_year, restore_meeting
from cordee.meetings.actions.undoing import undo_marks, undo_token

__all__ = [
    "Act",
    "Mark",
    "Outcome",
    "add_forgotten",
    "add_walk_in",
    "cancel_meeting",
    "correct_attendance",
    "is_received",
    "mark_attendance",
    "mark_attendances",
    "mark_everyone_present",
    "plan_meeting",
    "refuse_outside_year",
    "restore_meeting",
    "undo_marks",
    "undo_token",
    "validate_meeting",
    "withdraw_validation",
]
