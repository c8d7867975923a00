"""The steps of a claim: one URL an act, each followed by « Annuler » while the next has not happened."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal, Unreadable
from cordee.treasury import policy
from cordee.treasury.actions import steps
from cordee.treasury.forms import ChosenClaims, PaymentForm, ReturnForm
from cordee.treasury.models import Claim, ClaimState


@require_POST
@requires(policy.sees_claims)
def claim_submission(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.submit_claim, _("La réclamation est soumise."), undo="claim_submission_undo")


@require_POST
@requires(policy.sees_claims)
def claim_submission_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.undo_submission, _("La soumission est annulée : la réclamation est un brouillon."))


@require_POST
@requires(policy.sees_claims)
def claim_verification(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.verify_claim, _("La réclamation est vérifiée."), undo="claim_verification_undo")


@require_POST
@requires(policy.sees_claims)
def claim_verification_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.undo_verification, _("La vérification est annulée."))


@require_POST
@requires(policy.sees_claims)
def claim_approval(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.approve_claim, _("La réclamation est approuvée."), undo="claim_approval_undo")


@require_POST
@requires(policy.sees_claims)
def claim_approval_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.undo_approval, _("L’approbation est annulée."))


@require_POST
@requires(policy.is_treasurer)
def claim_payment(request: HttpRequest, pk: int) -> HttpResponse:
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, form, "claim_payment", _("Inscrire le paiement"))
    return _act(
        request, pk, steps.pay_claim, _("Le paiement est inscrit."), undo="claim_payment_undo", **form.cleaned_data
    )


@require_POST
@requires(policy.sees_claims)
def claim_payment_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.undo_payment, _("Le paiement est annulé."))


@require_POST
@requires(policy.sees_claims)
def claim_carry(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Le solde est reporté à la prochaine réclamation.")
    return _act(request, pk, steps.carry_claim, said, undo="claim_payment_undo")


@require_POST
@requires(policy.can_return)
def claim_return(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, form, "claim_return", _("Renvoyer au centre"))
    said = _("La réclamation est renvoyée au centre.")
    return _act(request, pk, steps.return_claim, said, undo="claim_return_undo", **form.cleaned_data)


@require_POST
@requires(policy.sees_claims)
def claim_return_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, steps.undo_return, _("Le renvoi est annulé."))


@require_POST
@requires(policy.oversees_claims)
def claim_verifications(request: HttpRequest) -> HttpResponse:
    """Verify all that are ticked."""
    done, refused = _each(request, _chosen(request, ClaimState.SUBMITTED), steps.verify_claim)
    said = ngettext("%(count)s réclamation vérifiée.", "%(count)s réclamations vérifiées.", len(done))
    return _report(request, said, done, refused, undo="claim_verifications_undo")


@require_POST
@requires(policy.oversees_claims)
def claim_verifications_undo(request: HttpRequest) -> HttpResponse:
    done, refused = _each(request, _named(request), steps.undo_verification)
    said = ngettext("%(count)s vérification annulée.", "%(count)s vérifications annulées.", len(done))
    return _report(request, said, done, refused)


@require_POST
@requires(policy.oversees_claims)
def claim_approvals(request: HttpRequest) -> HttpResponse:
    """Approve all that are ticked, each by itself: what is refused is named with its reason."""
    done, refused = _each(request, _chosen(request, ClaimState.VERIFIED), steps.approve_claim)
    said = ngettext("%(count)s réclamation approuvée.", "%(count)s réclamations approuvées.", len(done))
    return _report(request, said, done, refused, undo="claim_approvals_undo")


@require_POST
@requires(policy.oversees_claims)
def claim_approvals_undo(request: HttpRequest) -> HttpResponse:
    done, refused = _each(request, _named(request), steps.undo_approval)
    said = ngettext("%(count)s approbation annulée.", "%(count)s approbations annulées.", len(done))
    return _report(request, said, done, refused)


def _act(
    request: HttpRequest, pk: int, act: Callable[..., Any], said: str | Promise, *, undo: str = "", **given: Any
) -> HttpResponse:
    on = clock.today()
    claim = get_object_or_404(Claim.objects.visible_to(request.person, on=on), pk=pk)  # type: ignore[attr-defined]
    act(claim=claim, by=request.person, on=on, **given)  # type: ignore[attr-defined]
    announce(request, said, undo=reverse(f"treasury:{undo}", args=[pk]) if undo else "")
    return redirect("treasury:claim", pk=pk)


def _again(request: HttpRequest, pk: int, form: Any, act: str, title: str) -> HttpResponse:
    """The form by itself with what is to correct."""
    on = clock.today()
    visible = Claim.objects.visible_to(request.person, on=on).select_related("organization")  # type: ignore[attr-defined]
    claim = get_object_or_404(visible, pk=pk)
    context = {"claim": claim, "form": form, "title": title, "action": reverse(f"treasury:{act}", args=[pk])}
    return render(request, "treasury/step_form.html", context, status=422)


def _visible(request: HttpRequest) -> Any:
    return Claim.objects.visible_to(request.person, on=clock.today())  # type: ignore[attr-defined]


def _chosen(request: HttpRequest, state: ClaimState) -> Any:
    """The rows ticked in the list, or its header."""
    return ChosenClaims(request.POST).chosen(_visible(request), state)


def _named(request: HttpRequest) -> Any:
    """The claims the address names: those of the act that is taken back."""
    return _visible(request).filter(pk__in=[pk for pk in request.GET.getlist("claim") if pk.isdecimal()])


def _each(request: HttpRequest, chosen: Any, act: Callable[..., Any]) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    claims = list(chosen.select_related("organization").order_by("organization__short_name__plain", "pk"))
    if not claims:
        raise Unreadable(_("Aucune réclamation n’est cochée. Cochez-en une ou plusieurs, puis recommencez."))
    done: list[Claim] = []
    refused: list[tuple[Claim, str]] = []
    for claim in claims:
        try:
            act(claim=claim, by=request.person, on=clock.today())  # type: ignore[attr-defined]
            done.append(claim)
        except Refusal as refusal:
            refused.append((claim, str(refusal)))
    return done, refused


def _report(
    request: HttpRequest, said: str, done: list[Claim], refused: Iterable[tuple[Claim, str]], *, undo: str = ""
) -> HttpResponse:
    if done:
        address = (
            f"{reverse(f'treasury:{undo}')}?{urlencode({'claim': [one.pk for one in done]}, doseq=True)}"
            if undo
            else ""
        )
        announce(request, said % {"count": len(done)}, undo=address)
    for claim, why in refused:
        announce(request, _("%(label)s : %(text)s") % {"label": claim.organization.name, "text": why}, tone="warn")
    back = request.POST.get("next", "")
    return redirect(back if back.startswith(reverse("treasury:claim_list")) else "treasury:claim_list")
