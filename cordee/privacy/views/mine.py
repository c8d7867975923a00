"""« Mes renseignements »: what is held about oneself, seen and taken away."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.people.models import Person
from cordee.privacy.holdings import Item, about, acts_of
from cordee.privacy.register import fields_of, of_app
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.documents import pdf
from cordee.toolkit.formats import date_long
from cordee.toolkit.tabular import as_download

SHOWN = 20


@require_safe
@requires(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    context = {"parts": parts_of(request.person, most=SHOWN), "acts": acts_in_words(request.person), "most": SHOWN}
    return render(request, "privacy/mine.html", context)


@require_safe
@requires(signed_in)
def copy_json(request: HttpRequest) -> HttpResponse:
    """Structured and commonly used (A-2.1, s. 84): one list for each table, its fields by their names."""
    person = request.person
    tables = [
        {"table": one.held.model, "purpose": str(one.held.purpose), "rows": [row.raw for row in one.rows]}
        for one in about(person)
    ]
    acts = [{"table": held.model, "purpose": str(held.purpose), "count": count} for held, count in acts_of(person)]
    copy = {"person": person.pk, "made_at": clock.now(), "tables": tables, "acts": acts}
    answer = HttpResponse(
        json.dumps(copy, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2), content_type="application/json"
    )
    answer["Content-Disposition"] = content_disposition_header(True, f"{_name()}.json")  # noqa: FBT003
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@requires(signed_in)
def copy_pdf(request: HttpRequest) -> HttpResponse:
    """The same, to read: everything, whatever the page leaves out."""
    person = request.person
    data = {
        "title": _("Mes renseignements"),
        "lede": _("Ce que la coopérative détient sur %(name)s, le %(day)s.")
        % {"name": person.full_name, "day": date_long(clock.today())},
        "parts": [
            {**part, "rows": [[_item(item) for item in row.shown] for row in part["rows"]]} for part in parts_of(person)
        ],
        "cooperative": _("Coopérative régionale de développement professionnel de la Montérégie et de l’Estrie"),
        "acts_title": _("Ce que vous avez fait"),
        "acts": [[one["title"], str(one["count"])] for one in acts_in_words(person)],
    }
    return as_download(pdf("privacy/typst/mine.typ", data, at=clock.now()), f"{_name()}.pdf")


def parts_of(person: Person, *, most: int | None = None) -> list[dict[str, Any]]:
    return [
        {
            "file": of_app(one.held),
            "fields": fields_of(one.held),
            "title": capfirst(one.held.purpose),
            "keeping": str(one.held.keeping.text),
            "count": len(one.rows),
            "rows": one.rows[:most],
        }
        for one in about(person)
    ]


def acts_in_words(person: Person) -> list[dict[str, Any]]:
    return [{"title": capfirst(held.purpose), "count": count} for held, count in acts_of(person)]


def _item(item: Item) -> dict[str, Any]:
    return {"label": item.label, "said": {"text": item.value, "language": item.language or get_language()}}


def _name() -> str:
    return f"{_('mes-renseignements')}-{clock.today()}"
