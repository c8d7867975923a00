"""Meetings: the list, one meeting, planning and cancelling one."""

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.meetings import actions, policy
from cordee.meetings.forms import ListFilter, PlanForm, ReasonForm
from cordee.meetings.models import Attendance, Meeting, MeetingState
from cordee.meetings.views.scope import visible_meeting
from cordee.people.models import Group
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import meeting_panels
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import render_page_or_part
from cordee.values.school_year import SchoolYear

PAGE_SIZE = 50
WAITING = (MeetingState.TO_MARK, MeetingState.TO_VALIDATE)


@requires(signed_in)
def meetings(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    year = SchoolYear.containing(today)
    form = ListFilter(request.GET, groups=Group.objects.visible_to(request.person, on=today), year=year)
    found = filtered(Meeting.objects.visible_to(request.person, on=today).in_year(year).with_state(on=today), form)
    waits = Case(When(state__in=WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = found.for_list().annotate(waits=waits).order_by("waits", "-date", "-starts_at", "pk")
    context = {
        "form": form,
        "year": str(year),
        "meetings": Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_plan": bool(policy.can_plan(request.person, on=today)),
        "may_import": bool(policy.can_import(request.person, on=today)),
    }
    return render_page_or_part(request, "meetings/list.html", "rows", context)


def filtered(found, form: ListFilter):
    if group := form.chosen("group"):
        found = found.filter(group=group)
    if state := form.chosen("state"):
        found = found.filter(state=state)
    if month := form.chosen("month"):
        year, number = month.split("-")
        found = found.filter(date__year=int(year), date__month=int(number))
    for word in (form.chosen("q") or "").split():
        found = found.filter(Q(group__name__icontains=word) | Q(group__number=word) | Q(place__icontains=word))
    return found


@requires(signed_in)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    shown = visible_meeting(request.person, pk, on=today)
    seen = Attendance.objects.visible_to(request.person, on=today).filter(meeting=shown).exclude(portion="")
    context = {
        "meeting": shown,
        "held": shown.is_held(today),
        "attendances": seen.select_related("person").order_by("person__last_name", "person__first_name", "pk"),
        "panels": meeting_panels.collect(request.person, on=today, meeting=shown),
        "may_see_roster": bool(policy.can_see_roster(request.person, shown, on=today)),
        "may_validate": bool(policy.can_validate(request.person, shown, on=today)),
        "may_cancel": bool(policy.can_cancel(request.person, shown, on=today)),
        "reason_form": ReasonForm(),
    }
    return render(request, "meetings/detail.html", context)


@requires(policy.can_plan)
def plan(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    groups = Group.objects.visible_to(request.person, on=today)
    form = PlanForm(request.POST or None, groups=groups)
    if form.is_bound and form.is_valid():
        planned = actions.plan_meeting(by=request.person, on=today, **form.cleaned_data)
        announce(request, _("La rencontre est planifiée."))
        return redirect("meetings:detail", planned.pk)
    context = {
        "form": form,
        "title": _("Planifier une rencontre"),
        "lede": "",
        "action": _("Planifier"),
        "back_url": reverse("meetings:list"),
    }
    return render(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(signed_in)
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    shown = visible_meeting(request.person, pk, on=today)
    actions.cancel_meeting(meeting=shown, reason=request.POST.get("reason", ""), by=request.person, on=today)
    announce(request, _("La rencontre est annulée."), undo=reverse("meetings:restoration", args=[pk]))
    return redirect("meetings:detail", pk)


@require_POST
@requires(signed_in)
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    actions.restore_meeting(meeting=visible_meeting(request.person, pk, on=today), by=request.person, on=today)
    announce(request, _("La rencontre est rétablie."))
    return redirect("meetings:detail", pk)
