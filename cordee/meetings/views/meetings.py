"""One meeting, and cancelling it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import actions, policy
from cordee.meetings.forms import CancellationForm
from cordee.meetings.models import Attendance, Line, Meeting, agenda_of, roster_of, tally_from, with_minutes
from cordee.meetings.views.past import named, past_of
from cordee.meetings.views.scope import names_for, visible_meeting
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.contributions import file_panels, meeting_panels
from cordee.toolkit.flash import announce


@require_safe
@requires(signed_in)
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today, person = clock.today(), request.person
    visible = with_minutes(Meeting.objects.visible_to(person, on=today).with_state(on=today).with_last_move())
    meeting = get_object_or_404(visible.select_related("group", "validation", "cancellation", "announcement"), pk=pk)
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
        "may_change": bool(policy.can_change(person, meeting, on=today)),
        "reads_minutes": bool(policy.can_read_minutes(person, meeting, on=today)),
        **agenda_context(meeting, person, on=today),
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


def agenda_context(meeting: Meeting, person: Person, *, on: date) -> dict[str, Any]:
    """The agenda is read by the group and by who oversees it: it names people."""
    if not policy.can_see_agenda(person, meeting, on=on):
        return {"sees_agenda": False}
    agenda = list(agenda_of(meeting))
    return {"sees_agenda": True, "agenda": agenda, "total": sum(item.minutes or 0 for item in agenda)}


def facts(meeting: Meeting) -> list[dict[str, Any]]:
    rows = [
        (_("Durée prévue"), meeting.get_planned_portion_display()),
        (_("Modalité"), meeting.get_modality_display()),
        (_("Lieu"), meeting.place),
        (_("Adresse"), meeting.address),
    ]
    shown = [{"label": label, "value": value, "url": ""} for label, value in rows if value]
    link = {"label": _("En ligne"), "value": _("Rejoindre la rencontre"), "url": meeting.link}
    return [*shown, link] if meeting.link else shown


def visible_lines(meeting: Meeting, person: Person, *, on: date) -> list:
    """One's own mark, or those of the staff one bills for."""
    marks = Attendance.objects.visible_to(person, on=on).filter(meeting=meeting).exclude(portion="")
    return roster_of(meeting, persons=marks.values_list("person", flat=True)).lines


@require_form
@requires(signed_in)
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_cancel(request.person, meeting, on=today))
    form = CancellationForm(request.POST or None, of_series=bool(meeting.series))
    if request.method == "POST" and form.is_valid():
        actions.cancel_meeting(meeting=meeting, **form.cleaned_data, by=request.person, on=today)
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
