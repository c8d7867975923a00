"""Meetings that were held and whose attendance waits for those who run the group. Late from the day after."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.meetings.models import FollowUp, Meeting, MeetingState
from cordee.people.models import MembershipRole, Person
from cordee.toolkit.contributions import Task, todo
from cordee.toolkit.formats import date_long
from cordee.values.school_year import SchoolYear

AWAITED = (MembershipRole.RESPONSIBLE_MANAGER, MembershipRole.LIAISON)


@todo.contribute
def attendance_to_finish(person: Person, *, on: date) -> Iterator[Task]:
    """One query, none for who runs no group."""
    groups = person.standing(on).groups(*AWAITED)
    if not groups:
        return
    held = Meeting.objects.filter(
        group__in=groups, date__lte=on, validation__isnull=True, cancellation__isnull=True
    ).in_year(SchoolYear.containing(on))
    for meeting in held.with_state(on=on).with_progress().select_related("group").order_by("date", "starts_at", "pk"):
        yield task(meeting)


def task(meeting: Meeting) -> Task:
    values = {"group": meeting.group.label, "day": date_long(meeting.date)}
    url = reverse("meetings:roster", args=[meeting.pk])
    if meeting.state == MeetingState.TO_VALIDATE:
        title, action = _("Présences à valider, %(group)s") % values, _("Valider")
        context = _("rencontre du %(day)s, tout le monde est saisi") % values
    else:
        title, action = _("Présences à terminer, %(group)s") % values, _("Terminer")
        values |= {"marked": meeting.marked, "expected": meeting.expected}
        context = _("rencontre du %(day)s, %(marked)s saisies sur %(expected)s") % values
    return Task(title, url, action, "meet", context=context, due=meeting.date)


@todo.contribute
def follow_ups_to_do(person: Person, *, on: date) -> Iterator[Task]:
    """What one took on at a meeting, until it is said done; one query."""
    for each in FollowUp.objects.filter(owner=person).open().select_related("meeting__group").order_by("due_on", "pk"):
        values = {"group": each.meeting.group.label, "day": date_long(each.meeting.date)}
        context = _("suivi de la rencontre de %(group)s du %(day)s") % values
        url = f"{reverse('meetings:minutes', args=[each.meeting_id])}#suivis"
        yield Task(each.what, url, _("Voir le suivi"), "todo", context=context, due=each.due_on)
