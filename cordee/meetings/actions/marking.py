"""Marking attendance: one tap, many lines, everyone, someone who came without being expected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NoReturn
from uuid import UUID

from django.db import IntegrityError, transaction

from cordee.meetings import policy
from cordee.meetings.actions import refusals
from cordee.meetings.actions.locking import lines_of, lock_open
from cordee.meetings.models import (
    Attendance,
    AttendanceChange,
    Line,
    Meeting,
    Portion,
    Source,
    roster_of,
)
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock, rows
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal

CHANGED = ["portion", "reason", "source", "marked_by", "marked_at", "version"]


@dataclass(frozen=True, slots=True)
class Act:
    """One mark as a browser made it, `age` before it was sent: sent again until it is answered, it counts once. `after`
    is the act of the same line it followed there without waiting for its answer."""

    identifier: UUID
    age: timedelta = timedelta()
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What someone wants recorded. `version` is the one they saw (0: none yet); None takes whatever is recorded."""

    person_id: int
    portion: str
    version: int | None
    reason: str = ""
    act: Act | None = None


@dataclass(slots=True)
class Outcome:
    """What was written, what was refused and why, by person, and how many were left out for having answered no."""

    changes: list[AttendanceChange] = field(default_factory=list)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    declined: int = 0


def mark_attendance(*, meeting: Meeting, mark: Mark, by: Person, on: date) -> AttendanceChange | None:
    """Record one mark; None when it is what is recorded already, or an act received before. Raises a Refusal of
    `actions.refusals`."""
    try:
        outcome = mark_attendances(meeting=meeting, marks=[mark], by=by, on=on)
    except IntegrityError:
        if not is_received(mark.act):
            raise
        return None
    for refusal in outcome.refusals.values():
        raise refusal
    return outcome.changes[0] if outcome.changes else None


def is_received(act: Act | None) -> bool:
    """Whether this very act was recorded, whatever its line has become since."""
    return act is not None and AttendanceChange.objects.filter(act=act.identifier).exists()


def mark_attendances(
    *, meeting: Meeting, marks: Sequence[Mark], by: Person, on: date, source: str = Source.ROSTER
) -> Outcome:
    """Record the marks that can be, in one act; the others come back with their refusal. Raises for the meeting."""
    enforce(policy.can_mark(by, meeting, on=on))
    with transaction.atomic():
        lock_open(meeting, on=on)
        lines = lines_of(meeting, [mark.person_id for mark in marks])
        outcome = record(meeting, marks, lines, by=by, source=source)
        if len(outcome.changes) == 1:
            journal.write("attendance.marked", outcome.changes[0].attendance, by=by)
        elif outcome.changes:
            journal.write("attendance.marked", meeting, by=by, changes=[change.pk for change in outcome.changes])
    return outcome


def mark_everyone_present(*, meeting: Meeting, by: Person, on: date) -> Outcome:
    """The planned portion for those not marked yet, but for who answered no: they would be paid for staying away.

    Who has no employer that day stays unmarked too, with the reason.
    """
    enforce(policy.can_mark(by, meeting, on=on))
    with transaction.atomic():
        lock_open(meeting, on=on)
        lines = [line for line in roster_of(meeting).lines if line.portion == Portion.UNMARKED]
        marks = [Mark(line.person.pk, meeting.planned_portion, None) for line in lines if not line.declined]
        outcome = record(meeting, marks, {line.person.pk: line for line in lines}, by=by, source=Source.ROSTER)
        outcome.declined = len(lines) - len(marks)
        if outcome.changes:
            journal.write("attendance.everyone-present", meeting, by=by, changes=[c.pk for c in outcome.changes])
    return outcome


def add_walk_in(*, meeting: Meeting, person: Person, by: Person, on: date) -> AttendanceChange:
    """Someone who came without being expected: present for the planned portion, flagged « sur place »."""
    enforce(policy.can_mark(by, meeting, on=on))
    with transaction.atomic():
        lock_open(meeting, on=on)
        if roster_of(meeting, persons=[person.pk]).lines:
            raise refusals.AlreadyListed(person)
        lines = lines_of(meeting, [person.pk])
        outcome = record(
            meeting, [Mark(person.pk, meeting.planned_portion, None)], lines, by=by, source=Source.ROSTER, walk_ins=True
        )
        for refusal in outcome.refusals.values():
            raise refusal
        change = outcome.changes[0]
        journal.write("attendance.walk-in", change.attendance, by=by)
    return change


def record(
    meeting: Meeting,
    marks: Iterable[Mark],
    lines: dict[int, Line],
    *,
    by: Person | None,
    source: str,
    walk_ins: bool = False,
) -> Outcome:
    """Write marks in the caller's transaction, on a locked meeting: rows and history, not the journal."""
    outcome, pending = Outcome(), []
    for mark in marks:
        try:
            line = _checked(meeting, mark, lines, walk_ins=walk_ins)
        except Refusal as refusal:
            outcome.refusals[mark.person_id] = refusal
            continue
        if line is not None:
            pending.append((line, mark))
    outcome.changes = _write(meeting, pending, by=by, source=source)
    return outcome


def _checked(meeting: Meeting, mark: Mark, lines: dict[int, Line], *, walk_ins: bool) -> Line | None:
    """The line to write, None when nothing changes; raises why it cannot be."""
    if mark.portion not in Portion.values:
        raise refusals.UnknownPortion
    line = lines.get(mark.person_id)
    if line is None:
        raise refusals.UnknownPerson
    if (line.portion, line.reason) == (mark.portion, reason_of(mark, line)):
        return None
    if mark.version not in (None, line.version):
        acts = _acts_on(line) if mark.act else []
        if mark.act and mark.act.identifier in acts:
            return None
        if not (mark.act and mark.act.after and acts[:1] == [mark.act.after]):
            refuse_stale(line, mark.portion, reason_of(mark, line))
    refuse_unfit(meeting, line, mark.portion)
    if line.is_walk_in and line.portion == Portion.UNMARKED and not walk_ins:
        raise refusals.NotExpected(line.person)
    return line


def _acts_on(line: Line) -> list[UUID | None]:
    """The acts that changed a line, the last one first. Asked only when a mark names another version than the recorded
    one: an act received before always does."""
    if line.attendance is None:
        return []
    changes = AttendanceChange.objects.filter(attendance=line.attendance.pk).order_by("-pk")
    return list(changes.values_list("act", flat=True))


def refuse_stale(line: Line, wanted: str, reason: str = "") -> NoReturn:
    """Someone else changed it meanwhile; or the page names a version that never was."""
    if line.attendance is None:
        raise refusals.UnknownVersion
    theirs = Attendance.objects.select_related("person", "marked_by").get(pk=line.attendance.pk)
    raise refusals.StaleMark(theirs, wanted, reason)


def refuse_unfit(meeting: Meeting, line: Line, portion: str) -> None:
    """Never more than planned; nobody is present for an employer they do not have. An absence needs neither."""
    if portion == Portion.DAY and meeting.planned_portion == Portion.HALF:
        raise refusals.TooLong(meeting)
    if portion in (Portion.HALF, Portion.DAY) and line.employment is None:
        raise refusals.NotAffiliated(line.person, meeting)


def reason_of(mark: Mark, line: Line) -> str:
    """A reason belongs to an absence. Marked without one, it takes the one the person gave in saying they would not
    come; taken away from an absence, it stays away."""
    if mark.portion != Portion.NONE:
        return ""
    given = " ".join(mark.reason.split())[:200]
    return given or (line.apology if line.portion != Portion.NONE else "")


def _write(
    meeting: Meeting, pending: Sequence[tuple[Line, Mark]], *, by: Person | None, source: str
) -> list[AttendanceChange]:
    now = clock.now()
    changes: list[AttendanceChange] = []
    new: list[Attendance] = []
    old: list[Attendance] = []
    for line, mark in pending:
        attendance = line.attendance or blank(meeting, line)
        (new if line.attendance is None else old).append(attendance)
        change = change_of(attendance, mark.portion, reason_of(mark, line), by=by, at=now, source=source)
        if mark.act:
            change.act, change.made_at = mark.act.identifier, made_at(mark.act, meeting, now)
        changes.append(change)
    _save_new(new)
    save_changed(old, changes)
    return changes


def _save_new(attendances: Sequence[Attendance]) -> None:
    if len(attendances) == 1:
        rows.insert(attendances[0])
    else:
        Attendance.objects.bulk_create(attendances)


def made_at(act: Act, meeting: Meeting, received: datetime) -> datetime:
    """By the time gone by on the device, whatever hour it shows: never to come, nor before the day of the meeting."""
    return max(received - act.age, clock.at(meeting.date, time.min))


def blank(meeting: Meeting, line: Line) -> Attendance:
    """The row of someone not marked before, unsaved."""
    return Attendance(meeting=meeting, person=line.person, version=0)


def change_of(
    attendance: Attendance, portion: str, reason: str, *, by: Person | None, at: datetime, source: str
) -> AttendanceChange:
    """Put a new value in an attendance, unsaved, and make the line of its history."""
    change = AttendanceChange(
        attendance=attendance,
        before=attendance.portion,
        after=portion,
        reason=reason,
        source=source,
        changed_by=by,
        changed_at=at,
    )
    attendance.portion, attendance.reason, attendance.source = portion, reason, source
    attendance.marked_by, attendance.marked_at = by, at
    attendance.version += 1
    return change


def save_changed(attendances: Sequence[Attendance], changes: Sequence[AttendanceChange]) -> None:
    """Write attendances changed by `change_of` and the history of these and of new ones: two queries for any number,
    made once for a single mark, because marking is the hottest path of the house."""
    if len(changes) > 1:
        if attendances:
            Attendance.objects.bulk_update(attendances, CHANGED)
        AttendanceChange.objects.bulk_create(changes)
        return
    for attendance in attendances:
        rows.update(attendance, CHANGED)
    for change in changes:
        change.attendance = change.attendance  # takes over the key, which a new one has only now
        rows.insert(change)
