"""The register of decisions: as a list and a file, one by one, written and corrected."""

from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from cordee.governance import actions, policy
from cordee.governance.actions import Said
from cordee.governance.forms import CorrectionForm, DecisionFilter, DecisionForm
from cordee.governance.models import Decision
from cordee.governance.views.scope import body_at, held_meetings, tried
from cordee.meetings.models import Meeting
from cordee.meetings.policy import can_read_minutes
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.listing import ListColumn, Listing

SAID = ("subject", "text", "outcome", "objections")
COLUMNS = (
    ListColumn("subject", pgettext_lazy("decision", "Objet"), attrgetter("subject"), order=("subject__plain",)),
    ListColumn("body", gettext_lazy("Instance"), lambda one: one.body.group.label, order=("body__group__name__plain",)),
    ListColumn("date", gettext_lazy("Date"), attrgetter("decided_on"), order=("decided_on",), kind="date"),
    ListColumn("reference", gettext_lazy("Numéro"), attrgetter("reference"), order=("year", "body", "number")),
    ListColumn("outcome", gettext_lazy("Issue"), lambda one: one.get_outcome_display(), order=("outcome",), wide=True),
    ListColumn("text", gettext_lazy("Décision"), attrgetter("text"), file_only=True),
    ListColumn("objections", gettext_lazy("Objections"), attrgetter("objections"), file_only=True),
)


@require_safe
@requires(signed_in)
def register(request: HttpRequest) -> HttpResponse:
    visible = Decision.objects.visible_to(request.person, on=clock.today())
    years = visible.order_by("-year").values_list("year", flat=True).distinct()
    form = DecisionFilter(request.GET, years=years)
    found = visible.matching(**form.cleaned_data).for_list()
    listing = Listing(request, found, COLUMNS, title=_("Registre des décisions"), form=form)
    return listing.response("governance/register.html", {})


@require_safe
@requires(signed_in)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    shown, today = visible_decision(request, pk), clock.today()
    context = {
        "decision": shown,
        "crumbs": [
            {"label": _("Instances"), "url": reverse("governance:list")},
            {"label": shown.body.group.label, "url": reverse("governance:body", args=[shown.body.key])},
        ],
        "meeting": readable(request, shown.meeting),
        "step": getattr(shown, "adoption", None),
        "may_correct": bool(policy.can_record(request.person, shown.body, on=today)) and not is_frozen(shown),
    }
    return render(request, "governance/decision.html", context)


def visible_decision(request: HttpRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.person, on=clock.today())
    around = visible.select_related("body__group", "meeting__group", "adoption__revision__edition", "recorded_by")
    return get_object_or_404(around, pk=pk)


def is_frozen(decision: Decision) -> bool:
    """A cadre in force rests on it."""
    step = getattr(decision, "adoption", None)
    return step is not None and not step.revision.is_draft


def readable(request: HttpRequest, meeting: Meeting | None) -> Meeting | None:
    """The meeting whose minutes this person may read."""
    today = clock.today()
    if meeting is None or not Meeting.objects.visible_to(request.person, on=today).filter(pk=meeting.pk).exists():
        return None
    return meeting if can_read_minutes(request.person, meeting, on=today) else None


@require_form
@requires(signed_in)
def new(request: HttpRequest, key: str) -> HttpResponse:
    body, today = body_at(key), clock.today()
    enforce(policy.can_record(request.person, body, on=today))
    form = DecisionForm(request.POST or None, meetings=held_meetings(body, on=today))
    if request.method == "POST" and form.is_valid():
        given = {"body": body, "said": said_in(form), **when_in(form), "by": request.person, "on": today}
        if written := tried(form, actions.record_decision, **given):
            announce(request, _("Décision %(reference)s inscrite.") % {"reference": written.reference})
            return redirect("governance:decision", written.pk)
    crumbs = [{"label": body.group.label, "url": reverse("governance:body", args=[key])}]
    context = {"form": form, "crumbs": crumbs, "title": _("Inscrire une décision")}
    return render(request, "governance/decision_form.html", context, status=422 if form.errors else 200)


def said_in(form: Any) -> Said:
    return Said(**{name: form.cleaned_data[name] for name in SAID})


def when_in(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("meeting", "decided_on")}


@require_form
@requires(signed_in)
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    shown, today = visible_decision(request, pk), clock.today()
    enforce(policy.can_record(request.person, shown.body, on=today))
    now = {**{name: getattr(shown, name) for name in SAID}, "seen": shown.version}
    form = CorrectionForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        given = {"decision": shown, "said": said_in(form), "seen": form.cleaned_data["seen"]}
        if tried(form, actions.correct_decision, **given, by=request.person, on=today):
            announce(request, _("Décision corrigée; le journal garde ce qu’elle disait."))
            return redirect("governance:decision", pk)
    crumbs = [{"label": shown.reference, "url": reverse("governance:decision", args=[pk])}]
    context = {"form": form, "crumbs": crumbs, "title": _("Corriger une décision")}
    return render(request, "governance/decision_form.html", context, status=422 if form.errors else 200)
