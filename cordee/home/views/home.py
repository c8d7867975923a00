"""The home page of each person: what awaits them, late first."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cordee.home.timeline import timeline_steps
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import public, requires, sign_in_first
from cordee.toolkit.contributions import Task, todo
from cordee.toolkit.formats import date_long

SOON = timedelta(days=7)
SHOWN_MEETINGS = 5


@require_safe
@requires(public)
def home(request: HttpRequest) -> HttpResponse:
    if request.person is None:
        return redirect("home:personas") if settings.DEMO else sign_in_first(request)
    today = clock.today()
    request.tasks = todo.collect(request.person, on=today)
    context = {
        "today": today,
        "first_name": request.person.first_name,
        "lede": lede(request.tasks, today),
        "sections": sections(request.tasks, today),
        "meetings": next_meetings(request.person, today),
        "steps": timeline_steps(today),
    }
    return render(request, "home/home.html", context)


def lede(tasks: list[Task], on: date) -> str:
    late = sum(task.is_late(on) for task in tasks)
    if late:
        return ngettext("%(late)d retard à régler.", "%(late)d retards à régler.", late) % {"late": late}
    if tasks:
        return ngettext("%(count)d chose vous attend.", "%(count)d choses vous attendent.", len(tasks)) % {
            "count": len(tasks)
        }
    return _("Rien ne vous attend aujourd’hui.")


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


def next_meetings(person: Person, on: date) -> list[Meeting]:
    """The next meetings of one's own groups, or for those who oversee, of the cooperative: one query."""
    upcoming = Meeting.objects.filter(date__gte=on, cancellation__isnull=True).select_related("group")
    own = person.standing(on).groups()
    mine = upcoming.filter(group__in=own) if own else upcoming.visible_to(person, on=on)
    return list(mine.order_by("date", "starts_at", "pk")[:SHOWN_MEETINGS])
