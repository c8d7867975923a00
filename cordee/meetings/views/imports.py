"""Importing attendance in three beats: choose a file, settle the preview, confirm; and taking it back."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import policy
from cordee.meetings.actions.importing import (
    KIND,
    AlreadyApplied,
    apply_import,
    choose_for_import,
    propose_import,
    undo_import,
)
from cordee.meetings.imports import Preview, fingerprint, proposal_of
from cordee.meetings.imports.answers import with_typed
from cordee.meetings.imports.model_file import model_file
from cordee.meetings.views.import_page import beats, preview_context, recent_imports, result_context
from cordee.people.models import Person
from cordee.records.models import ImportBatch
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal
from cordee.toolkit.tabular import as_download
from cordee.toolkit.tabular.reading import MOST_BYTES

PREVIEW = "meetings/import_preview.html"


@require_form
@requires(policy.can_import)
def import_new(request: HttpRequest) -> HttpResponse:
    """The first beat: the file. What cannot be a table is refused here, with the reason beside the field."""
    today, errors = clock.today(), []
    file = request.FILES.get("file")
    if request.method == "POST" and file is None:
        errors = [_("Choisissez d’abord un fichier.")]
    elif request.method == "POST":
        try:
            return redirect("meetings:import_preview", received(file, by=request.person, on=today).pk)
        except Refusal as refusal:
            errors = [str(refusal)]
    lede = _("Présences d’un tableur : on les relit ligne à ligne avant qu’elles comptent.")
    context = {
        **beats(lede=lede),
        "errors": errors,
        "recent": recent_imports(visible_batches(request.person, on=today)),
    }
    return render(request, "meetings/import_new.html", context, status=422 if errors else 200)


def received(file: Any, *, by: Person, on: date) -> ImportBatch:
    content = file.read(MOST_BYTES + 1)
    return propose_import(
        file_name=file.name, sha256=fingerprint(content), proposal=proposal_of(content, file.name), by=by, on=on
    )


@require_safe
@requires(policy.can_import)
def import_model(request: HttpRequest) -> HttpResponse:
    return as_download(model_file(), _("modele-presences.xlsx"))


@require_form
@requires(policy.can_import)
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The second beat. Every button of the page keeps what was typed before it does anything else."""
    today = clock.today()
    batch = own_batch(request.person, pk, on=today)
    if batch.applied_at:
        return redirect("meetings:import_result", pk)
    if request.method == "POST":
        keep_answers(request, batch, on=today)
        asked = request.POST.get("questions") or request.GET.get("questions", "")
        query = f"?questions={asked}" if asked.isdecimal() else ""
        return redirect(reverse("meetings:import_preview", args=[pk]) + query)
    preview = Preview(batch.proposal, by=request.person, on=today)
    return render(request, PREVIEW, preview_context(request, batch, preview))


def keep_answers(request: HttpRequest, batch: ImportBatch, *, on: date) -> Preview:
    """Save what the form holds, and what a button says of all questions; the preview that follows from it."""
    batch.proposal["choices"] = with_typed(batch.proposal["choices"], request.POST.dict())
    preview = Preview(batch.proposal, by=request.person, on=on)
    if what := request.POST.get("all"):
        batch.proposal["choices"] = preview.answers_to_all(what)
        preview = Preview(batch.proposal, by=request.person, on=on)
    choose_for_import(batch=batch, choices=batch.proposal["choices"], by=request.person, on=on)
    return preview


@require_POST
@requires(policy.can_import)
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The third beat: everything that is ready goes in, in one act. Refused, the page comes back as it was typed."""
    today = clock.today()
    batch = own_batch(request.person, pk, on=today)
    try:
        preview = keep_answers(request, batch, on=today)
        reason = preview.checked_reason()
        changes = apply_import(batch=batch, plan=preview.plan(), correction_reason=reason, by=request.person, on=today)
    except AlreadyApplied:
        return redirect("meetings:import_result", pk)
    except Refusal as refusal:
        fresh = Preview(batch.proposal, by=request.person, on=today)
        context = preview_context(request, batch, fresh, refusal=refusal)
        return render(request, PREVIEW, context, status=refusal.status)
    announce(request, imported(len(changes)), undo=reverse("meetings:import_undo", args=[pk]))
    return redirect("meetings:import_result", pk)


def imported(count: int) -> str:
    return ngettext("%(count)s présence importée.", "%(count)s présences importées.", count) % {"count": count}


@require_safe
@requires(policy.can_import)
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    batch = own_batch(request.person, pk, on=today)
    if not batch.applied_at:
        return redirect("meetings:import_preview", pk)
    left_out = None if batch.undone_at else Preview(batch.proposal, by=request.person, on=today)
    return render(request, "meetings/import_result.html", result_context(request, batch, left_out, on=today))


@require_POST
@requires(policy.can_import)
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    batch = own_batch(request.person, pk, on=today)
    changes = undo_import(batch=batch, by=request.person, on=today)
    text = ngettext(
        "Importation annulée : %(count)s présence est revenue à ce qu’elle était.",
        "Importation annulée : %(count)s présences sont revenues à ce qu’elles étaient.",
        len(changes),
    )
    announce(request, text % {"count": len(changes)})
    return redirect("meetings:import_result", pk)


def visible_batches(person: Person, *, on: date) -> Any:
    """One's own imports; the coordinator and the secretary see everyone's."""
    batches = ImportBatch.objects.readable().filter(kind=KIND)
    return batches if person.holds(*policy.KEEPERS, on=on) else batches.filter(created_by_id=person.pk)


def own_batch(person: Person, pk: int, *, on: date) -> ImportBatch:
    return get_object_or_404(visible_batches(person, on=on), pk=pk)
