"""Every write of the meetings: marking, undoing, closing, planning."""

from cordee.meetings.actions.agenda import Point, save_agenda_template, state_of, write_agenda
from cordee.meetings.actions.announcing import announce_meeting, cancel_meeting, restore_meeting
from cordee.meetings.actions.changing import edit_meeting, move_meeting
from cordee.meetings.actions.checking_in import (
    accept_request,
    check_in,
    check_in_by_address,
    refuse_closed,
    refuse_late,
    scan_code,
)
from cordee.meetings.actions.closing import add_forgotten, correct_attendance, validate_meeting, withdraw_validation
from cordee.meetings.actions.documents import add_document, remove_document, restore_document
from cordee.meetings.actions.follow_ups import (
    add_follow_up,
    finish_follow_up,
    put_back,
    remove_follow_up,
    reopen_follow_up,
)
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
from cordee.meetings.actions.minutes import (
    approve_minutes,
    correct_minutes,
    language,
    lock_for_good,
    withdraw_minutes_approval,
    write_section,
)
from cordee.meetings.actions.planning import plan_meeting, plan_series, portion_of_hours, refuse_outside_year
from cordee.meetings.actions.undoing import undo_marks, undo_token

__all__ = [
    "Act",
    "Mark",
    "Outcome",
    "Point",
    "accept_request",
    "add_document",
    "add_follow_up",
    "add_forgotten",
    "add_walk_in",
    "announce_meeting",
    "approve_minutes",
    "cancel_meeting",
    "check_in",
    "check_in_by_address",
    "correct_attendance",
    "correct_minutes",
    "edit_meeting",
    "finish_follow_up",
    "is_received",
    "language",
    "lock_for_good",
    "mark_attendance",
    "mark_attendances",
    "mark_everyone_present",
    "move_meeting",
    "plan_meeting",
    "plan_series",
    "portion_of_hours",
    "put_back",
    "refuse_closed",
    "refuse_late",
    "refuse_outside_year",
    "remove_document",
    "remove_follow_up",
    "reopen_follow_up",
    "restore_document",
    "restore_meeting",
    "save_agenda_template",
    "scan_code",
    "state_of",
    "undo_marks",
    "undo_token",
    "validate_meeting",
    "withdraw_minutes_approval",
    "withdraw_validation",
    "write_agenda",
    "write_section",
]
