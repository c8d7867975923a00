"""Closing the attendance of a meeting, taking that back, correcting afterwards, and the history of one mark."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import actions, policy
from cordee.meetings.actions import refusals
from cordee.meetings.forms import CorrectionForm
from cordee.meetings.models import Attendance, Line, Meeting, Portion, roster_of
from cordee.meetings.views.scope import names_for, visible_meeting
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.formats import date_long, time_short
from cordee.toolkit.refusals import Refusal

AT_ONCE = timedelta(minutes=1)


@require_form
@requires(signed_in)
def validation(request: HttpRequest, pk: int) -> HttpResponse:
    """« Valider »: done at once when everyone is marked; else the page that offers to mark the rest absent."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_validate(request.person, meeting, on=today))
    if request.method != "POST":
        return offer(request, meeting)
    rest = request.POST.get("rest") == "absent"
    try:
        absences = actions.validate_meeting(meeting=meeting, by=request.person, on=today, absent_for_unmarked=rest)
    except refusals.StillUnmarked as refusal:
        return offer(request, meeting, refusal=refusal)
    text = _("Présences de %(group)s validées.") % {"group": meeting.group.label}
    token = f"?absences={actions.undo_token(absences)}" if absences else ""
    announce(request, text, undo=reverse("meetings:withdrawal", args=[pk]) + token)
    return redirect("meetings:roster", pk)


def offer(request: HttpRequest, meeting: Meeting, refusal: Refusal | None = None) -> HttpResponse:
    unmarked = [line for line in roster_of(meeting).lines if line.portion == Portion.UNMARKED]
    context = {"meeting": meeting, "unmarked": unmarked, "refusal": refusal}
    return render(request, "meetings/validation.html", context, status=refusal.status if refusal else 200)


@require_POST
@requires(signed_in)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    absences = request.GET.get("absences", "")
    actions.withdraw_validation(meeting=meeting, by=request.person, on=today, absences=absences)
    announce(request, _("Validation retirée : les présences peuvent changer de nouveau."))
    return redirect("meetings:roster", pk)


@require_form
@requires(signed_in)
def correction(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_correct(request.person, meeting, on=today))
    subject = get_object_or_404(Person.objects.unmerged(), pk=person)
    line = roster_of(meeting, persons=[person], listed=False).lines[0]
    if line.attendance is None:
        enforce(policy.can_add_forgotten(request.person, meeting, subject, on=today))
    asked = {"portion": request.GET.get("portion", line.portion), "reason": request.GET.get("reason", "")}
    initial = {"version": line.version, **asked}
    form = CorrectionForm(request.POST or None, planned=meeting.planned_portion, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_correction(request, meeting, line, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            announce(request, _("Présence de %(person)s corrigée.") % {"person": subject.full_name})
            return redirect("meetings:roster", pk)
    context = {"meeting": meeting, "line": line, "form": form}
    return render(request, "meetings/correction.html", context, status=409 if form.errors else 200)


def save_correction(request: HttpRequest, meeting: Meeting, line: Line, typed: dict[str, Any]) -> None:
    """A correction of what was marked, or someone who was forgotten."""
    who = {"by": request.person, "on": clock.today()}
    if line.attendance:
        actions.correct_attendance(attendance=line.attendance, **typed, **who)
    else:
        del typed["version"]
        actions.add_forgotten(meeting=meeting, person=line.person, **typed, **who)


@require_safe
@requires(signed_in)
def history(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Every change of one mark. People see their own; who runs the group sees everyone's."""
    meeting = visible_meeting(request.person, pk, on=clock.today())
    attendance = get_object_or_404(visible_marks(request, meeting), person=person)
    changes = list(attendance.changes.order_by("-pk"))
    names = names_for(request.person, [change.changed_by_id for change in changes], on=clock.today())
    entries = [{"text": sentence(change), "who": who(change, names), "at": change.changed_at} for change in changes]
    clearable = not meeting.is_validated and bool(attendance.portion)
    clearable = clearable and bool(policy.can_mark(request.person, meeting, on=clock.today()))
    context = {"meeting": meeting, "attendance": attendance, "entries": entries, "clearable": clearable}
    return render(request, "meetings/history.html", context)


def visible_marks(request: HttpRequest, meeting: Meeting):
    visible = Attendance.objects.visible_to(request.person, on=clock.today())
    return visible.filter(meeting=meeting).select_related("person", "meeting__group")


def who(change, names: dict[int, str]) -> str:
    if change.changed_by_id is None:
        return _("Le système")
    return names.get(change.changed_by_id) or _("Qui anime le groupe")


def sentence(change) -> str:
    """`À saisir → Absence, Maladie (Feuille de présences)`, and when it was made if it was received later."""
    text = _("%(before)s → %(after)s") % {
        "before": Portion(change.before).label,
        "after": Portion(change.after).label,
    }
    reason = f", {change.reason}" if change.reason else ""
    source = change.get_source_display()
    if change.made_at and change.changed_at - change.made_at > AT_ONCE:
        instant = {"day": date_long(change.made_at), "hour": time_short(change.made_at)}
        source = f"{source}, {_('indiqué hors ligne le %(day)s à %(hour)s') % instant}"
    return f"{text}{reason} ({source})"
