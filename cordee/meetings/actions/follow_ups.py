"""Follow-ups: who does what by when, taken on in the minutes, done afterwards."""

from datetime import date
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction

from cordee.meetings import policy
from cordee.meetings.actions import minutes_refusals
from cordee.meetings.actions.minutes import language, lock_writable
from cordee.meetings.models import FollowUp, FollowUpDone, Meeting, roster_of
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce

SALT = "meetings.follow-up"


@transaction.atomic
def add_follow_up(*, meeting: Meeting, what: str, owner: Person, due_on: date | None, by: Person, on: date) -> FollowUp:
    """In a draft, for someone expected at the meeting or who was there. Raises NotOfThisMeeting for anyone else."""
    enforce(policy.can_write_minutes(by, meeting, on=on))
    meeting = lock_writable(meeting)
    if not roster_of(meeting, persons=[owner.pk]).lines:
        raise minutes_refusals.NotOfThisMeeting
    given = {"what": what, "owner": owner, "due_on": due_on, "language": language()}
    made = FollowUp.objects.create(meeting=meeting, added_by=by, added_at=clock.now(), **given)
    journal.write("follow-up.added", meeting, by=by, follow_up=made.pk, owner=owner.pk)
    return made


@transaction.atomic
def remove_follow_up(*, follow_up: FollowUp, by: Person, on: date) -> str:
    """Take it out of a draft. Returns what puts it back."""
    enforce(policy.can_write_minutes(by, follow_up.meeting, on=on))
    meeting = lock_writable(follow_up.meeting)
    removed = [follow_up.what, follow_up.owner_id, follow_up.due_on.isoformat() if follow_up.due_on else ""]
    journal.write("follow-up.removed", meeting, by=by, follow_up=follow_up.pk, what=follow_up.what)
    FollowUpDone.objects.filter(follow_up=follow_up).delete()
    FollowUp.objects.filter(pk=follow_up.pk).delete()
    return signing.dumps([meeting.pk, *removed], salt=SALT)


@transaction.atomic
def put_back(*, meeting: Meeting, token: str, by: Person, on: date) -> FollowUp:
    """What `remove_follow_up` took out, once. Raises AlreadyBack, or CannotPutBack for what was never of it."""
    enforce(policy.can_write_minutes(by, meeting, on=on))
    try:
        where, what, owner, due = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise minutes_refusals.CannotPutBack from None
    if where != meeting.pk:
        raise minutes_refusals.CannotPutBack
    given: dict[str, Any] = {"what": what, "due_on": date.fromisoformat(due) if due else None}
    if FollowUp.objects.filter(meeting=lock_writable(meeting), owner=owner, **given).exists():
        raise minutes_refusals.AlreadyBack
    return add_follow_up(meeting=meeting, owner=Person.objects.get(pk=owner), by=by, on=on, **given)


def finish_follow_up(*, follow_up: FollowUp, by: Person, on: date) -> FollowUpDone:
    """By whoever took it on or runs the group, even once the minutes are locked. Raises AlreadyDone."""
    enforce(policy.can_finish(by, follow_up, on=on))
    try:
        with transaction.atomic():
            done = FollowUpDone.objects.create(follow_up=follow_up, done_by=by, done_at=clock.now())
            journal.write("follow-up.done", follow_up.meeting, by=by, follow_up=follow_up.pk)
    except IntegrityError:
        raise minutes_refusals.AlreadyDone from None
    return done


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, by: Person, on: date) -> None:
    """It is to do again. Raises NotDone."""
    enforce(policy.can_finish(by, follow_up, on=on))
    gone, _each = FollowUpDone.objects.filter(follow_up=follow_up).delete()
    if not gone:
        raise minutes_refusals.NotDone
    journal.write("follow-up.reopened", follow_up.meeting, by=by, follow_up=follow_up.pk)
