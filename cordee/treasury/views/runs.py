"""« Préparer les réclamations »: one button, then a page that goes on with the computation until it is current."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from cordee.toolkit import clock, formats
from cordee.toolkit.access import requires
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import wants_part
from cordee.treasury import policy
from cordee.treasury.actions.runs import advance_run, join_run
from cordee.treasury.models import ClaimRun
from cordee.treasury.models.periods import period_label

# A request works no longer than this before it answers: the page shows where the computation stands.
STEP_SECONDS = 1.0


@require_POST
@requires(policy.prepares_claims)
def preparation_start(request: HttpRequest) -> HttpResponse:
    year, period = request.POST.get("annee", ""), request.POST.get("periode", "")
    run, joined = join_run(year=year, period=period, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    if joined:
        announce(request, _joined(run), tone="info")
    return _advance(request, run)


def _joined(run: ClaimRun) -> str:
    hour = formats.time_short(run.started_at)
    if run.started_by is None:
        return _("Cette préparation, commencée à %(hour)s, était déjà en cours : la voici.") % {"hour": hour}
    return _("Cette préparation, commencée à %(hour)s par %(who)s, était déjà en cours : la voici.") % {
        "hour": hour,
        "who": run.started_by.full_name,
    }


@require_safe
@requires(policy.prepares_claims)
def preparation(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a computation stands. Without JavaScript, « Continuer » goes on with it."""
    run = get_object_or_404(ClaimRun, pk=pk)
    return render(request, "treasury/preparation.html", _context(run))


@require_POST
@requires(policy.prepares_claims)
def preparation_next(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, get_object_or_404(ClaimRun, pk=pk))


def _advance(request: HttpRequest, run: ClaimRun) -> HttpResponse:
    if not advance_run(run, seconds=STEP_SECONDS):
        if wants_part(request):
            return render(request, "treasury/preparation.html#progress", _context(run))
        return redirect("treasury:preparation", pk=run.pk)
    announce(request, _said(run), tone="warn" if run.recomputed else "ok")
    target = f"{reverse('treasury:claim_list')}?annee={run.year}&periode={run.period}"
    return HttpResponseClientRedirect(target) if wants_part(request) else redirect(target)


def _said(run: ClaimRun) -> str:
    said = _("Les réclamations sont à jour.")
    if run.recomputed:
        said += " " + ngettext(
            "Des présences ont changé pendant le calcul : %(count)s présence a été recalculée.",
            "Des présences ont changé pendant le calcul : %(count)s présences ont été recalculées.",
            run.recomputed,
        ) % {"count": run.recomputed}
    return said


def _context(run: ClaimRun) -> dict[str, object]:
    return {"run": run, "period": period_label(run.period)}
