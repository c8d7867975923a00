"""« Mes renseignements »: what is held about oneself, seen, set right and taken away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.people.models import Person
from cordee.privacy.exports import acts_in_words, copy_as_data, copy_to_read, parts_of
from cordee.privacy.models import WRITTEN, Datum, PrivacyRequest
from cordee.privacy.views.wording import badge_of
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.tabular import as_download

SHOWN = 20
# Where each part is set right, but for what one asks in words.
RECTIFIED = {"people.Affiliation": Datum.EMPLOYMENT}
# What one sets right alone: where.
BY_ONESELF = {
    "people.MailChoice": "people:mail",
    "people.Consent": "people:consents",
    "people.User": "people:my_access",
}


@require_safe
@requires(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    parts = [with_corrections(part) for part in parts_of(request.person, most=SHOWN)]
    own = PrivacyRequest.objects.filter(person=request.person).for_list(on=today)
    asked = [{"request": one, "badge": badge_of(one)} for one in own]
    context = {"parts": parts, "acts": acts_in_words(request.person), "most": SHOWN, "asked": asked}
    return render(request, "privacy/mine.html", context)


def with_corrections(part: dict[str, Any]) -> dict[str, Any]:
    """With where to have it set right: of each datum of the record, else of the part."""
    model = part["model"]
    by_label = _addresses_by_label() if model == "people.Person" else {}
    rows = [[{"item": item, "correct": by_label.get(item.label, "")} for item in row.shown] for row in part["rows"]]
    if model in BY_ONESELF:
        return {**part, "rows": rows, "own": reverse(BY_ONESELF[model]), "open": False}
    by_row = bool(by_label) or model == PrivacyRequest._meta.label
    correct = "" if by_row else _asking(RECTIFIED.get(model, Datum.OTHER), part["title"])
    return {**part, "rows": rows, "own": "", "correct": correct, "open": bool(by_label)}


def _addresses_by_label() -> dict[str, str]:
    labels = {str(Person._meta.get_field(name).verbose_name): _asking(name) for name in WRITTEN}
    return labels | {str(Person._meta.get_field("language").verbose_name): reverse("people:mail")}


def _asking(datum: str, about: str = "") -> str:
    query = {"datum": datum, "about": about} if about and datum == Datum.OTHER else {"datum": datum}
    return reverse("privacy:rectify", query=query)


@require_safe
@requires(signed_in)
def copy_json(request: HttpRequest) -> HttpResponse:
    return as_data(request.person, _("mes-renseignements"))


@require_safe
@requires(signed_in)
def copy_pdf(request: HttpRequest) -> HttpResponse:
    return as_download(copy_to_read(request.person), f"{_('mes-renseignements')}-{clock.today()}.pdf")


def as_data(person: Person, name: str) -> HttpResponse:
    answer = HttpResponse(copy_as_data(person), content_type="application/json")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}-{clock.today()}.json")  # noqa: FBT003
    answer["Cache-Control"] = "private, no-store"
    return answer
