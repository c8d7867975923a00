"""Fetching a meeting among those one may see."""

from collections.abc import Iterable
from datetime import date

from django.shortcuts import get_object_or_404

from cordee.meetings import policy
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.access import enforce


def visible_meeting(person: Person, pk: int, *, on: date) -> Meeting:
    """404 for what does not exist and for what this person may not see."""
    meetings = Meeting.objects.visible_to(person, on=on)
    return get_object_or_404(meetings.select_related("group", "validation", "cancellation", "announcement"), pk=pk)


def names_for(viewer: Person, people: Iterable[int | None], *, on: date) -> dict[int, str]:
    """The names of those who acted, as far as this person may know them: one query."""
    known = Person.objects.named_to(viewer, on=on).filter(pk__in=set(people) - {None})
    return {person.pk: person.full_name for person in known}


def validator_for(viewer: Person, meeting: Meeting, *, on: date) -> str:
    """Who answers for the attendance, when this person may know their name."""
    if not meeting.is_validated:
        return ""
    validator = meeting.validation.validated_by_id
    return names_for(viewer, [validator], on=on).get(validator, "")


def markable_meeting(person: Person, pk: int, *, on: date) -> Meeting:
    """The same for those who take its attendance, who see it by that alone: one simple query at each tap."""
    meeting = next(iter(Meeting.objects.filter(pk=pk).order_by()), None)
    if meeting is None or not policy.can_mark(person, meeting, on=on):
        meeting = visible_meeting(person, pk, on=on)
        enforce(policy.can_mark(person, meeting, on=on))
    return meeting


MINUTES = (
    "group",
    "cancellation",
    "minutes_approval__at_meeting",
    "minutes_approval__recorded_by",
    "minutes_lock__locked_by",
)


def readable_meeting(person: Person, pk: int, *, on: date) -> Meeting:
    """The meeting with where its minutes are, for whoever may read them."""
    meeting = get_object_or_404(Meeting.objects.visible_to(person, on=on).select_related(*MINUTES), pk=pk)
    enforce(policy.can_read_minutes(person, meeting, on=on))
    return meeting
