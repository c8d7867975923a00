"""Asking about what is held on oneself: a request, or the correction of one datum."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.privacy import actions
from cordee.privacy.actions import Asked
from cordee.privacy.forms import AskForm, RectificationForm
from cordee.privacy.models import WRITTEN, Datum, RequestKind
from cordee.privacy.views.scope import request_at, tried
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires, signed_in
from cordee.toolkit.flash import announce


@require_form
@requires(signed_in)
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST or None, initial={"kind": request.GET.get("kind", RequestKind.ACCESS)})
    if request.method == "POST" and form.is_valid():
        asked = Asked(form.cleaned_data["kind"], form.cleaned_data["what"])
        if made := tried(form, actions.ask, asked=asked, by=request.person, on=clock.today()):
            return received(request, made)
    context = {"form": form, "title": _("Faire une demande"), "act": _("Envoyer la demande"), "crumbs": crumbs()}
    return render(request, "privacy/ask.html", context, status=422 if form.errors else 200)


@require_form
@requires(signed_in)
def rectify(request: HttpRequest) -> HttpResponse:
    """`datum` says what; without it, anything, in words."""
    given = request.POST or request.GET
    datum = Datum(given["datum"]) if given.get("datum") in Datum.values else Datum.OTHER
    start = {"datum": datum, "what": about(request)}
    form = RectificationForm(request.POST or None, datum=datum, initial=start)
    if request.method == "POST" and form.is_valid():
        asked = Asked(RequestKind.RECTIFICATION, **form.cleaned_data)
        if made := tried(form, actions.ask, asked=asked, by=request.person, on=clock.today()):
            return received(request, made)
    now = getattr(request.person, datum) if datum in WRITTEN else ""
    context = {"form": form, "title": _("Faire corriger"), "datum": datum, "now": now, "crumbs": crumbs()}
    return render(request, "privacy/rectify.html", context, status=422 if form.errors else 200)


def about(request: HttpRequest) -> str:
    """What the part one comes from is about, to start from."""
    said = request.GET.get("about", "")[:200]
    return _("%(about)s : ") % {"about": said} if said else ""


def received(request: HttpRequest, made: Any) -> HttpResponse:
    text = _("Votre demande est inscrite; un accusé de réception vous est envoyé.")
    announce(request, text, undo=reverse("privacy:withdraw", args=[made.pk]))
    return redirect("privacy:request", made.pk)


def crumbs() -> list[dict[str, str]]:
    return [{"label": _("Mes renseignements"), "url": reverse("privacy:mine")}]


@require_POST
@requires(signed_in)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    asked = request_at(request, pk)
    actions.withdraw(request=asked, by=request.person, on=clock.today())
    announce(request, _("La demande est retirée."), undo=reverse("privacy:resume", args=[pk]))
    return redirect("privacy:request", pk)


@require_POST
@requires(signed_in)
def resumption(request: HttpRequest, pk: int) -> HttpResponse:
    actions.resume(request=request_at(request, pk), by=request.person, on=clock.today())
    announce(request, _("La demande attend à nouveau sa réponse."))
    return redirect("privacy:request", pk)
