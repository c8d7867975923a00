"""The meetings of a month or a week. The address says which, and holds the filters; what is one's own comes first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import get_day_names
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.meetings import policy
from cordee.meetings.forms import CalendarFilter, day_in
from cordee.meetings.models import RUNNING_ROLES, Meeting
from cordee.meetings.rules.calendar import DAYS_IN_A_WEEK, Span
from cordee.meetings.views.listing import narrowed
from cordee.meetings.warnings import holiday
from cordee.people.models import Group, Person
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.formats import date_long, locale, month_long
from cordee.toolkit.htmx import render_page_or_part
from cordee.values.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class CalendarDay:
    day: date
    meetings: list[Meeting]
    holiday: str
    is_subject: bool
    is_today: bool
    is_weekend: bool


@require_safe
@requires(signed_in)
def month(request: HttpRequest) -> HttpResponse:
    return calendar(request, "month", Span.month_of, lambda span: month_long(span.first).capitalize())


@require_safe
@requires(signed_in)
def week(request: HttpRequest) -> HttpResponse:
    return calendar(request, "week", Span.week_of, week_words)


def week_words(span: Span) -> str:
    return _("Semaine du %(day)s") % {"day": date_long(span.first)}


def calendar(
    request: HttpRequest, name: str, span_of: Callable[[date], Span], words: Callable[[Span], str]
) -> HttpResponse:
    today, person = clock.today(), request.person
    visible = Meeting.objects.visible_to(person, on=today)
    form = filter_of(request, visible, today)
    span = span_of(form.day)
    shown = chosen(visible, form, span, person, on=today)
    context = {
        "name": name,
        "form": form,
        "words": words(span),
        "days": days_of(span, shown, on=today),
        "total": len(shown),
        "weekdays": weekdays(),
        "steps": steps(request, span, today),
        "switch": switch(request, name, form.day),
        "may_plan": policy.can_plan(person, on=today),
        "plan_day": max(form.day, today),
    }
    return render_page_or_part(request, "meetings/calendar.html", "list", context)


def filter_of(request: HttpRequest, visible: Any, today: date) -> CalendarFilter:
    """Its groups are those that meet in the school year of the day shown."""
    day = day_in(request.GET, otherwise=today)
    meeting = visible.in_year(SchoolYear.containing(day))
    groups = Group.objects.filter(pk__in=meeting.order_by().values("group"))
    return CalendarFilter(request.GET, groups=groups, day=day)


def chosen(visible: Any, form: CalendarFilter, span: Span, person: Person, *, on: date) -> list[Meeting]:
    """In the order of a day: those of the groups one runs, those of one's groups, the others; each by hour."""
    standing = person.standing(on)
    runs, theirs = standing.groups(*RUNNING_ROLES), standing.groups()
    meetings = narrowed(visible.filter(date__gte=span.days[0], date__lte=span.days[-1]), form).with_state(on=on)
    if state := form.chosen("state"):
        meetings = meetings.filter(state=state)
    if form.chosen("mine"):
        meetings = meetings.filter(group__in=theirs)
    found = list(meetings.for_list())
    for meeting in found:
        meeting.is_mine = meeting.group_id in theirs
    return sorted(
        found, key=lambda one: (one.group_id not in runs, not one.is_mine, one.starts_at, one.group.label, one.pk)
    )


def days_of(span: Span, meetings: Iterable[Meeting], *, on: date) -> list[CalendarDay]:
    by_day: dict[date, list[Meeting]] = {day: [] for day in span.days}
    for meeting in meetings:
        by_day[meeting.date].append(meeting)
    return [
        CalendarDay(day, found, holiday(day), span.is_subject(day), day == on, day.weekday() >= DAYS_IN_A_WEEK - 2)
        for day, found in by_day.items()
    ]


def weekdays() -> list[str]:
    """« dim. lun. … » in the order of the week."""
    names = get_day_names("abbreviated", "stand-alone", locale=locale())
    return [names[(number - 1) % DAYS_IN_A_WEEK] for number in range(DAYS_IN_A_WEEK)]


def steps(request: HttpRequest, span: Span, today: date) -> dict[str, str]:
    """Before, after and today, with the filters as they are."""
    days = {"before": span.before, "after": span.after, "today": today}
    return {name: address(request, day) for name, day in days.items()}


def address(request: HttpRequest, day: date, path: str = "", **changed: str) -> str:
    kept = request.GET.copy()
    for name, value in {"day": day.isoformat(), **changed}.items():
        kept[name] = value
    return f"{path}?{kept.urlencode()}"


def switch(request: HttpRequest, name: str, day: date) -> list[dict[str, Any]]:
    """Month, week and list: the same filters on the same days."""
    listed = request.GET.copy()
    listed["month"] = f"{day:%Y-%m}"
    for only_here in ("day", "mine"):
        listed.pop(only_here, None)
    return [
        {"label": _("Mois"), "url": address(request, day, reverse("meetings:month")), "current": name == "month"},
        {"label": _("Semaine"), "url": address(request, day, reverse("meetings:week")), "current": name == "week"},
        {"label": _("Liste"), "url": f"{reverse('meetings:list')}?{listed.urlencode()}", "current": False},
    ]
