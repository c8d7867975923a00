"""Attendance to finish and to validate, for those who run the group."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.meetings.models import Meeting, MeetingState
from cordee.people.models import Person
from cordee.toolkit.contributions import Task, todo
from cordee.toolkit.formats import date_long
from cordee.values.school_year import SchoolYear

RUNNING = ("liaison", "responsible-manager", "coordinator")
SHOWN = 12


@todo.contribute
def attendance(person: Person, *, on: date) -> Iterator[Task]:
    """The meetings of one's groups that wait, the oldest first; the day they were held is the last on time."""
    groups = person.standing(on).groups(*RUNNING)
    if not groups:
        return
    held = Meeting.objects.filter(group__in=groups, date__lte=on).in_year(SchoolYear.containing(on))
    waiting = held.with_state(on=on).filter(state__in=(MeetingState.TO_MARK, MeetingState.TO_VALIDATE))
    for meeting in waiting.select_related("group").order_by("date", "pk")[:SHOWN]:
        to_mark = meeting.state == MeetingState.TO_MARK
        title = _("Présences à terminer, %(group)s") if to_mark else _("Présences à valider, %(group)s")
        yield Task(
            title=title % {"group": meeting.group.label},
            url=reverse("meetings:roster", args=[meeting.pk]),
            action=_("Terminer") if to_mark else _("Valider"),
            icon="meet",
            context=_("rencontre du %(day)s") % {"day": date_long(meeting.date)},
            due=meeting.date,
        )
