"""Taking back the last marks: a token names the changes, history keeps both the act and its undoing."""

import re
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cordee.meetings import policy
from cordee.meetings.actions import refusals
from cordee.meetings.actions.locking import lock_open
from cordee.meetings.actions.marking import change_of, save_changed
from cordee.meetings.models import AttendanceChange, Meeting, Source
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce

TOKEN = re.compile(r"\d+(-\d+)?(\.\d+(-\d+)?)*")
MOST = 1000


def undo_token(changes: Iterable[AttendanceChange]) -> str:
    """`15-22.30`: the ids of the changes, runs shortened, fit for an address."""
    runs: list[list[int]] = []
    for identifier in sorted(change.pk for change in changes):
        if runs and identifier == runs[-1][1] + 1:
            runs[-1][1] = identifier
        else:
            runs.append([identifier, identifier])
    return ".".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def undo_marks(*, meeting: Meeting, token: str, by: Person, on: date) -> list[AttendanceChange]:
    """Give back what these changes replaced. Refused as soon as one of them is no longer the last of its line."""
    enforce(policy.can_mark(by, meeting, on=on))
    wanted = _read(token)
    with transaction.atomic():
        lock_open(meeting, on=on)
        changes = _undone(meeting, wanted, by=by)
        save_changed([change.attendance for change in changes], changes)
        journal.write("attendance.undone", meeting, by=by, undone=sorted(wanted))
    return changes


def _read(token: str) -> set[int]:
    if not TOKEN.fullmatch(token):
        raise refusals.CannotUndo
    wanted: set[int] = set()
    for run in token.split("."):
        first, _dash, last = run.partition("-")
        wanted.update(range(int(first), min(int(last or first), int(first) + MOST) + 1))
    return wanted


def _undone(meeting: Meeting, wanted: set[int], *, by: Person) -> list[AttendanceChange]:
    """The changes that undo, their attendances already holding the former values, unsaved."""
    histories: dict[int, list[AttendanceChange]] = {}
    rows = AttendanceChange.objects.filter(attendance__changes__in=wanted, attendance__meeting=meeting)
    for change in rows.select_related("attendance").distinct().order_by("pk"):
        histories.setdefault(change.attendance_id, []).append(change)
    if {history[-1].pk for history in histories.values()} != wanted:
        raise refusals.CannotUndo
    now, made = clock.now(), []
    for *earlier, last in histories.values():
        reason = earlier[-1].reason if earlier else ""
        source = earlier[-1].source if earlier else Source.ROSTER
        made.append(change_of(last.attendance, last.before, reason, by=by, at=now, source=source))
    return made
