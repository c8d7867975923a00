"""Adding a meeting, cancelling it, and taking the cancellation back."""

from datetime import date, time

from django.db import transaction

from cordee.meetings import policy
from cordee.meetings.actions import refusals, telling
from cordee.meetings.actions.locking import locked
from cordee.meetings.models import Cancellation, Meeting, Portion
from cordee.people.models import Group, Person
from cordee.records import journal
from cordee.reference.models import Edition, rules_on
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.values import portion as portions
from cordee.values.school_year import SchoolYear


def plan_meeting(
    *,
    group: Group,
    day: date,
    starts_at: time,
    ends_at: time,
    planned_portion: str,
    modality: str,
    by: Person,
    on: date,
    title: str = "",
    place: str = "",
) -> Meeting:
    """Add a meeting of the group. Its day must fall in a school year that has an edition of the cadre.

    Without a planned portion, its hours decide by the rule of that day.
    """
    enforce(policy.can_plan_for(by, group.pk, on=on))
    refuse_outside_year(day)
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        same_hour = Meeting.objects.filter(group=group, date=day, starts_at=starts_at, cancellation__isnull=True)
        if same_hour.exists():
            raise refusals.AlreadyPlanned
        meeting = Meeting.objects.create(
            group=group,
            title=title.strip(),
            date=day,
            starts_at=starts_at,
            ends_at=ends_at,
            planned_portion=planned_portion or portion_of_hours(day, starts_at, ends_at),
            modality=modality,
            place=place.strip(),
        )
        journal.write("meeting.planned", meeting, by=by)
    return meeting


def portion_of_hours(day: date, starts_at: time, ends_at: time) -> str:
    """A day when it lasts longer than what makes a planned day in the rules of that day."""
    rules = rules_on(day)
    minutes = Meeting(date=day, starts_at=starts_at, ends_at=ends_at).minutes
    planned = portions.planned_portion(minutes, day_over=rules.minutes("threshold.planned-day"))
    return Portion.DAY if planned is portions.Portion.DAY else Portion.HALF


def refuse_outside_year(day: date) -> None:
    """A date counts only when its school year has an edition: nothing could be paid by rules that do not exist."""
    year = SchoolYear.containing(day)
    if not Edition.objects.filter(year=str(year)).exists():
        raise refusals.OutsideYear(day, year)


def cancel_meeting(*, meeting: Meeting, reason: str, by: Person, on: date) -> Cancellation:
    """Cancel a meeting nobody is recorded as present at; the reason is shown with it."""
    enforce(policy.can_cancel(by, meeting, on=on))
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise refusals.ReasonMissing
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.is_cancelled:
            raise refusals.AlreadyCancelled
        if meeting.is_validated:
            raise refusals.AlreadyValidated
        if meeting.attendances.filter(portion__in=(Portion.HALF, Portion.DAY)).exists():
            raise refusals.SomeonePresent
        cancellation = Cancellation.objects.create(
            meeting=meeting, reason=reason, cancelled_by=by, cancelled_at=clock.now()
        )
        journal.write("meeting.cancelled", meeting, by=by, reason=reason)
        if count_change(meeting, on=on):
            telling.cancelled(meeting, by=by, reason=reason)
    return cancellation


def restore_meeting(*, meeting: Meeting, by: Person, on: date) -> None:
    """Take a cancellation back: the meeting is planned or held again, according to its day."""
    enforce(policy.can_cancel(by, meeting, on=on))
    with transaction.atomic():
        meeting = locked(meeting)
        if not meeting.is_cancelled:
            raise refusals.NotCancelled
        meeting.cancellation.delete()
        journal.write("meeting.restored", meeting, by=by)
        if count_change(meeting, on=on):
            telling.announced(meeting, by=by)


def count_change(meeting: Meeting, *, on: date) -> bool:
    """Whether people are told of this change; their calendars then take it for newer than what they hold."""
    if not meeting.is_announced or meeting.date < on:
        return False
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    return True
