"""« Valider les présences », taking the validation back, and correcting afterwards."""

from datetime import date

from django.db import transaction

from cordee.meetings import policy
from cordee.meetings.actions import refusals
from cordee.meetings.actions.locking import lines_of, lock_open, locked
from cordee.meetings.actions.marking import (
    Mark,
    blank,
    change_of,
    record,
    refuse_stale,
    refuse_unfit,
)
from cordee.meetings.actions.undoing import undo_marks
from cordee.meetings.models import Attendance, AttendanceChange, Meeting, Portion, Source, Validation, roster_of
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.contributions import meeting_holds


def validate_meeting(
    *, meeting: Meeting, by: Person, on: date, absent_for_unmarked: bool = False
) -> list[AttendanceChange]:
    """Close the attendance. Everyone expected is marked first; `absent_for_unmarked` marks the rest absent, and these
    absences are what comes back."""
    enforce(policy.can_validate(by, meeting, on=on))
    with transaction.atomic():
        lock_open(meeting, on=on)
        lines = roster_of(meeting).lines
        unmarked = {line.person.pk: line for line in lines if line.portion == Portion.UNMARKED}
        if not lines:
            raise refusals.NobodyListed
        if unmarked and not absent_for_unmarked:
            raise refusals.StillUnmarked(list(unmarked.values()))
        absences = [Mark(person, Portion.NONE, None) for person in unmarked]
        outcome = record(meeting, absences, unmarked, by=by, source=Source.ROSTER)
        Validation.objects.create(meeting=meeting, validated_by=by, validated_at=clock.now())
        journal.write("meeting.validated", meeting, by=by, absences=[change.pk for change in outcome.changes])
    return outcome.changes


def withdraw_validation(*, meeting: Meeting, by: Person, on: date, absences: str = "") -> None:
    """Open the attendance again. Refused with the reason of whatever already rests on it (a submitted claim).

    `absences`, a token of `undoing`, takes back with it the absences the validation had written.
    """
    enforce(policy.can_validate(by, meeting, on=on))
    with transaction.atomic():
        meeting = locked(meeting)
        if not meeting.is_validated:
            raise refusals.NotValidated
        for verdict in meeting_holds.collect(meeting):
            if not verdict:
                raise refusals.ValidationHeld(verdict.reason)
        meeting.validation.delete()
        journal.write("meeting.validation-withdrawn", meeting, by=by)
        if absences:
            undo_marks(meeting=meeting, token=absences, by=by, on=on)


def correct_attendance(
    *, attendance: Attendance, portion: str, reason: str, version: int, by: Person, on: date
) -> AttendanceChange:
    """Change a mark of a validated meeting: a reason is required, the history keeps what it was."""
    enforce(policy.can_correct(by, attendance.meeting, on=on))
    return _correct(attendance.meeting, attendance.person, portion, reason, version, by=by)


def add_forgotten(
    *, meeting: Meeting, person: Person, portion: str, reason: str, by: Person, on: date
) -> AttendanceChange:
    """Add someone to a validated meeting, with a reason; what they are owed goes to the next claim."""
    enforce(policy.can_add_forgotten(by, meeting, person, on=on))
    return _correct(meeting, person, portion, reason, 0, by=by)


def _correct(
    meeting: Meeting, person: Person, portion: str, reason: str, version: int, *, by: Person
) -> AttendanceChange:
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise refusals.ReasonMissing
    if portion not in (Portion.NONE, Portion.HALF, Portion.DAY):
        raise refusals.UnknownPortion
    with transaction.atomic():
        meeting = locked(meeting)
        if not meeting.is_validated:
            raise refusals.NotValidated
        attendance = _correctable(meeting, person, portion, version)
        change = change_of(attendance, portion, reason, by=by, at=clock.now(), source=Source.CORRECTION)
        attendance.save()
        change.save()
        journal.write("attendance.corrected", attendance, by=by, change=change.pk)
    return change


def _correctable(meeting: Meeting, person: Person, portion: str, version: int) -> Attendance:
    """The row to correct, or a new one for someone forgotten; raises why it cannot become `portion`."""
    line = lines_of(meeting, [person.pk])[person.pk]
    if line.portion == portion:
        raise refusals.NothingToCorrect
    if line.version != version:
        refuse_stale(line, portion)
    refuse_unfit(meeting, line, portion)
    return line.attendance or blank(meeting, line)
