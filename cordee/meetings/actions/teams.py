"""Reports of Teams at one meeting: kept as a proposal, written in one act, taken back in one act."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cordee.meetings import policy
from cordee.meetings.actions import refusals
from cordee.meetings.actions.importing import Plan, apply_import, choose_for_import, propose_import, undo_import
from cordee.meetings.models import AttendanceChange, Meeting
from cordee.people.models import Person
from cordee.records.models import ImportBatch
from cordee.toolkit.access import enforce

IN_FORCE = Q(applied_at__isnull=False, undone_at__isnull=True)


def reports_of(meeting: Meeting) -> QuerySet[ImportBatch]:
    """The reports received for a meeting, the latest first."""
    return ImportBatch.objects.readable().filter(kind=_kind(meeting)).order_by("-created_at", "-pk")


def reports_in_force(meeting: Meeting) -> list[dict[str, Any]]:
    """The proposals already confirmed, oldest first: their connections count with those of a new report."""
    applied = reports_of(meeting).filter(IN_FORCE).order_by("applied_at", "pk")
    return list(applied.values_list("proposal", flat=True))


def report_and_others(meeting: Meeting, pk: int) -> tuple[ImportBatch | None, list[dict[str, Any]]]:
    """One report and the proposals in force, in one query."""
    found = list(reports_of(meeting).filter(IN_FORCE | Q(pk=pk)).order_by("applied_at", "pk"))
    one = next((batch for batch in found if batch.pk == pk), None)
    return one, [batch.proposal for batch in found if batch is not one]


def propose_reports(
    *, meeting: Meeting, file_name: str, sha256: str, proposal: dict[str, Any], by: Person | None, on: date
) -> ImportBatch:
    """Keep what was read of the files until someone confirms it. `by` None: the system.

    The same files dropped again lead back to the preview that waits, with its answers.
    """
    _enforce(meeting, by, on=on)
    refuse_unheld(meeting, on=on)
    waiting = reports_of(meeting).filter(sha256=sha256, applied_at__isnull=True).first()
    if waiting:
        return waiting
    return propose_import(kind=_kind(meeting), file_name=file_name, sha256=sha256, proposal=proposal, by=by, on=on)


def answer_reports(
    *, meeting: Meeting, batch: ImportBatch, choices: dict[str, Any], by: Person | None, on: date
) -> None:
    """Keep the answers given in the preview, as typed. Raises AlreadyApplied."""
    _enforce(meeting, by, on=on)
    choose_for_import(batch=batch, choices=choices, by=by, on=on)


def apply_reports(
    *, meeting: Meeting, batch: ImportBatch, plan: Plan, correction_reason: str, by: Person | None, on: date
) -> list[AttendanceChange]:
    """Write what the preview says, or nothing. Raises what `apply_import` does."""
    _enforce(meeting, by, on=on)
    refuse_unheld(meeting, on=on)
    return apply_import(batch=batch, plan=plan, correction_reason=correction_reason, by=by, on=on)


def undo_reports(*, meeting: Meeting, batch: ImportBatch, by: Person, on: date) -> list[AttendanceChange]:
    """Every mark is what it was, and what was remembered of names is forgotten."""
    _enforce(meeting, by, on=on)
    return undo_import(batch=batch, by=by, on=on)


def refuse_unheld(meeting: Meeting, *, on: date) -> None:
    """A report is of a meeting that took place. Raises MeetingCancelled or NotHeldYet."""
    if meeting.is_cancelled:
        raise refusals.MeetingCancelled
    if meeting.date > on:
        raise refusals.NotHeldYet(meeting)


def _kind(meeting: Meeting) -> str:
    """The meeting is in the kind, so that its reports are found by an index."""
    return f"teams/{meeting.pk}"


def _enforce(meeting: Meeting, by: Person | None, *, on: date) -> None:
    if by is not None:
        enforce(policy.can_mark(by, meeting, on=on))
