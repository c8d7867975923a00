"""« Conservation »: what is past its time today, a plan, its confirmation, its report; and who is kept out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cordee.people.models import Person
from cordee.privacy.actions import holds, retention
from cordee.privacy.due import Due
from cordee.privacy.ends import End, ends, months_of_a_person
from cordee.privacy.exports import money_sheet
from cordee.privacy.forms import ConfirmRunForm, HoldForm, RetentionFilter
from cordee.privacy.models import PlannedPerson, RetentionHold, RetentionRun, RunState
from cordee.privacy.models.money import compared
from cordee.privacy.policy import can_keep
from cordee.privacy.register import fields_of, of_app
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.formats import date_short
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.listing import ListColumn, Listing
from cordee.toolkit.tabular import as_download, workbook
from cordee.treasury.models.periods import period_label
from cordee.values.months import months_later

RUNS = 20
NAME = ("last_name__plain", "first_name__plain")
PLANNED = (
    ListColumn(
        "name",
        gettext_lazy("Personne"),
        lambda one: one.person.full_name,
        order=("person__last_name__plain", "person__first_name__plain"),
    ),
    ListColumn(
        "ended",
        gettext_lazy("A participé jusqu’au (exclu)"),
        lambda one: one.ended_on,
        order=("ended_on",),
        kind="date",
    ),
    ListColumn("outcome", gettext_lazy("Ce qui s’est fait"), lambda one: outcome_of(one)),
)


@require_safe
@requires(can_keep)
def due(request: HttpRequest) -> HttpResponse:
    """Today, by table and by person."""
    found = Due.today(clock.today())
    form = RetentionFilter(request.GET)
    form.is_valid()
    people = Person.objects.filter(pk__in=found.people).matching(on=clock.today(), q=form.cleaned_data.get("q", ""))
    listing = Listing(request, people, columns_of(found), title=_("Conservation"), form=form)
    if "file" in request.GET:
        return listing.response("privacy/retention.html", {})
    for person in listing.page:
        person.ended, person.over = found.people[person.pk], over_since(found.people[person.pk])
    if wants_part(request):
        return listing.response("privacy/retention.html", {})
    runs = list(RetentionRun.objects.order_by("-pk").select_related("prepared_by", "confirmed_by")[:RUNS])
    context = {
        "due": found,
        "tables": [table_of(end, count) for end, count in found.tables if count],
        "nightly": [table_of(end, count) for end, count in found.nightly],
        "person_end": next(table_of(end, len(found.people)) for end in ends() if end.held.model == "people.Person"),
        "open_run": next((run for run in runs if run.is_open), None),
        "runs": [run for run in runs if not run.is_open],
        "holds": RetentionHold.objects.standing().select_related("person", "held_by").order_by("-pk"),
    }
    return listing.response("privacy/retention.html", context)


def columns_of(found: Due) -> tuple[ListColumn, ...]:
    return (
        ListColumn("name", _("Nom"), lambda one: f"{one.last_name}, {one.first_name}", order=NAME),
        ListColumn("ended", _("A participé jusqu’au (exclu)"), lambda one: found.people[one.pk], kind="date"),
        ListColumn(
            "due", _("Délai dépassé depuis le"), lambda one: over_since(found.people[one.pk]), kind="date", wide=True
        ),
    )


def over_since(ended: date) -> date:
    """The day from which someone may be made anonymous."""
    return months_later(ended, months_of_a_person())


def table_of(end: End, count: int) -> dict[str, Any]:
    """One declaration, in the words of the register, and how many of its rows are past their time."""
    held = end.held
    return {
        "fields": fields_of(held),
        "file": of_app(held),
        "purpose": capfirst(held.purpose),
        "keeping": capfirst(str(held.keeping.text)),
        "after": str(held.keeping.after.label),
        "ground": str(held.ground.label),
        "count": count,
    }


@require_POST
@requires(can_keep)
def retention_prepare(request: HttpRequest) -> HttpResponse:
    run = retention.prepare(by=request.person, on=clock.today())  # type: ignore[attr-defined]
    announce(
        request, _("Le plan %(reference)s est prêt à lire. Rien n’est encore parti.") % {"reference": run.reference}
    )
    return redirect("privacy:retention_run", run.pk)


@require_form
@requires(can_keep)
def retention_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan, where it stands, then its report. Sending its number confirms it."""
    run = get_object_or_404(RetentionRun.objects.select_related("prepared_by", "confirmed_by", "abandoned_by"), pk=pk)
    form = ConfirmRunForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        retention.confirm(run=run, typed=form.cleaned_data["typed"], by=request.person, on=clock.today())
        announce(request, _("Le plan %(reference)s est confirmé : il s’applique.") % {"reference": run.reference})
        return redirect("privacy:retention_run", pk)
    if wants_part(request) and "progress" in request.GET:
        return progress(request, run)
    people = run.people.select_related("person").order_by("rank")
    empty = RetentionFilter({})
    empty.is_valid()
    listing = Listing(request, people, PLANNED, title=f"{_('Conservation')} {run.reference}", form=empty)
    if "file" in request.GET:
        return listing.response("privacy/retention_run.html", {})
    for planned in listing.page:
        planned.outcome = outcome_of(planned)
    answer = listing.response("privacy/retention_run.html", run_context(run, form))
    answer.status_code = 422 if form.errors else answer.status_code
    return answer


def progress(request: HttpRequest, run: RetentionRun) -> HttpResponse:
    """What the page asks each second; the whole page again once it is over."""
    if run.state is not RunState.RUNNING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "privacy/retention_run.html#progress", {"run": run, "progress": progress_of(run)})


def progress_of(run: RetentionRun) -> dict[str, Any]:
    """People and tables that are done with, among all of them; and where the page asks again."""
    people, tables = run.people.all(), run.tables.all()
    waiting = people.filter(done_at=None, left_out="").count() + tables.filter(finished_at=None).count()
    total = people.count() + tables.count()
    address = f"{reverse('privacy:retention_run', args=[run.pk])}?progress=1"
    return {"done": total - waiting, "total": total, "url": address}


def run_context(run: RetentionRun, form: ConfirmRunForm) -> dict[str, Any]:
    known = {end.name: end for end in ends()}
    tables = [(known[table.declared], table) for table in run.tables.order_by("pk") if table.declared in known]
    periods = compared(run.before, run.after) if run.finished_at else []
    return {
        "run": run,
        "form": form,
        "progress": progress_of(run) if run.state is RunState.RUNNING else {},
        "people_count": run.people.count(),
        "tables": [table_of(end, table.done if run.finished_at else table.planned) for end, table in tables],
        "with_people": [table_of(known[name], n) for name, n in run.foreseen.get("rows", {}).items() if name in known],
        "passages": run.foreseen.get("passages", 0),
        "money": [(one, period_label(one.period)) for one in periods],
        "report": report_of(run, {name: end for name, end in known.items() if end not in dict(tables)}),
        "crumbs": crumbs(run.reference),
    }


def crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": _("Conservation"), "url": reverse("privacy:retention")}, {"label": here, "url": ""}]


def report_of(run: RetentionRun, with_people: Mapping[str, End]) -> list[dict[str, Any]]:
    """What was done, counted: people, texts, entries, then the rows that went with their person."""
    words = {
        "people": _("Personnes rendues anonymes"),
        "masked": _("Passages où un nom a été remplacé"),
        "left": _("Passages laissés : texte en vigueur"),
        "entries": _("Écritures du journal vidées de ce qu’elles avaient de personnel"),
    }
    rows = [{"label": label, "count": run.counts.get(key, 0)} for key, label in words.items()]
    return rows + [
        {"label": f"{of_app(end.held)} : {fields_of(end.held).lower()}", "count": run.counts[name]}
        for name, end in with_people.items()
        if run.counts.get(name)
    ]


def outcome_of(planned: PlannedPerson) -> str:
    if planned.left_out:
        return _("Laissée de côté : %(reason)s") % {"reason": planned.left_out}
    if planned.done_at:
        return _("Rendue anonyme le %(day)s") % {"day": date_short(planned.done_at)}
    return _("À faire")


@require_POST
@requires(can_keep)
def retention_abandon(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(RetentionRun, pk=pk)
    retention.abandon(run=run, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    announce(request, _("Le plan %(reference)s est abandonné. Rien n’est parti.") % {"reference": run.reference})
    return redirect("privacy:retention")


@require_safe
@requires(can_keep)
def retention_money(request: HttpRequest, pk: int) -> HttpResponse:
    """Every submission the run found frozen, before and after, to the cent."""
    run = get_object_or_404(RetentionRun.objects.exclude(finished_at=None), pk=pk)
    return as_download(workbook([money_sheet(run)]), f"{run.reference}.xlsx")


@require_form
@requires(can_keep)
def retention_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep someone out of retention, for a reason."""
    subject = get_object_or_404(Person.objects.unmerged(), pk=pk)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        holds.hold(person=subject, **form.cleaned_data, by=request.person, on=clock.today())
        said = _("%(person)s est gardée de côté : rien de ce qui la concerne ne partira.")
        announce(request, said % {"person": subject.full_name})
        return redirect("privacy:retention")
    crumbs = [
        {"label": _("Conservation"), "url": reverse("privacy:retention")},
        {"label": subject.full_name, "url": ""},
    ]
    context = {"subject": subject, "form": form, "crumbs": crumbs}
    return render(request, "privacy/retention_hold.html", context, status=422 if form.errors else 200)


@require_POST
@requires(can_keep)
def retention_lift(request: HttpRequest, pk: int) -> HttpResponse:
    hold = get_object_or_404(RetentionHold.objects.select_related("person"), pk=pk)
    holds.lift(hold=hold, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    announce(request, _("La suspension de %(person)s est levée.") % {"person": hold.person.full_name})
    return redirect("privacy:retention")
