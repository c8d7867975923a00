"""The home page of each person: what awaits them, late first."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cordee.home.lede import claims_so_far, what_awaits
from cordee.meetings.models import Attendance, Meeting, Portion
from cordee.meetings.policy import can_plan
from cordee.people.models import Group, Person
from cordee.reference.models import read_once
from cordee.toolkit import clock
from cordee.toolkit.access import public, requires, sign_in_first
from cordee.toolkit.contributions import Task, home_panels, todo
from cordee.toolkit.formats import date_long
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.spending import spending_of
from cordee.treasury.policy import oversees_claims
from cordee.values.portion import days_of
from cordee.values.school_year import SchoolYear

SOON = timedelta(days=7)
SHOWN_MEETINGS = 5


@require_safe
@requires(public)
def home(request: HttpRequest) -> HttpResponse:
    if request.person is None:
        return redirect("home:personas") if settings.DEMO else sign_in_first(request)
    person, today = request.person, clock.today()
    with read_once():
        request.tasks = todo.collect(person, on=today)
        periods = YearPeriods.of(str(SchoolYear.containing(today)))
        panels = home_panels.collect(person, on=today)
        oversees = bool(oversees_claims(person, on=today))
        so_far = claims_so_far(person, periods, today) if oversees else ""
    context = {
        "today": today,
        "first_name": person.first_name,
        "lede": in_one_line(what_awaits(request.tasks, today), so_far),
        "sections": sections(request.tasks, today),
        "may_plan": can_plan(person, on=today),
        "meetings": next_meetings(person, today),
        "spending": spending_of(str(periods.year)) if oversees else None,
        "mine": [] if oversees else days_by_group(person, periods.year),
        "panels": panels,
    }
    return render(request, "home/home.html", context)


def in_one_line(*sentences: str) -> SafeString:
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))


def sections(tasks: list[Task], on: date) -> list[dict[str, Any]]:
    """Late first, then what is due within seven days, then the rest; each in order of its due date."""
    ordered = sorted(tasks, key=lambda task: (task.due or date.max, task.title))
    late = [task for task in ordered if task.is_late(on)]
    soon = [task for task in ordered if task.due and on <= task.due <= on + SOON]
    rest = [task for task in ordered if task not in late and task not in soon]
    named = [
        (_("En retard"), "alert", "bad", late),
        (_("Cette semaine"), "clock", "", soon),
        (_("Plus tard"), "meet", "", rest),
    ]
    return [
        {"title": title, "icon": icon, "tone": tone, "tasks": [row(task, on) for task in found]}
        for title, icon, tone, found in named
        if found
    ]


def row(task: Task, on: date) -> dict[str, Any]:
    return {"task": task, "late": task.is_late(on), "due": due_in_words(task.due, on)}


def due_in_words(due: date | None, on: date) -> str:
    if due is None:
        return ""
    days = (due - on).days
    if days < 0:
        return ngettext("%(days)d jour de retard", "%(days)d jours de retard", -days) % {"days": -days}
    if days == 0:
        return _("Aujourd’hui")
    return _("Au plus tard le %(day)s") % {"day": date_long(due)}


def days_by_group(person: Person, year: SchoolYear) -> list[dict[str, Any]]:
    """One's own attendance of the year, by group: how many meetings, how many days. One query."""
    present = Attendance.objects.filter(person=person, meeting__in=Meeting.objects.in_year(year))
    halves = {"days": Count("pk", filter=Q(portion=Portion.DAY)), "halves": Count("pk", filter=Q(portion=Portion.HALF))}
    rows = present.order_by().values("meeting__group__number", "meeting__group__name").annotate(**halves)
    return [
        {
            "label": Group(number=row["meeting__group__number"], name=row["meeting__group__name"]).label,
            "meetings": row["days"] + row["halves"],
            "days": row["days"] + days_of(row["halves"]),
        }
        for row in rows.order_by("meeting__group__number", "meeting__group__name__plain")
        if row["days"] + row["halves"]
    ]


def next_meetings(person: Person, on: date) -> list[Meeting]:
    """The next meetings of one's own groups, or for those who oversee, of the cooperative: one query."""
    visible = Meeting.objects.visible_to(person, on=on)
    upcoming = visible.filter(date__gte=on, cancellation__isnull=True).select_related("group")
    own = person.standing(on).groups()
    mine = upcoming.filter(group__in=own) if own else upcoming
    return list(mine.order_by("date", "starts_at", "pk")[:SHOWN_MEETINGS])
