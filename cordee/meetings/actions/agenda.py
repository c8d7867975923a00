"""The agenda of a meeting, and the one a group starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from cordee.meetings import policy
from cordee.meetings.actions import minutes_refusals, refusals
from cordee.meetings.actions.locking import locked
from cordee.meetings.models import AgendaItem, AgendaTemplate, AgendaTemplateItem, Meeting, MinutesApproval, agenda_of
from cordee.people.models import Group, Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce

OUT_OF_THE_WAY = 1000


@dataclass(frozen=True, slots=True)
class Point:
    """A line as it was typed; `item` is the id of the one it changes, None for a new one."""

    title: str
    owner: Person | None = None
    minutes: int | None = None
    item: int | None = None


def state_of(items: Sequence[AgendaItem]) -> str:
    """Names what an agenda says: two people who write it at once are told."""
    said = repr([(item.pk, item.title, item.owner_id, item.minutes) for item in items])
    return sha256(said.encode()).hexdigest()[:16]


def write_agenda(*, meeting: Meeting, points: Sequence[Point], seen: str, by: Person, on: date) -> None:
    """The agenda becomes these points, in this order. Points that stay keep their row: minutes rest on it."""
    enforce(policy.can_change(by, meeting, on=on))
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.is_cancelled:
            raise refusals.CancelledStays
        if MinutesApproval.objects.filter(meeting=meeting).exists():
            raise minutes_refusals.MinutesClosed
        before = list(agenda_of(meeting))
        if state_of(before) != seen:
            raise refusals.AgendaChanged
        _replace(meeting, points, {item.pk: item for item in before})
        journal.write("meeting.agenda-written", meeting, by=by, points=len(points))


def _replace(meeting: Meeting, points: Sequence[Point], known: dict[int, AgendaItem]) -> None:
    kept = {point.item for point in points if point.item in known}
    meeting.agenda.exclude(pk__in=kept).delete()
    meeting.agenda.update(position=F("position") + OUT_OF_THE_WAY)
    for position, point in enumerate(points, start=1):
        item = known[point.item] if point.item in kept and point.item else AgendaItem(meeting=meeting)
        item.position, item.title, item.owner, item.minutes = position, point.title, point.owner, point.minutes
        item.save()


def save_agenda_template(*, meeting: Meeting, by: Person, on: date) -> AgendaTemplate:
    """Its points and minutes, without who brings them, are what the next meeting of the group starts from."""
    enforce(policy.can_change(by, meeting, on=on))
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=meeting.group_id)
        items = list(agenda_of(meeting))
        if not items:
            raise refusals.NoAgenda
        saved = {"saved_by": by, "saved_at": clock.now()}
        template, _new = AgendaTemplate.objects.update_or_create(group_id=meeting.group_id, defaults=saved)
        template.items.all().delete()
        AgendaTemplateItem.objects.bulk_create(
            AgendaTemplateItem(template=template, position=item.position, title=item.title, minutes=item.minutes)
            for item in items
        )
        journal.write("group.agenda-saved", meeting.group, by=by, meeting=meeting.pk)
    return template
