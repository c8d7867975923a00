"""The steps of a request: more time, an answer, a record set right, a note that is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.people.models import Affiliation
from cordee.privacy import actions
from cordee.privacy.actions import Decided, Employment
from cordee.privacy.actions.refusals import NotARectification
from cordee.privacy.forms import AnswerForm, EmploymentForm, ExtensionForm, NoteForm
from cordee.privacy.models import Datum, PrivacyRequest, delays_on
from cordee.privacy.policy import can_answer, can_note
from cordee.privacy.views.scope import request_at, tried
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce


@require_form
@requires(signed_in)
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    asked, today = to_answer(request, pk), clock.today()
    actions.refuse_unless_extendable(asked, on=today)
    most = delays_on(asked.received_on).extension
    form = ExtensionForm(request.POST or None, initial={"days": most})
    if request.method == "POST" and form.is_valid():
        given = {"request": asked, **form.cleaned_data, "by": request.person, "on": today}
        if tried(form, actions.extend, **given):
            announce(request, _("Le délai est prolongé; l’avis est envoyé."))
            return redirect("privacy:request", pk)
    lede = _("Une seule fois, avant la fin du délai, d’au plus %(most)s jours (A-2.1, art. 98).") % {"most": most}
    return step_page(request, asked, form, title=_("Prolonger le délai"), act=_("Prolonger"), lede=lede)


def to_answer(request: HttpRequest, pk: int) -> PrivacyRequest:
    """What one may answer and waits for it. Raises AlreadyAnswered."""
    asked = request_at(request, pk)
    enforce(can_answer(request.person, asked, on=clock.today()))  # type: ignore[attr-defined]
    actions.refuse_unless_waiting(asked)
    return asked


@require_form
@requires(signed_in)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    asked, today = to_answer(request, pk), clock.today()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"request": asked, "decided": Decided(**form.cleaned_data), "by": request.person, "on": today}
        if tried(form, actions.answer, **given):
            announce(request, _("La réponse est inscrite et envoyée."))
            return redirect("privacy:request", pk)
    lede = _("La réponse part avec le recours que la loi ouvre. Elle ne change plus.")
    return step_page(request, asked, form, title=_("Répondre"), act=_("Inscrire et envoyer"), lede=lede)


@require_POST
@requires(signed_in)
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    actions.accept_rectification(request=request_at(request, pk), by=request.person, on=clock.today())
    announce(request, _("La fiche est corrigée et la personne en est avisée."))
    return redirect("privacy:request", pk)


@require_form
@requires(signed_in)
def employment(request: HttpRequest, pk: int) -> HttpResponse:
    asked, today = to_answer(request, pk), clock.today()
    if asked.datum != Datum.EMPLOYMENT:
        raise NotARectification
    form = EmploymentForm(request.POST or None, initial=employment_now(asked))
    if request.method == "POST" and form.is_valid():
        given = {"request": asked, "employment": Employment(**form.cleaned_data), "by": request.person, "on": today}
        if tried(form, actions.accept_rectification, **given):
            announce(request, _("L’affiliation est corrigée et la personne en est avisée."))
            return redirect("privacy:request", pk)
    lede = _("Ce qui est payé avant ce jour reste comme il est.")
    return step_page(request, asked, form, title=_("Corriger l’affiliation"), act=_("Corriger et répondre"), lede=lede)


def employment_now(asked: PrivacyRequest) -> dict[str, Any]:
    held = Affiliation.objects.current(clock.today()).filter(person=asked.person_id).first()
    if held is None:
        return {}
    return {"organization": held.organization_id, "category": held.category, "starts_on": held.starts_on}


@require_form
@requires(signed_in)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    asked, today = request_at(request, pk), clock.today()
    enforce(can_note(request.person, asked, on=today))
    actions.refuse_unless_notable(asked)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"request": asked, **form.cleaned_data, "by": request.person, "on": today}
        if tried(form, actions.keep_note, **given):
            announce(request, _("La note est gardée avec la demande."))
            return redirect("privacy:request", pk)
    lede = _("Elle reste au registre avec le renseignement que vous contestez (A-2.1, art. 91).")
    return step_page(request, asked, form, title=_("Faire garder une note"), act=_("Garder la note"), lede=lede)


def step_page(request: HttpRequest, asked: PrivacyRequest, form: Any, **words: str) -> HttpResponse:
    crumbs = [{"label": asked.reference, "url": reverse("privacy:request", args=[asked.pk])}]
    context = {"asked": asked, "form": form, "crumbs": crumbs, **words}
    return render(request, "privacy/step.html", context, status=422 if form.errors else 200)
