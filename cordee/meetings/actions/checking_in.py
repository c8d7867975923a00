"""Saying oneself that one arrived or left, by the code on the screen of the room.

It becomes the mark while nobody who runs the group marked that person; else it is only kept, to be shown beside.
Whoever types an address is never told whether somebody has it.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models.functions import Lower

from cordee.meetings import policy
from cordee.meetings.actions import codes, refusals
from cordee.meetings.actions.codes import Scan
from cordee.meetings.actions.locking import lines_of, lock, lock_open
from cordee.meetings.actions.marking import Mark, record
from cordee.meetings.models import (
    Attendance,
    AttendanceChange,
    CheckIn,
    CheckInRefusal,
    Direction,
    Line,
    Meeting,
    Portion,
    RefusedFor,
    Source,
    declared_at,
)
from cordee.meetings.rules import checkin
from cordee.people.models import Person
from cordee.records import journal
from cordee.reference.models import rules_on
from cordee.toolkit import clock, rows
from cordee.toolkit.access import enforce
from cordee.values import portion as portions

WORTH = {
    portions.Portion.NONE: Portion.UNMARKED,
    portions.Portion.HALF: Portion.HALF,
    portions.Portion.DAY: Portion.DAY,
}
PLANNED = {Portion.HALF: portions.Portion.HALF, Portion.DAY: portions.Portion.DAY}


def scan_code(*, meeting: Meeting, code: str, by: Person | None) -> Scan:
    """What a code gives that is still taken. One that left the screen too long ago is refused, and that is kept."""
    read, now = codes.read_code(meeting.pk, code), clock.now()
    if not checkin.is_taken(read.slot, now):
        _keep_refusal(meeting.pk, RefusedFor.LATE, code=code[:24], by=by)
        raise refusals.CodeLate(checkin.left_at(read.slot))
    return Scan(meeting.pk, read.direction, now)


def check_in(*, scan: Scan, by: Person, on: date) -> CheckIn | None:
    """Declare oneself; None when one had already. Someone who is not expected asks by this to be added."""
    refuse_late(scan, by=by)
    meeting = Meeting.objects.get(pk=scan.meeting_id)
    with transaction.atomic():
        _lock_open(meeting, on=on)
        return _declare(meeting, scan, by.pk, by=by)


def check_in_by_address(
    *, scan: Scan, address: str, on: date, may_type: Callable[[], bool], keeps_unknown: Callable[[], bool]
) -> None:
    """Declare whoever has this address. Nothing says whether someone has: the roster is not for strangers.

    `may_type` and `keeps_unknown` count, in the transaction of this act: an address more from that scan, and one more
    that is kept among the refusals because it is unknown. Raises TooManyAddresses.
    """
    refuse_late(scan, by=None)
    # Read before the lock, which everyone at the door waits for.
    meeting, person = Meeting.objects.get(pk=scan.meeting_id), _person_at(address)
    with transaction.atomic():
        _lock_open(meeting, on=on)
        if not may_type():
            raise refusals.TooManyAddresses
        if person is not None:
            _declare(meeting, scan, person, by=None)
        elif keeps_unknown():
            _keep_refusal(meeting.pk, RefusedFor.UNKNOWN)


def accept_request(*, meeting: Meeting, person: Person, by: Person, on: date) -> AttendanceChange:
    """Add to the roster someone who declared themselves and was not expected, for what they declared."""
    enforce(policy.can_mark(by, meeting, on=on))
    with transaction.atomic():
        lock_open(meeting, on=on)
        declared = declared_at(meeting).get(person.pk)
        if declared is None:
            raise refusals.NothingDeclared
        lines = lines_of(meeting, [person.pk])
        if lines[person.pk].membership or lines[person.pk].portion:
            raise refusals.AlreadyListed(person)
        mark = Mark(person.pk, declared.portion or meeting.planned_portion, None)
        outcome = record(meeting, [mark], lines, by=by, source=Source.CHECKIN, walk_ins=True)
        for refusal in outcome.refusals.values():
            raise refusal
        journal.write("attendance.request-accepted", outcome.changes[0].attendance, by=by)
    return outcome.changes[0]


def refuse_late(scan: Scan, *, by: Person | None, kept: bool = True) -> None:
    """One has time to type, not to go home: a scan answered too late is refused, and that is kept once."""
    if checkin.may_still_type(scan.at, clock.now()):
        return
    if kept:
        _keep_refusal(scan.meeting_id, RefusedFor.LATE, code=f"scan-{int(scan.at.timestamp())}", by=by)
    raise refusals.TicketLate


def refuse_closed(meeting: Meeting, *, validated: bool, cancelled: bool, on: date) -> None:
    """Codes are for the day itself, until the attendance is validated."""
    if cancelled:
        raise refusals.NothingToDeclare
    if validated:
        raise refusals.DeclaredTooLate
    if meeting.date != on:
        raise refusals.NotToday


def _lock_open(meeting: Meeting, *, on: date) -> None:
    """Lock it, or raise why nothing more is declared."""
    state = lock(meeting)
    refuse_closed(meeting, validated=state.is_validated, cancelled=state.is_cancelled, on=on)


def _person_at(address: str) -> int | None:
    """Who has this address; the record that stands for it when it was absorbed by another."""
    found = Person.objects.alias(lowered=Lower("email")).filter(lowered=address.strip().lower())
    for pk, merged_into in found.values_list("pk", "merged_into"):
        return merged_into or pk
    return None


def _declare(meeting: Meeting, scan: Scan, person_id: int, *, by: Person | None) -> CheckIn | None:
    before = {row.direction: row for row in CheckIn.objects.filter(meeting=meeting, person=person_id).order_by("pk")}
    if scan.direction in before:
        return None
    made = CheckIn(meeting=meeting, person_id=person_id, direction=scan.direction, at=scan.at, signed_in=by is not None)
    made.portion = _worth(meeting, {**before, scan.direction: made})
    rows.insert(made)
    line = lines_of(meeting, [person_id])[person_id]
    if _may_become_the_mark(line):
        # What keeps it from being one (no employer that day) is said where the roster shows what was declared.
        record(meeting, [Mark(person_id, made.portion, None)], {person_id: line}, by=by, source=Source.CHECKIN)
    journal.write("attendance.declared", made, by=by)
    return made


def _may_become_the_mark(line: Line) -> bool:
    """Unless someone marked this person; who is not expected waits for whoever runs the group."""
    mark: Attendance | None = line.attendance
    if line.membership is None and line.portion == Portion.UNMARKED:
        return False
    return mark is None or mark.portion == Portion.UNMARKED or mark.source == Source.CHECKIN


def _worth(meeting: Meeting, said: dict[str, CheckIn]) -> str:
    """What was planned; with both scans, what the minutes between them give by the rules of that day."""
    planned = PLANNED[Portion(meeting.planned_portion)]
    if len(said) < len(Direction):
        return WORTH[planned]
    rules = rules_on(meeting.date)
    minutes = checkin.minutes_between(
        said[Direction.ARRIVAL].at,
        said[Direction.DEPARTURE].at,
        starts=clock.at(meeting.date, meeting.starts_at),
        ends=clock.at(meeting.date, meeting.ends_at),
    )
    half_from, day_from = rules.minutes("threshold.half-day"), rules.minutes("threshold.day")
    return WORTH[checkin.proposed(minutes, planned=planned, half_from=half_from, day_from=day_from)]


def _keep_refusal(meeting: int, why: RefusedFor, *, code: str = "", by: Person | None = None) -> None:
    """A code that the same person uses again is kept once: the database says so, without a question before."""
    refusal = CheckInRefusal(meeting_id=meeting, why=why, at=clock.now(), code=code, person=by)
    CheckInRefusal.objects.bulk_create([refusal], ignore_conflicts=True)
