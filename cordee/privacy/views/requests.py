"""The register of requests: as a list and a file, one by one, and what came by letter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.people.actions.reading import note_reading
from cordee.people.models import Person
from cordee.people.views.consents import registers
from cordee.privacy import actions
from cordee.privacy.actions import Asked, Requester
from cordee.privacy.actions.letters import answered_in_words, received_in_words
from cordee.privacy.actions.refusals import NothingToCopy
from cordee.privacy.exports import copy_to_read, receipt
from cordee.privacy.forms import RecordForm, RequestFilter
from cordee.privacy.models import COPIED, WRITTEN, Datum, Outcome, PrivacyRequest, RequestKind, RequestState
from cordee.privacy.policy import can_answer, can_keep_requests, can_note, can_withdraw
from cordee.privacy.views.mine import as_data
from cordee.privacy.views.scope import request_at, tried
from cordee.privacy.views.wording import badge_of
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.formats import date_long
from cordee.toolkit.listing import ListColumn, Listing
from cordee.toolkit.tabular import as_download


def answered_on(request: PrivacyRequest) -> Any:
    answer = request.steps["answer"]
    return answer.answered_on if answer else None


COLUMNS = (
    ListColumn(
        "who",
        gettext_lazy("De"),
        lambda one: one.who,
        order=("person__last_name__plain", "name__plain"),
    ),
    ListColumn("kind", gettext_lazy("Sorte"), lambda one: one.get_kind_display(), order=("kind",)),
    ListColumn("state", gettext_lazy("État"), lambda one: badge_of(one)["text"], order=("state",)),
    ListColumn("due", gettext_lazy("Réponse due le"), lambda one: one.last_day, order=("last_day",), kind="date"),
    ListColumn(
        "received",
        gettext_lazy("Reçue le"),
        lambda one: one.received_on,
        order=("received_on",),
        kind="date",
        wide=True,
    ),
    ListColumn("reference", gettext_lazy("Numéro"), lambda one: one.reference, order=("year", "number"), wide=True),
    ListColumn("means", gettext_lazy("Reçue"), lambda one: one.get_means_display(), file_only=True),
    ListColumn("answered", gettext_lazy("Répondue le"), answered_on, kind="date", file_only=True),
    ListColumn("what", gettext_lazy("Ce qui est demandé"), lambda one: one.what, file_only=True),
)


@require_safe
@requires(can_keep_requests)
def register(request: HttpRequest) -> HttpResponse:
    years = PrivacyRequest.objects.order_by("-year").values_list("year", flat=True).distinct()
    form = RequestFilter(request.GET, years=years)
    today = clock.today()
    found = PrivacyRequest.objects.for_list(on=today).matching(**form.cleaned_data)
    listing = Listing(request, found, COLUMNS, title=_("Registre des demandes"), form=form)
    rows = [] if "file" in request.GET else [{"one": one, "badge": badge_of(one)} for one in listing.page]
    return listing.response("privacy/requests.html", {"rows": rows, "views": registers("requests")})


@require_form
@requires(can_keep_requests)
def record(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    people = Person.objects.visible_to(request.person, on=today).unmerged()
    form = RecordForm(request.POST or None, people=people, initial={"language": "fr", "received_on": today})
    if (
        request.method == "POST"
        and form.is_valid()
        and (made := tried(form, actions.record_request, **given_in(form), by=request.person, on=today))
    ):
        announce(request, _("Demande %(reference)s inscrite.") % {"reference": made.reference})
        return redirect("privacy:request", made.pk)
    crumbs = [{"label": _("Registre des demandes"), "url": reverse("privacy:requests")}]
    context = {
        "form": form,
        "title": _("Inscrire une demande reçue"),
        "act": _("Inscrire au registre"),
        "crumbs": crumbs,
    }
    return render(request, "privacy/ask.html", context, status=422 if form.errors else 200)


def given_in(form: RecordForm) -> dict[str, Any]:
    typed = form.cleaned_data
    datum = Datum.OTHER if typed["kind"] == RequestKind.RECTIFICATION else ""
    return {
        "asked": Asked(typed["kind"], typed["what"], datum=datum),
        "requester": Requester(**{name: typed[name] for name in ("person", "name", "email", "language")}),
        "means": typed["means"],
        "received_on": typed["received_on"],
    }


@require_safe
@requires(signed_in)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    asked, today = request_at(request, pk), clock.today()
    own = asked.person_id == request.person.pk
    context = {
        "asked": asked,
        "badge": badge_of(asked),
        "cord": cord_of(asked),
        "said": said_to(asked, get_language() if own else asked.language),
        "own": own,
        "lede": "" if own else asked.who,
        "crumbs": crumbs_for(request),
        **doable(request.person, asked, today),
    }
    return render(request, "privacy/request.html", context)


def said_to(asked: PrivacyRequest, language: str | None) -> list[str]:
    """What who asked was told last, but for the reason of an extension, which stands apart."""
    with override(language):
        return answered_in_words(asked.answer) if asked.steps["answer"] else received_in_words(asked)


def crumbs_for(request: HttpRequest) -> list[dict[str, str]]:
    if can_keep_requests(request.person, on=clock.today()):
        return [{"label": _("Registre des demandes"), "url": reverse("privacy:requests")}]
    return [{"label": _("Mes renseignements"), "url": reverse("privacy:mine")}]


def doable(person: Person, asked: PrivacyRequest, today: Any) -> dict[str, Any]:
    """What may be done of it now."""
    steps = asked.steps
    waits = not steps["answer"] and not steps["withdrawal"]
    answers = waits and bool(can_answer(person, asked, on=today))
    in_time = today <= asked.due_on and not steps["extension"] and asked.kind != RequestKind.COMPLAINT
    noted = asked.kind == RequestKind.RECTIFICATION and steps["answer"] and steps["answer"].outcome != Outcome.GRANTED
    return {
        "may_answer": answers,
        "may_extend": answers and in_time,
        "may_accept": answers and asked.datum in WRITTEN,
        "may_employ": answers and asked.datum == Datum.EMPLOYMENT,
        "may_withdraw": waits and bool(can_withdraw(person, asked, on=today)),
        "may_note": noted and not steps["note"] and bool(can_note(person, asked, on=today)),
        "copies": opens_copies(asked),
    }


def opens_copies(asked: PrivacyRequest) -> bool:
    answer = asked.steps["answer"]
    return asked.kind in COPIED and bool(asked.person_id and answer and answer.outcome != Outcome.REFUSED)


def cord_of(asked: PrivacyRequest) -> list[dict[str, str]]:
    """Received, extended if it was, answered by the last day, or not."""
    steps, late = asked.steps, asked.state == RequestState.LATE  # type: ignore[attr-defined]
    found = [knot(_("Reçue"), asked.get_means_display(), asked.received_on, "done")]
    if steps["extension"]:
        until = _("jusqu’au %(day)s") % {"day": date_long(steps["extension"].until)}
        found.append(knot(_("Délai prolongé"), until, steps["extension"].extended_on, "done"))
    if steps["withdrawal"]:
        return [*found, knot(_("Retirée"), "", steps["withdrawal"].withdrawn_on, "done")]
    if steps["answer"]:
        return [*found, knot(_("Répondue"), steps["answer"].get_outcome_display(), steps["answer"].answered_on, "done")]
    if late:
        found.append(knot(_("Délai passé"), _("tenue pour refusée"), asked.ends_on, "late"))
        return [*found, knot(_("Réponse"), _("due malgré tout"), None, "now")]
    return [*found, knot(_("Réponse"), _("due ce jour-là au plus tard"), asked.ends_on, "now")]


def knot(title: str, detail: str, day: Any, state: str) -> dict[str, str]:
    return {"title": title, "detail": detail, "day": date_long(day) if day else "", "state": state}


@require_safe
@requires(signed_in)
def receipt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    asked = request_at(request, pk)
    return as_download(receipt(asked), f"{_('accuse-de-reception')}-{asked.year}-{asked.number:02d}.pdf")


@require_safe
@requires(signed_in)
def copy_json(request: HttpRequest, pk: int) -> HttpResponse:
    return as_data(copied(request, pk), _("renseignements"))


@require_safe
@requires(signed_in)
def copy_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return as_download(copy_to_read(copied(request, pk)), f"{_('renseignements')}-{clock.today()}.pdf")


def copied(request: HttpRequest, pk: int) -> Person:
    """Whose copy the answer opens; reading it for someone else is an act. Raises NothingToCopy."""
    asked = request_at(request, pk)
    if not opens_copies(asked) or asked.person is None:
        raise NothingToCopy
    note_reading(subject=asked.person, by=request.person)
    return asked.person
