"""What the cadre shows of the live data: the annexes its articles embed, its document, a rate to try on the budget; its
year at a glance on the home page, and the calendars of its roles."""

from collections.abc import Iterable, Iterator
from datetime import date, time
from functools import partial

from django.utils.translation import gettext as _

from cordee.charter.exports import annexes
from cordee.charter.models.dated import DUTIES, ROLES, DatedTask, YearTasks, held_title, holds, role_label
from cordee.charter.policy import can_simulate
from cordee.charter.views.cord import cord_of
from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.toolkit.addresses import absolute
from cordee.toolkit.contributions import (
    ArticleTable,
    CalendarDay,
    CalendarFeed,
    Panel,
    article_tables,
    calendar_feeds,
    edition_heads,
    edition_panels,
    home_panels,
)
from cordee.values.school_year import SchoolYear


@article_tables.contribute
def live_annexes(names: Iterable[str], *, revision: Revision, year: SchoolYear) -> Iterator[ArticleTable]:
    """A query or two each."""
    yield from annexes(names, year)


@edition_heads.contribute
def document(person: Person, *, on: date, revision: Revision) -> Iterator[Panel]:
    """No query."""
    yield Panel("charter/document_panel.html", {"revision": revision})


@edition_panels.contribute
def try_a_rate(person: Person, *, on: date, revision: Revision) -> Iterator[Panel]:
    """No query: what the rate comes to is asked for once the page is there."""
    if can_simulate(person, on=on):
        yield Panel("charter/panel.html", {"revision": revision})


@home_panels.contribute
def year_at_a_glance(person: Person, *, on: date) -> Iterator[Panel]:
    """One query beside the rules."""
    year = YearTasks.of(SchoolYear.containing(on), on=on)
    if year is not None and year.rows:
        yield Panel("charter/year_panel.html", {"steps": cord_of(year)})


@calendar_feeds.contribute
def days_of_a_role(person: Person, *, on: date) -> Iterator[CalendarFeed]:
    """One calendar a role that this person holds today and that the edition in force gives rows; the rules are read."""
    standing = person.standing(on)
    held = [role for role in (*DUTIES, *ROLES) if holds(standing, role)]
    year = YearTasks.of(SchoolYear.containing(on), on=on) if held else None
    for role in held if year else ():
        if any(row.role == role for row in year.rows):
            label = _("Échéances, %(role)s") % {"role": role_label(role)}
            yield CalendarFeed(f"timeline.{role}", label, partial(_days, year, role, person))


def _days(year: YearTasks, role: str, person: Person) -> Iterator[CalendarDay]:
    standing = person.standing(year.on)
    for row in year.rows:
        if row.role == role:
            yield from (_day(year, task) for task in year.tasks_of(row) if task.is_of(standing))


def _day(year: YearTasks, task: DatedTask) -> CalendarDay:
    title = held_title(task)
    return CalendarDay(
        uid=f"echeance-{task.identity}",
        day=task.deadline.last,
        title=_("Fait : %(what)s") % {"what": title} if task.done_on else title,
        description=absolute("charter:dated_task", *task.address),
        changed_at=clock.at(task.done_on or year.book.effective_from, time()),
    )
