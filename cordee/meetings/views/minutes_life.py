"""Approving minutes, taking that back, locking them, and correcting what is locked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.meetings import actions, policy
from cordee.meetings.forms import ApprovalForm, MinutesCorrectionForm
from cordee.meetings.models import Meeting
from cordee.meetings.models.outline import outline_of
from cordee.meetings.views.minutes import refusal_in
from cordee.meetings.views.scope import readable_meeting
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce


def writable(request: HttpRequest, pk: int) -> Meeting:
    meeting = readable_meeting(request.person, pk, on=clock.today())
    enforce(policy.can_write_minutes(request.person, meeting, on=clock.today()))
    return meeting


@require_form
@requires(signed_in)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, today = writable(request, pk), clock.today()
    later = Meeting.objects.filter(
        group=meeting.group_id, date__gt=meeting.date, date__lte=today, cancellation__isnull=True
    )
    form = ApprovalForm(request.POST or None, meetings=later.order_by("date", "starts_at"))
    if request.method == "POST" and form.is_valid():
        given = {"meeting": meeting, **form.cleaned_data, "by": request.person, "on": today}
        if refusal_in(form, actions.approve_minutes, **given):
            undo = reverse("meetings:minutes_approval_withdrawal", args=[pk])
            announce(request, _("Compte rendu approuvé : son texte ne change plus."), undo=undo)
            return redirect("meetings:minutes", pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/minutes_approval.html", context, status=422 if form.errors else 200)


@require_POST
@requires(signed_in)
def approval_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = writable(request, pk)
    actions.withdraw_minutes_approval(meeting=meeting, by=request.person, on=clock.today())
    announce(request, _("Approbation retirée : le compte rendu est de nouveau un brouillon."))
    return redirect("meetings:minutes", pk)


@require_POST
@requires(signed_in)
def minutes_lock(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = writable(request, pk)
    actions.lock_for_good(meeting=meeting, by=request.person, on=clock.today())
    announce(request, _("Compte rendu verrouillé. Une correction se lira désormais avec lui."))
    return redirect("meetings:minutes", pk)


@require_form
@requires(signed_in)
def minutes_correction(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = writable(request, pk)
    parts = [(entry.key, entry.title) for entry in outline_of(meeting) if entry.section]
    form = MinutesCorrectionForm(request.POST or None, parts=parts)
    if request.method == "POST" and form.is_valid():
        given = {"meeting": meeting, **form.cleaned_data, "by": request.person, "on": clock.today()}
        if refusal_in(form, actions.correct_minutes, **given):
            announce(request, _("Correction ajoutée au compte rendu."))
            return redirect("meetings:minutes", pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/minutes_correction.html", context, status=422 if form.errors else 200)
