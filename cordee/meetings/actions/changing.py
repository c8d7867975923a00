"""Changing what is said of a meeting, and moving it to another day or other hours."""

from collections.abc import Sequence
from datetime import date, time
from typing import Unpack

from django.db import transaction

from cordee.meetings import policy
from cordee.meetings.actions import refusals, telling
from cordee.meetings.actions.announcing import count_change, reach, said
from cordee.meetings.actions.planning import Details, refuse_taken, refuse_unfit_time, tidy
from cordee.meetings.models import Meeting, Move, Portion
from cordee.people.models import Group, Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.contributions import meeting_holds


def edit_meeting(
    *, meeting: Meeting, by: Person, on: date, following: bool = False, **details: Unpack[Details]
) -> list[Meeting]:
    """Change its title, place, link, modality or planned portion; gives back those that were other before."""
    enforce(policy.can_change(by, meeting, on=on))
    with transaction.atomic():
        reached = reach(meeting, on=on, following=following)
        return [each for each in reached if _edit(each, tidy(details), by, on)]


def _edit(meeting: Meeting, details: dict[str, str], by: Person, on: date) -> bool:
    changed = sorted(name for name, value in details.items() if getattr(meeting, name) != value)
    if meeting.is_cancelled:
        raise refusals.CancelledStays
    if "planned_portion" in changed:
        _refuse_shorter_than_marked(meeting, details["planned_portion"])
    before = {name: getattr(meeting, name) for name in changed}
    after = {name: details[name] for name in changed}
    for name, value in after.items():
        setattr(meeting, name, value)
    if changed:
        meeting.save(update_fields=changed)
        if count_change(meeting, on=on):
            telling.changed(meeting, by=by, reason="")
        journal.write("meeting.edited", meeting, by=by, before=before, after=after)
    return bool(changed)


def _refuse_shorter_than_marked(meeting: Meeting, portion: str) -> None:
    """What is recorded, or already claimed, rests on the planned portion."""
    if portion == Portion.HALF and meeting.attendances.filter(portion=Portion.DAY).exists():
        raise refusals.MarkedLonger
    _refuse_held(meeting)


def move_meeting(
    *,
    meeting: Meeting,
    day: date,
    starts_at: time,
    ends_at: time,
    by: Person,
    on: date,
    reason: str = "",
    following: bool = False,
) -> list[Meeting]:
    """Give it another day or other hours. Those of the series that follow move by as many days, to the same hours.

    A reason is asked as soon as people know of it. Attendance that was taken moves with it: it is judged by the rules,
    the employer and the membership of the new day.
    """
    enforce(policy.can_change(by, meeting, on=on))
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=meeting.group_id)
        reached = reach(meeting, on=on, following=following)
        shift, moving = day - reached[0].date, [each.pk for each in reached]
        for each in reached:
            _move(each, (each.date + shift, starts_at, ends_at), reason, moving, by=by, on=on)
    return reached


def _move(
    meeting: Meeting, to: tuple[date, time, time], reason: str, moving: Sequence[int], *, by: Person, on: date
) -> None:
    before = (meeting.date, meeting.starts_at, meeting.ends_at)
    _refuse_unmovable(meeting, to, moving, on=on)
    known = not meeting.is_draft(on)
    reason = said(reason) if known else " ".join(reason.split())[:200]
    meeting.date, meeting.starts_at, meeting.ends_at = to
    meeting.save(update_fields=["date", "starts_at", "ends_at"])
    if known:
        _record(meeting, before, reason, by)
    if count_change(meeting, on=on, before=before[0]):
        telling.changed(meeting, by=by, reason=reason)
    journal.write("meeting.moved", meeting, by=by, reason=reason, before=before, after=to)


def _refuse_unmovable(meeting: Meeting, to: tuple[date, time, time], moving: Sequence[int], *, on: date) -> None:
    if meeting.is_cancelled:
        raise refusals.CancelledStays
    if to == (meeting.date, meeting.starts_at, meeting.ends_at):
        raise refusals.SameTime
    refuse_unfit_time(*to)
    refuse_taken(meeting.group_id, to[0], to[1], moving=moving)
    if meeting.attendances.exclude(portion="").exists():
        if to[0] > on:
            raise refusals.MarkedAlready(to[0])
        _refuse_held(meeting)


def _refuse_held(meeting: Meeting) -> None:
    for verdict in meeting_holds.collect(meeting):
        if not verdict:
            raise refusals.ChangeHeld(verdict.reason)


def _record(meeting: Meeting, before: tuple[date, time, time], reason: str, by: Person) -> None:
    Move.objects.create(
        meeting=meeting,
        date_before=before[0],
        starts_before=before[1],
        ends_before=before[2],
        date_after=meeting.date,
        starts_after=meeting.starts_at,
        ends_after=meeting.ends_at,
        reason=reason,
        moved_by=by,
        moved_at=clock.now(),
    )
