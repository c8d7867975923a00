"""The register of confidentiality incidents: as a list and a file, one by one, written, corrected, and as a copy."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cordee.people.views.consents import registers
from cordee.privacy import actions
from cordee.privacy.exports import field_titles, in_words, incident_for_commission, said_of
from cordee.privacy.forms import CorrectionForm, IncidentFilter, IncidentForm
from cordee.privacy.models import FIELDS, SAID, Incident, IncidentCorrection
from cordee.privacy.policy import can_keep_incidents
from cordee.privacy.views.scope import incident_at, tried
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.listing import ListColumn, Listing
from cordee.toolkit.tabular import as_download


def column(name: str, **more: Any) -> ListColumn:
    """A field of the register, as the file has it."""
    title = Incident._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return ListColumn(name, title, lambda one: in_words(one, name, getattr(one, name)), file_only=True, **more)


ON_PAGE = {"circumstances", "aware_on", "people_count", "is_serious"}
COLUMNS = (
    ListColumn("circumstances", gettext_lazy("Circonstances"), lambda one: one.circumstances),
    ListColumn("aware_on", gettext_lazy("Connu le"), lambda one: one.aware_on, order=("aware_on",), kind="date"),
    ListColumn(
        "people_count", gettext_lazy("Personnes"), lambda one: one.people_count, order=("people_count",), kind="number"
    ),
    ListColumn(
        "is_serious",
        gettext_lazy("Préjudice sérieux"),
        lambda one: in_words(one, "is_serious", one.is_serious),
        order=("is_serious",),
    ),
    ListColumn("reference", gettext_lazy("Numéro"), lambda one: one.reference, order=("year", "number"), wide=True),
    *(column(name) for name in SAID if name not in ON_PAGE),
    column("kept_until"),
)


@require_safe
@requires(can_keep_incidents)
def register(request: HttpRequest) -> HttpResponse:
    visible = Incident.objects.visible_to(request.person, on=clock.today())
    form = IncidentFilter(request.GET, years=visible.order_by("-year").values_list("year", flat=True).distinct())
    found = visible.matching(**form.cleaned_data).order_by("-aware_on", "-pk")
    listing = Listing(request, found, COLUMNS, title=_("Registre des incidents"), form=form)
    return listing.response("privacy/incidents.html", {"views": registers("incidents")})


@require_safe
@requires(can_keep_incidents)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    incident, titles = incident_at(request, pk), field_titles()
    parts = [part_of(incident, rank, titles[rank]) for rank in FIELDS]
    context = {
        "incident": incident,
        "parts": parts,
        "corrections": [told(one) for one in incident.corrections.select_related("corrected_by")],
        "may_remove": clock.today() >= incident.kept_until,
        "crumbs": crumbs(),
    }
    return render(request, "privacy/incident.html", context)


def part_of(incident: Incident, rank: int, title: str) -> dict[str, Any]:
    """A field of the register; what would only repeat its title stands alone, before the rest."""
    said = said_of(incident, rank)
    return {
        "title": title,
        "alone": [item for item in said if item.label == title],
        "rows": [item for item in said if item.label != title],
        "is_empty": not said,
    }


def told(correction: IncidentCorrection) -> dict[str, Any]:
    """Who, when, why, and each field before and after."""
    changed = [
        {
            "label": capfirst(str(Incident._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
            "before": value_of(name, was),
            "after": value_of(name, correction.after[name]),
            "language": "fr" if Incident._meta.get_field(name).get_internal_type() == "TextField" else "",
        }
        for name, was in correction.before.items()
    ]
    return {"one": correction, "changed": changed}


def value_of(name: str, kept: Any) -> str:
    """A value of a correction, kept as JSON: days come back as text."""
    is_day = Incident._meta.get_field(name).get_internal_type() == "DateField"
    return in_words(Incident(), name, parse_date(kept) if is_day and kept else kept) or "—"


def crumbs() -> list[dict[str, str]]:
    return [{"label": _("Registre des incidents"), "url": reverse("privacy:incidents")}]


@require_form
@requires(can_keep_incidents)
def record(request: HttpRequest) -> HttpResponse:
    form = IncidentForm(request.POST or None, initial={"aware_on": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and (made := tried(form, actions.record_incident, said=said_in(form), by=request.person, on=clock.today()))
    ):
        announce(request, _("Incident %(reference)s inscrit.") % {"reference": made.reference})
        return redirect("privacy:incident", made.pk)
    return form_page(request, form, title=_("Inscrire un incident"), crumbs=crumbs())


def said_in(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in SAID}


@require_form
@requires(can_keep_incidents)
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    incident = incident_at(request, pk)
    form = CorrectionForm(request.POST or None, instance=incident, initial={"seen": incident.version})
    if request.method == "POST" and form.is_valid():
        given = {"incident": incident, "said": said_in(form), "reason": form.cleaned_data["reason"]}
        seen = form.cleaned_data["seen"]
        if tried(form, actions.correct_incident, **given, seen=seen, by=request.person, on=clock.today()):
            announce(request, _("Incident corrigé; le registre garde ce qu’il disait."))
            return redirect("privacy:incident", pk)
    back = [*crumbs(), {"label": incident.reference, "url": reverse("privacy:incident", args=[pk])}]
    return form_page(request, form, title=_("Corriger ou compléter"), crumbs=back)


def form_page(request: HttpRequest, form: Any, **words: Any) -> HttpResponse:
    """The form by the fields of the regulation, then what a correction adds."""
    titles = field_titles()
    parts = [
        {"title": f"{rank}. {titles[rank]}", "fields": [form[name] for name in names]} for rank, names in FIELDS.items()
    ]
    others = [form["reason"]] if "reason" in form.fields else []
    context = {"form": form, "parts": parts, "others": others, **words}
    return render(request, "privacy/incident_form.html", context, status=422 if form.errors else 200)


@require_POST
@requires(can_keep_incidents)
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    incident = incident_at(request, pk)
    actions.remove_incident(incident=incident, by=request.person, on=clock.today())
    announce(request, _("L’incident est retiré du registre."))
    return redirect("privacy:incidents")


@require_safe
@requires(can_keep_incidents)
def for_commission(request: HttpRequest, pk: int) -> HttpResponse:
    incident = incident_at(request, pk)
    return as_download(incident_for_commission(incident), f"incident-{incident.year}-{incident.number:02d}.pdf")
