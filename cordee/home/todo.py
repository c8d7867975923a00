"""What the coordination follows for everyone: the attendance that groups are late with."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.contributions import Task, todo
from cordee.toolkit.formats import first_of
from cordee.values.school_year import SchoolYear


@todo.contribute
def attendance_of_others(person: Person, *, on: date) -> Iterator[Task]:
    """One line for the whole cooperative; late from the day after the first of these meetings."""
    if not person.holds("coordinator", on=on):
        return
    open_ones = Meeting.objects.filter(date__lt=on, validation__isnull=True, cancellation__isnull=True)
    found = list(open_ones.in_year(SchoolYear.containing(on)).select_related("group").order_by("date", "pk"))
    if not found:
        return
    title = ngettext(
        "%(count)d rencontre tenue attend ses présences",
        "%(count)d rencontres tenues attendent leurs présences",
        len(found),
    )
    url = reverse("meetings:list")
    if len(found) == 1:
        url = reverse("meetings:detail", args=[found[0].pk])
    context = first_of([meeting.group.label for meeting in found])
    yield Task(title % {"count": len(found)}, url, _("Suivre"), "meet", context=context, due=found[0].date)
