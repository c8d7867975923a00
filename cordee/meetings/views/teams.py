"""A Teams report on a meeting, in three beats: drop the file, check the preview, confirm; and taking it back."""

from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cordee.meetings import policy
from cordee.meetings.actions.importing import AlreadyApplied
from cordee.meetings.actions.teams import (
    answer_reports,
    apply_reports,
    propose_reports,
    refuse_unheld,
    report_and_others,
    undo_reports,
)
from cordee.meetings.imports.answers import with_typed
from cordee.meetings.imports.teams import TeamsPreview, proposal_of
from cordee.meetings.imports.teams.files import files_label, fingerprint_of
from cordee.meetings.models import Meeting
from cordee.meetings.views.scope import visible_meeting
from cordee.meetings.views.teams_page import new_context, preview_context
from cordee.people.models import Person
from cordee.records.models import ImportBatch
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal
from cordee.toolkit.tabular.reading import MOST_BYTES

PREVIEW = "meetings/teams_preview.html"


@require_form
@requires(signed_in)
def teams_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The first beat: the files. What is no report is refused here, with the reason beside the field."""
    today, errors = clock.today(), []
    meeting = importable_meeting(request.person, pk, on=today)
    refuse_unheld(meeting, on=today)
    files = request.FILES.getlist("file")
    if request.method == "POST" and not files:
        errors = [_("Choisissez d’abord un fichier.")]
    elif request.method == "POST":
        try:
            batch = received(meeting, files, by=request.person, on=today)
            return redirect("meetings:teams_preview", pk, batch.pk)
        except Refusal as refusal:
            errors = [str(refusal)]
    return render(request, "meetings/teams_new.html", new_context(meeting, errors), status=422 if errors else 200)


def received(meeting: Meeting, files: list[Any], *, by: Person, on: date) -> ImportBatch:
    contents = [(file.name, file.read(MOST_BYTES + 1)) for file in files]
    proposal = proposal_of(contents, meeting)
    return propose_reports(
        meeting=meeting,
        file_name=files_label(proposal),
        sha256=fingerprint_of(proposal),
        proposal=proposal,
        by=by,
        on=on,
    )


@require_form
@requires(signed_in)
def teams_preview(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    """The second beat. Every button of the page keeps what was typed before it does anything else."""
    today = clock.today()
    case = case_of(request.person, pk, batch, on=today)
    if case.batch.applied_at:
        return redirect("meetings:teams_new", pk)
    if request.method == "POST":
        keep_answers(request, case, on=today)
        asked = request.POST.get("questions") or request.GET.get("questions", "")
        query = f"?questions={asked}" if asked.isdecimal() else ""
        return redirect(reverse("meetings:teams_preview", args=[pk, batch]) + query)
    return render(request, PREVIEW, preview_context(request, case.batch, case.preview()))


def keep_answers(request: HttpRequest, case: "Case", *, on: date) -> TeamsPreview:
    proposal = case.batch.proposal
    proposal["choices"] = with_typed(proposal["choices"], request.POST.dict())
    preview = case.preview()
    if what := request.POST.get("all"):
        proposal["choices"] = preview.answers_to_all(what)
        preview = case.preview()
    answer_reports(meeting=case.meeting, batch=case.batch, choices=proposal["choices"], by=request.person, on=on)
    return preview


@require_POST
@requires(signed_in)
def teams_confirm(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    """The third beat: everything that is ready goes in, in one act. Refused, the page comes back as it was typed."""
    today = clock.today()
    case = case_of(request.person, pk, batch, on=today)
    who = {"by": request.person, "on": today}
    try:
        preview = keep_answers(request, case, on=today)
        reason, plan = preview.checked_reason(), preview.plan()
        changes = apply_reports(meeting=case.meeting, batch=case.batch, plan=plan, correction_reason=reason, **who)
    except AlreadyApplied:
        return redirect("meetings:teams_new", pk)
    except Refusal as refusal:
        context = preview_context(request, case.batch, case.preview(), refusal=refusal)
        return render(request, PREVIEW, context, status=refusal.status)
    text = ngettext("%(count)s présence inscrite.", "%(count)s présences inscrites.", len(changes))
    announce(request, text % {"count": len(changes)}, undo=reverse("meetings:teams_undo", args=[pk, batch]))
    return redirect("meetings:roster", pk)


@require_POST
@requires(signed_in)
def teams_undo(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    today = clock.today()
    case = case_of(request.person, pk, batch, on=today)
    changes = undo_reports(meeting=case.meeting, batch=case.batch, by=request.person, on=today)
    text = ngettext("%(count)s présence remise comme avant.", "%(count)s présences remises comme avant.", len(changes))
    announce(request, text % {"count": len(changes)})
    return redirect("meetings:roster", pk)


def importable_meeting(person: Person, pk: int, *, on: date) -> Meeting:
    meeting = visible_meeting(person, pk, on=on)
    enforce(policy.can_mark(person, meeting, on=on))
    return meeting


class Case(NamedTuple):
    """A report of a meeting, with the proposals of those already in force."""

    meeting: Meeting
    batch: ImportBatch
    earlier: list[dict[str, Any]]

    def preview(self) -> TeamsPreview:
        return TeamsPreview(self.meeting, self.batch.proposal, earlier=self.earlier)


def case_of(person: Person, pk: int, batch: int, *, on: date) -> Case:
    """Whoever takes the attendance of a meeting sees all its reports."""
    meeting = importable_meeting(person, pk, on=on)
    found, earlier = report_and_others(meeting, batch)
    if found is None:
        raise Http404
    return Case(meeting, found, earlier)
