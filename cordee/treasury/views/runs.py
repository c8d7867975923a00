"""Preparing the claims of a period: each request goes on for a moment, and the page shows how far it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.flash import announce
from cordee.treasury import policy
from cordee.treasury.actions.runs import advance_run, start_run
from cordee.treasury.models import ClaimRun

A_MOMENT = 2.0


@require_POST
@requires(policy.prepares_claims)
def runs(request: HttpRequest, year: str, period: str) -> HttpResponse:
    run = start_run(year=year, period=period, by=request.person, on=clock.today())
    return went_on(request, run)


@require_GET
@requires(policy.prepares_claims)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is. Asking again with the button, or by HTMX, makes it go on."""
    shown = get_object_or_404(ClaimRun, pk=pk)
    return render(request, "treasury/run.html", {"run": shown})


@require_POST
@requires(policy.prepares_claims)
def run_step(request: HttpRequest, pk: int) -> HttpResponse:
    return went_on(request, get_object_or_404(ClaimRun, pk=pk))


def went_on(request: HttpRequest, run: ClaimRun) -> HttpResponse:
    if not advance_run(run, seconds=A_MOMENT):
        return redirect("treasury:run", pk=run.pk)
    announce(request, _("Les réclamations sont préparées."))
    return redirect(f"{reverse('treasury:claim_list')}?annee={run.year}&periode={run.period}")
