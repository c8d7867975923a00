"""What the timeline of the cadre asks of whoever holds a role today; and of the coordination, who is late."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.charter.models.dated import DatedTask, held_title, holds, rows_about, tasks_about
from cordee.people.models import Person
from cordee.toolkit.contributions import Task, todo
from cordee.toolkit.formats import first_of


@todo.contribute
def rows_to_do(person: Person, *, on: date) -> Iterator[Task]:
    """From two months before its day until it is done. Nothing is asked for who holds no role."""
    standing = person.standing(on)
    if not (standing.duties or standing.roles):
        return
    for year, row in rows_about(on):
        if holds(standing, row.role):
            for task in year.tasks_of(row):
                if task.is_of(standing) and not task.done_on and not task.is_elsewhere:
                    yield one_row(task)


def one_row(task: DatedTask) -> Task:
    by_hand = task.deadline.is_by_hand
    return Task(
        title=held_title(task),
        url=reverse("charter:dated_task", args=task.address),
        action=_("Marquer fait") if by_hand else _("Voir"),
        icon="flag",
        context=_("échéancier du cadre"),
        due=task.deadline.last,
    )


@todo.contribute
def late_rows(person: Person, *, on: date) -> Iterator[Task]:
    """The coordination’s: what others are late with, in one line."""
    if not person.holds("coordinator", on=on):
        return
    standing = person.standing(on)
    late = [task for task in tasks_about(on) if task.is_late and not task.is_of(standing)]
    if late:
        title = ngettext("%(count)d échéance en retard", "%(count)d échéances en retard", len(late))
        context = first_of([held_title(task) for task in late])
        url = f"{reverse('charter:timeline')}?state=late"
        first = min(task.deadline.last for task in late)
        yield Task(title % {"count": len(late)}, url, _("Relancer"), "flag", context=context, due=first)
