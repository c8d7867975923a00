"""One meeting, adding one, cancelling one."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import actions, policy
from cordee.meetings.forms import PlanForm, ReasonForm
from cordee.meetings.models import RUNNING_ROLES, Attendance, Line, Meeting, roster_of, tally_from
from cordee.meetings.views.past import named, past_of
from cordee.meetings.views.scope import names_for, visible_meeting
from cordee.people.models import Group, Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.contributions import file_panels, meeting_panels
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal, in_words
from cordee.values.sentence import SpokenError


@require_safe
@requires(signed_in)
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today, person = clock.today(), request.person
    visible = Meeting.objects.visible_to(person, on=today).with_state(on=today)
    meeting = get_object_or_404(visible.select_related("group", "validation", "cancellation"), pk=pk)
    sees_roster = bool(policy.can_see_roster(person, meeting, on=today))
    lines = roster_of(meeting).lines if sees_roster else visible_lines(meeting, person, on=today)
    context = {
        "meeting": meeting,
        "state": meeting.state,
        "held": meeting.is_held(today),
        "facts": facts(meeting),
        "sees_roster": sees_roster,
        "lines": lines,
        "tally": tally_from(lines) if sees_roster else None,
        "may_mark": bool(policy.can_mark(person, meeting, on=today)),
        "may_validate": bool(policy.can_validate(person, meeting, on=today)),
        "may_cancel": bool(policy.can_cancel(person, meeting, on=today)),
        "panels": meeting_panels.collect(person, on=today, meeting=meeting),
        "file_panels": file_panels.collect(meeting),
        **what_happened(meeting, lines if sees_roster else None, person, on=today),
    }
    return render(request, "meetings/detail.html", context)


def what_happened(meeting: Meeting, lines: list[Line] | None, viewer: Person, *, on: date) -> dict[str, Any]:
    """Who validated, and for those who see the roster everything before; the names of all in one query."""
    entries = past_of(meeting, lines) if lines is not None else []
    validator = meeting.validation.validated_by_id if meeting.is_validated else None
    names = names_for(viewer, {validator, *(entry["actor"] for entry in entries)}, on=on)
    return {"validator": names.get(validator, ""), "past": named(entries, names)}


def facts(meeting: Meeting) -> list[dict[str, Any]]:
    rows = [
        (_("Durée prévue"), meeting.get_planned_portion_display()),
        (_("Modalité"), meeting.get_modality_display()),
        (_("Lieu"), meeting.place),
    ]
    return [{"label": label, "value": value, "url": ""} for label, value in rows if value]


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
        except SpokenError as error:  # no rule says whether these hours make a day
            form.add_error(None, in_words(error))
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
