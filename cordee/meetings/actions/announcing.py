"""Telling the members of a meeting, cancelling it, and taking the cancellation back."""

from datetime import date

from django.db import transaction

from cordee.meetings import policy
from cordee.meetings.actions import refusals, telling
from cordee.meetings.actions.locking import locked
from cordee.meetings.actions.planning import refuse_taken
from cordee.meetings.models import Announcement, Cancellation, Meeting, Portion
from cordee.people.models import Group, Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce


def announce_meeting(*, meeting: Meeting, by: Person, on: date, following: bool = False) -> list[Announcement]:
    """The draft becomes a meeting its members know of; with `following`, every draft of the series after it too."""
    enforce(policy.can_change(by, meeting, on=on))
    with transaction.atomic():
        first, *others = reach(meeting, on=on, following=following)
        refuse_unannounceable(first, on=on)
        drafts = [first, *(other for other in others if not other.is_announced)]
        return [_announce(draft, by) for draft in drafts]


def refuse_unannounceable(meeting: Meeting, *, on: date) -> None:
    """Raises CancelledStays, AlreadyAnnounced, or NothingToAnnounce for a meeting that is not to come."""
    if meeting.is_cancelled:
        raise refusals.CancelledStays
    if meeting.is_announced:
        raise refusals.AlreadyAnnounced
    if meeting.date <= on:
        raise refusals.NothingToAnnounce(meeting)


def _announce(meeting: Meeting, by: Person) -> Announcement:
    announcement = Announcement.objects.create(meeting=meeting, announced_by=by, announced_at=clock.now())
    telling.announced(meeting, by=by)
    journal.write("meeting.announced", meeting, by=by)
    return announcement


def cancel_meeting(*, meeting: Meeting, reason: str, by: Person, on: date, following: bool = False) -> Cancellation:
    """Cancel a meeting nobody is recorded as present at; the reason is shown with it."""
    enforce(policy.can_cancel(by, meeting, on=on))
    reason = said(reason)
    with transaction.atomic():
        made = [_cancel(each, reason, by, on) for each in reach(meeting, on=on, following=following)]
    return made[0]


def _cancel(meeting: Meeting, reason: str, by: Person, on: date) -> Cancellation:
    if meeting.is_cancelled:
        raise refusals.AlreadyCancelled
    if meeting.is_validated:
        raise refusals.AlreadyValidated
    if meeting.attendances.filter(portion__in=(Portion.HALF, Portion.DAY)).exists():
        raise refusals.SomeonePresent
    cancellation = Cancellation.objects.create(
        meeting=meeting, reason=reason, cancelled_by=by, cancelled_at=clock.now()
    )
    if count_change(meeting, on=on):
        telling.cancelled(meeting, by=by, reason=reason)
    journal.write("meeting.cancelled", meeting, by=by, reason=reason)
    return cancellation


def restore_meeting(*, meeting: Meeting, by: Person, on: date) -> None:
    """Take a cancellation back: the meeting is planned or held again, according to its day. Raises NotCancelled, or
    AlreadyPlanned when the group has meanwhile planned another at that hour."""
    enforce(policy.can_cancel(by, meeting, on=on))
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=meeting.group_id)
        meeting = locked(meeting)
        if not meeting.is_cancelled:
            raise refusals.NotCancelled
        refuse_taken(meeting.group_id, meeting.date, meeting.starts_at)
        meeting.cancellation.delete()
        if count_change(meeting, on=on):
            telling.announced(meeting, by=by)
        journal.write("meeting.restored", meeting, by=by)


def reach(meeting: Meeting, *, on: date, following: bool) -> list[Meeting]:
    """The meeting, locked; with `following`, those of its series after it that are still to come and stand."""
    first = locked(meeting)
    if not following:
        return [first]
    return [first, *(locked(each) for each in Meeting.objects.following(first, on=on))]


def count_change(meeting: Meeting, *, on: date, before: date | None = None) -> bool:
    """Whether people are told of this change; their calendars then take it for newer than what they hold."""
    if not meeting.is_announced or max(meeting.date, before or meeting.date) < on:
        return False
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    return True


def said(reason: str) -> str:
    """On one line, of 200 characters at most. Raises ReasonMissing."""
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise refusals.ReasonMissing
    return reason
