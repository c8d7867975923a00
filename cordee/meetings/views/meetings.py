"""The list of meetings, one meeting, adding one, cancelling one."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import actions, policy
from cordee.meetings.forms import ListFilter, PlanForm, ReasonForm
from cordee.meetings.models import RUNNING_ROLES, Attendance, Meeting, MeetingState, roster_of, tally_of
from cordee.meetings.views.scope import validator_for, visible_meeting
from cordee.people.models import Group, Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.contributions import meeting_panels
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import render_page_or_part
from cordee.toolkit.refusals import Refusal
from cordee.values.school_year import SchoolYear

PAGE_SIZE = 50
SORTS = {
    "date": ("date", "starts_at", "pk"),
    "-date": ("-date", "-starts_at", "pk"),
    "group": ("group__number", "group__name", "-date", "pk"),
    "-group": ("-group__number", "-group__name", "-date", "pk"),
}


@require_safe
@requires(signed_in)
def meeting_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    year = SchoolYear.containing(today)
    everything = Meeting.objects.visible_to(request.person, on=today).in_year(year)
    groups = Group.objects.filter(pk__in=everything.order_by().values("group"))
    form = ListFilter(request.GET, groups=groups, year=year)
    scoped = narrowed(everything, form).with_state(on=today)
    chosen = form.chosen("state")
    shown = (scoped.filter(state=chosen) if chosen else scoped).with_progress().for_list()
    sort = request.GET.get("sort", "")
    page = Paginator(sorted_by(shown, sort, request.person, on=today), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "meetings": page,
        "views": state_views(request, scoped, chosen),
        "sort": sort,
        "may_plan": policy.can_plan(request.person, on=today),
        "year": year,
    }
    return render_page_or_part(request, "meetings/list.html", "list", context)


def narrowed(meetings: Any, form: ListFilter) -> Any:
    """What the filters leave, whatever the state."""
    if group := form.chosen("group"):
        meetings = meetings.filter(group=group)
    if month := form.chosen("month"):
        meetings = meetings.filter(date__year=month[:4], date__month=month[5:])
    for word in (form.chosen("q") or "").split():
        meetings = meetings.filter(
            Q(group__name__icontains=word) | Q(group__number=word) | Q(title__icontains=word) | Q(place__icontains=word)
        )
    return meetings


def state_views(request: HttpRequest, scoped: QuerySet, chosen: str | None) -> list[dict[str, Any]]:
    """« À saisir 3 · À valider 1… », each a link that keeps the other filters; one query."""
    counts = dict(scoped.order_by().values_list("state").annotate(n=Count("pk")))
    kept = request.GET.copy()
    kept.pop("page", None)
    views = []
    for value, label in [("", _("Toutes")), *MeetingState.choices]:
        kept["state"] = value
        count = counts.get(value, 0) if value else sum(counts.values())
        views.append(
            {"label": label, "url": f"?{kept.urlencode()}", "current": value == (chosen or ""), "count": count}
        )
    return views


def sorted_by(meetings: QuerySet, sort: str, person: Person, *, on: date) -> QuerySet:
    """By default, what awaits this person first: the attendance of the groups they run, oldest first."""
    if sort in SORTS:
        return meetings.order_by(*SORTS[sort])
    mine = person.standing(on).groups(*RUNNING_ROLES)
    waiting = Q(group__in=mine, state__in=(MeetingState.TO_MARK, MeetingState.TO_VALIDATE))
    return meetings.alias(first=Case(When(waiting, then=Value(0)), default=Value(1))).order_by(
        "first", "-date", "-starts_at", "pk"
    )


@require_safe
@requires(signed_in)
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    person = request.person
    sees_roster = bool(policy.can_see_roster(person, meeting, on=today))
    context = {
        "meeting": meeting,
        "held": meeting.is_held(today),
        "viewer": person,
        "open": False,
        "sees_roster": sees_roster,
        "lines": roster_of(meeting).lines if sees_roster else visible_lines(meeting, person, on=today),
        "tally": tally_of(meeting) if sees_roster else None,
        "may_mark": bool(policy.can_mark(person, meeting, on=today)),
        "may_validate": bool(policy.can_validate(person, meeting, on=today)),
        "may_cancel": bool(policy.can_cancel(person, meeting, on=today)),
        "panels": meeting_panels.collect(person, on=today, meeting=meeting),
        "validator": validator_for(person, meeting, on=today),
    }
    return render(request, "meetings/detail.html", context)


def visible_lines(meeting: Meeting, person: Person, *, on: date) -> list:
    """One's own mark, or those of the staff one bills for."""
    marks = Attendance.objects.visible_to(person, on=on).filter(meeting=meeting).exclude(portion="")
    return roster_of(meeting, persons=marks.values_list("person", flat=True)).lines


@require_form
@requires(policy.can_plan)
def new_meeting(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    form = PlanForm(request.POST or None, groups=plannable_groups(request.person, on=today), initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.plan_meeting(by=request.person, on=today, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            announce(request, _("Rencontre de %(group)s ajoutée.") % {"group": meeting.group.label})
            return redirect("meetings:detail", meeting.pk)
    return render(request, "meetings/new.html", {"form": form}, status=422 if form.errors else 200)


def plannable_groups(person: Person, *, on: date) -> QuerySet[Group]:
    if person.holds(*policy.KEEPERS, on=on):
        return Group.objects.all()
    return Group.objects.filter(pk__in=person.standing(on).groups(*RUNNING_ROLES))


@require_form
@requires(signed_in)
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_cancel(request.person, meeting, on=today))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_meeting(meeting=meeting, reason=form.cleaned_data["reason"], by=request.person, on=today)
        announce(request, _("Rencontre annulée."), undo=reverse("meetings:restoration", args=[pk]))
        return redirect("meetings:detail", pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/cancellation.html", context, status=422 if form.errors else 200)


@require_POST
@requires(signed_in)
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    actions.restore_meeting(meeting=meeting, by=request.person, on=today)
    announce(request, _("Rencontre rétablie."))
    return redirect("meetings:detail", pk)
