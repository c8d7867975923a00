"""Fetching a meeting among those one may see."""

from datetime import date

from django.shortcuts import get_object_or_404

from cordee.meetings import policy
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.access import enforce


def visible_meeting(person: Person, pk: int, *, on: date) -> Meeting:
    """404 for what does not exist and for what this person may not see."""
    meetings = Meeting.objects.visible_to(person, on=on)
    return get_object_or_404(meetings.select_related("group", "validation", "cancellation"), pk=pk)


def markable_meeting(person: Person, pk: int, *, on: date) -> Meeting:
    """The same for those who take its attendance, who see it by that alone: one simple query at each tap."""
    meeting = Meeting.objects.filter(pk=pk).first()
    if meeting is None or not policy.can_mark(person, meeting, on=on):
        meeting = visible_meeting(person, pk, on=on)
        enforce(policy.can_mark(person, meeting, on=on))
    return meeting
