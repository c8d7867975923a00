"""Writing the minutes part by part, approving them, locking them, and correcting them afterwards."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import get_language

from cordee.meetings import policy
from cordee.meetings.actions import minutes_refusals, refusals
from cordee.meetings.actions.locking import lock
from cordee.meetings.models import (
    ApprovalWay,
    Meeting,
    MinutesApproval,
    MinutesCorrection,
    MinutesLock,
    MinutesSection,
    MinutesState,
    Part,
    minutes_state,
)
from cordee.meetings.models.minutes import LONGEST
from cordee.meetings.models.outline import Entry, outline_of
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce

# Autosaving is one act as long as the same person goes on: one entry of the journal for it.
SITTING = timedelta(minutes=15)


def language() -> str:
    """In which language one writes: that of the page one writes in."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


@transaction.atomic
def write_section(*, meeting: Meeting, key: str, text: str, seen: int, by: Person, on: date) -> Entry:
    """The part as it stands now. Raises StaleSection, with both texts, when it is no longer the one that was seen."""
    enforce(policy.can_write_minutes(by, meeting, on=on))
    meeting = lock_writable(meeting)
    text = "\n".join(text.splitlines()).rstrip()
    if len(text) > LONGEST:
        raise minutes_refusals.TooLong
    entry = next((entry for entry in outline_of(meeting) if entry.key == key), None)
    if entry is None:
        raise minutes_refusals.NoSuchPart
    if entry.text == text:
        return entry
    if entry.version != seen:
        raise minutes_refusals.StaleSection(entry, text)
    entry.section = _save(meeting, entry, text, by=by)
    return entry


def _save(meeting: Meeting, entry: Entry, text: str, *, by: Person) -> MinutesSection:
    now, before = clock.now(), entry.section
    goes_on = before is not None and before.written_by_id == by.pk and now - before.written_at < SITTING
    section = before or MinutesSection(meeting=meeting, part=entry.part, item=entry.item, version=0)
    section.text, section.version = text, section.version + 1
    section.written_by, section.written_at, section.language = by, now, language()
    if entry.part == Part.POINT:
        section.title = entry.title
    section.save()
    if not goes_on:
        journal.write("minutes.written", meeting, by=by, part=entry.title, version=section.version)
    return section


@transaction.atomic
def approve_minutes(
    *, meeting: Meeting, way: str, approved_on: date | None, at_meeting: Meeting | None, by: Person, on: date
) -> MinutesApproval:
    """At a later meeting of the group, or by its members on a day; who runs the group writes it down."""
    enforce(policy.can_write_minutes(by, meeting, on=on))
    meeting = lock_writable(meeting)
    if minutes_state(meeting) == MinutesState.NONE:
        raise minutes_refusals.NothingWritten
    if way == ApprovalWay.AT_MEETING:
        approved_on = _day_of(at_meeting, meeting, on)
    elif approved_on is None or not meeting.date <= approved_on <= on:
        raise minutes_refusals.WrongDay
    approval = MinutesApproval.objects.create(
        meeting=meeting,
        way=way,
        approved_on=approved_on,
        at_meeting=at_meeting if way == ApprovalWay.AT_MEETING else None,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    journal.write("minutes.approved", meeting, by=by, way=way, approved_on=approved_on)
    return approval


def _day_of(at_meeting: Meeting | None, meeting: Meeting, on: date) -> date:
    if at_meeting is None or at_meeting.group_id != meeting.group_id or not at_meeting.is_held(on):
        raise minutes_refusals.WrongMeeting
    if (at_meeting.date, at_meeting.starts_at) <= (meeting.date, meeting.starts_at):
        raise minutes_refusals.WrongMeeting
    return at_meeting.date


@transaction.atomic
def withdraw_minutes_approval(*, meeting: Meeting, by: Person, on: date) -> None:
    """They are a draft again. Raises MinutesLocked once they are locked, NotApproved before they are approved."""
    enforce(policy.can_write_minutes(by, meeting, on=on))
    meeting = lock_minutes(meeting)
    if hasattr(meeting, "minutes_lock"):
        raise minutes_refusals.MinutesLocked
    if not hasattr(meeting, "minutes_approval"):
        raise minutes_refusals.NotApproved
    meeting.minutes_approval.delete()
    journal.write("minutes.approval-withdrawn", meeting, by=by)


@transaction.atomic
def lock_for_good(*, meeting: Meeting, by: Person, on: date) -> MinutesLock:
    """Approved minutes change no more, but for corrections beside them. Raises MinutesLocked or NotApproved."""
    enforce(policy.can_write_minutes(by, meeting, on=on))
    meeting = lock_minutes(meeting)
    if hasattr(meeting, "minutes_lock"):
        raise minutes_refusals.MinutesLocked
    if not hasattr(meeting, "minutes_approval"):
        raise minutes_refusals.NotApproved
    made = MinutesLock.objects.create(meeting=meeting, locked_by=by, locked_at=clock.now())
    journal.write("minutes.locked", meeting, by=by)
    return made


@transaction.atomic
def correct_minutes(*, meeting: Meeting, key: str, text: str, reason: str, by: Person, on: date) -> MinutesCorrection:
    """Beside the text that was approved, never instead of it. An empty `key` is about the whole."""
    enforce(policy.can_write_minutes(by, meeting, on=on))
    meeting = lock_minutes(meeting)
    if not hasattr(meeting, "minutes_lock"):
        raise minutes_refusals.NotLocked
    if not reason.strip():
        raise refusals.ReasonMissing
    sections = {entry.key: entry.section for entry in outline_of(meeting)}
    if key and sections.get(key) is None:
        raise minutes_refusals.NoSuchPart
    correction = MinutesCorrection.objects.create(
        meeting=meeting,
        section=sections.get(key),
        text=text,
        reason=reason,
        language=language(),
        corrected_by=by,
        corrected_at=clock.now(),
    )
    journal.write("minutes.corrected", meeting, by=by, reason=reason)
    return correction


def lock_writable(meeting: Meeting) -> Meeting:
    """Kept from others, and still a draft."""
    meeting = lock_minutes(meeting)
    if meeting.is_cancelled:
        raise refusals.CancelledStays
    if hasattr(meeting, "minutes_lock"):
        raise minutes_refusals.MinutesLocked
    if hasattr(meeting, "minutes_approval"):
        raise minutes_refusals.MinutesClosed
    return meeting


def lock_minutes(meeting: Meeting) -> Meeting:
    """Kept from others, with its approval and lock as they are now."""
    lock(meeting)
    joined = ("group", "cancellation", "minutes_approval", "minutes_lock")
    return Meeting.objects.select_related(*joined).get(pk=meeting.pk)
