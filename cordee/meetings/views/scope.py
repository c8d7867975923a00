"""Fetching a meeting among those one may see."""

from datetime import date

from django.shortcuts import get_object_or_404

from cordee.meetings.models import Meeting
from cordee.people.models import Person


def visible_meeting(person: Person, pk: int, *, on: date) -> Meeting:
    """404 for what does not exist and for what this person may not see."""
    meetings = Meeting.objects.visible_to(person, on=on)
    return get_object_or_404(meetings.select_related("group", "validation", "cancellation"), pk=pk)
