"""What the pages of meetings and groups show of a community: its improvement pauses and what follows from them."""

from collections.abc import Iterator
from datetime import date

from cordee.communities.models import ImprovementPause
from cordee.meetings.models import Meeting
from cordee.meetings.policy import runs
from cordee.people.models import Group, GroupKind, Person
from cordee.toolkit.contributions import Panel, group_panels, meeting_panels

SHOWN = 20


@meeting_panels.contribute
def pause_of_meeting(person: Person, *, on: date, meeting: Meeting) -> Iterator[Panel]:
    """No query: the page it leads to says whether a pause is awaited, and whether it is made."""
    if meeting.group.kind == GroupKind.BODY or not meeting.is_held(on):
        return
    if runs(person, meeting.group_id, on=on):
        yield Panel("communities/meeting_pause.html", {"meeting": meeting})


@group_panels.contribute
def pauses_of(person: Person, *, on: date, group: Group) -> Iterator[Panel]:
    """The pauses over time, the latest first; one query."""
    if group.kind == GroupKind.BODY:
        return
    made = ImprovementPause.objects.filter(community__group=group).select_related("meeting", "plan_change")
    pauses = list(made.order_by("-meeting__date", "-pk")[:SHOWN])
    if pauses:
        context = {"pauses": pauses, "group": group, "may_pause": runs(person, group.pk, on=on)}
        yield Panel("communities/group_pauses.html", context)
