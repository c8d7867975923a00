"""The duties of someone: recorded, confirmed by another person, ended, withdrawn."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.people.actions import duties
from cordee.people.forms import DutyForm, UntilForm
from cordee.people.models import Duty, Person
from cordee.people.policy import can_confirm_duty, can_keep_duties, can_oversee_duties, can_record_duty
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal


@require_form
@requires(can_keep_duties)
def new_duty(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=today).unmerged(), pk=pk)
    enforce(can_record_duty(request.person, subject, on=today))
    form = DutyForm(request.POST or None, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("code", "organization", "starts_on")}
        try:
            made = duties.record_duty(person=subject, **given, ends_on=form.ends_on, by=request.person, on=today)
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            announce(request, recorded(made), undo=reverse("people:duty_withdrawal", args=[made.pk]))
            return redirect("people:duty", made.pk)
    context = {"subject": subject, "form": form, "crumbs": crumbs_of(subject)}
    return render(request, "people/new_duty.html", context, status=422 if form.errors else 200)


def recorded(duty: Duty) -> str:
    words = {"person": duty.person.full_name, "duty": duty.get_code_display()}
    if duty.is_pending:
        return _("Fonction inscrite pour %(person)s : elle attend qu’une autre personne la confirme.") % words
    return _("Fonction inscrite pour %(person)s : %(duty)s.") % words


def crumbs_of(subject: Person) -> list[dict[str, Any]]:
    return [
        {"label": _("Personnes"), "url": reverse("people:list")},
        {"label": subject.full_name, "url": reverse("people:detail", args=[subject.pk])},
    ]


def duty_at(pk: int) -> Duty:
    """For who oversees the cooperative, who sees everyone."""
    related = ("person", "organization", "recorded_by", "confirmation__confirmed_by")
    return get_object_or_404(Duty.objects.select_related(*related), pk=pk)


@require_form
@requires(can_oversee_duties)
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is and who said so; POST changes its end."""
    found, today = duty_at(pk), clock.today()
    form = UntilForm(request.POST or None, initial={"last_day": found.last_day})
    if request.method == "POST" and form.is_valid():
        try:
            duties.end_duty(duty=found, ends_on=form.ends_on, by=request.person, on=today)
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            announce(request, _("La fin de la fonction est inscrite."))
            return redirect("people:duty", pk)
    context = {
        "duty": found,
        "form": form,
        "crumbs": crumbs_of(found.person),
        "may_confirm": found.is_pending and bool(can_confirm_duty(request.person, found, on=today)),
        "may_end": bool(can_record_duty(request.person, found.person, on=today)),
        "was_new": found.is_pending or (found.recorded_at and clock.local_day(found.recorded_at) == today),
    }
    return render(request, "people/duty.html", context, status=422 if form.errors else 200)


@require_POST
@requires(can_oversee_duties)
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    duties.confirm_duty(duty=duty_at(pk), by=request.person, on=clock.today())
    announce(request, _("La fonction est confirmée : elle donne ses droits."))
    return redirect("people:duty", pk)


@require_POST
@requires(can_keep_duties)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    found = duty_at(pk)
    duties.withdraw_duty(duty=found, by=request.person, on=clock.today())
    announce(request, _("La fonction est retirée."))
    return redirect("people:detail", found.person_id)
