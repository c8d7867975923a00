"""What leaves the registers: copies of what is held on someone, a notice of receipt, an incident for the Commission,
the money that a plan of retention left as it was."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.privacy.actions.letters import received_in_words
from cordee.privacy.holdings import Item, about, acts_of
from cordee.privacy.models import FIELDS, Incident, PrivacyRequest, RetentionRun
from cordee.privacy.register import fields_of, of_app
from cordee.toolkit import clock
from cordee.toolkit.documents import pdf
from cordee.toolkit.formats import date_long
from cordee.toolkit.tabular import Column, Sheet
from cordee.treasury.models import Submission
from cordee.treasury.models.periods import period_label
from cordee.values.money import from_cents


def copy_as_data(person: Person) -> bytes:
    """Structured and commonly used (A-2.1, s. 84): one list for each table, its fields by their names."""
    tables = [
        {"table": one.held.model, "purpose": str(one.held.purpose), "rows": [row.raw for row in one.rows]}
        for one in about(person)
    ]
    acts = [{"table": held.model, "purpose": str(held.purpose), "count": count} for held, count in acts_of(person)]
    copy = {"person": person.pk, "made_at": clock.now(), "tables": tables, "acts": acts}
    return json.dumps(copy, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def copy_to_read(person: Person) -> bytes:
    """The same, as a PDF: everything, whatever the page leaves out."""
    data = {
        "title": _("Renseignements détenus"),
        "lede": _("Ce que la coopérative détient sur %(name)s, le %(day)s.")
        % {"name": person.full_name, "day": date_long(clock.today())},
        "parts": [
            {**part, "rows": [[_item(item) for item in row.shown] for row in part["rows"]]} for part in parts_of(person)
        ],
        "cooperative": cooperative(),
        "acts_title": _("Ce que la personne a fait"),
        "acts": [[one["title"], str(one["count"])] for one in acts_in_words(person)],
    }
    return pdf("privacy/typst/mine.typ", data, at=clock.now())


def parts_of(person: Person, *, most: int | None = None) -> list[dict[str, Any]]:
    return [
        {
            "model": one.held.model,
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


def cooperative() -> str:
    return _("Coopérative régionale de développement professionnel de la Montérégie et de l’Estrie")


def receipt(request: PrivacyRequest) -> bytes:
    """The notice of receipt, in the language of the request."""
    with translation.override(request.language):
        facts = [
            (_("Demande"), request.reference),
            (_("De"), request.who),
            (_("Sorte"), request.get_kind_display()),
            (_("Reçue"), request.get_means_display()),
        ]
        data = {
            "title": _("Accusé de réception"),
            "lede": _("Demande reçue le %(day)s.") % {"day": date_long(request.received_on)},
            "facts": [[label, str(value)] for label, value in facts],
            "paragraphs": [*received_in_words(request), *_who_answers()],
            "cooperative": cooperative(),
        }
        return pdf("privacy/typst/receipt.typ", data, at=clock.now())


def _who_answers() -> Iterable[str]:
    if settings.PRIVACY_OFFICER and settings.PRIVACY_CONTACT:
        words = {"officer": settings.PRIVACY_OFFICER, "contact": settings.PRIVACY_CONTACT}
        yield _("Personne responsable : %(officer)s, %(contact)s.") % words


@translation.override("fr")
def incident_for_commission(incident: Incident) -> bytes:
    """What the register says of an incident, field by field (r. 3.1, s. 7 and 8); in French, as it is sent."""
    titles = field_titles()
    data = {
        "title": _("Incident de confidentialité %(reference)s") % {"reference": incident.reference},
        "lede": _("Copie du registre des incidents, le %(day)s (A-2.1, art. 63.11).")
        % {"day": date_long(clock.today())},
        "parts": [
            {"title": f"{rank}. {titles[rank]}", "facts": [item[:2] for item in said_of(incident, rank)]}
            for rank in FIELDS
        ],
        "cooperative": settings.PRIVACY_BODY or cooperative(),
        "nothing": _("Rien d’inscrit."),
    }
    return pdf("privacy/typst/incident.typ", data, at=clock.now())


def field_titles() -> dict[int, str]:
    """What the regulation asks, field by field."""
    return {
        1: _("Renseignements visés"),
        2: _("Circonstances"),
        3: _("Quand il est survenu"),
        4: _("Quand il a été connu"),
        5: _("Personnes concernées"),
        6: _("Évaluation du risque"),
        7: _("Avis donnés"),
        8: _("Mesures prises"),
    }


def said_of(incident: Incident, rank: int) -> list[Item]:
    """What one field says, in words; what is empty is left out. What is written in the register is in French."""
    found = []
    for name in FIELDS[rank]:
        field = incident._meta.get_field(name)
        if said := in_words(incident, name, getattr(incident, name)):
            language = "fr" if field.get_internal_type() == "TextField" else ""
            found.append(Item(capfirst(str(field.verbose_name)), said, language))  # type: ignore[union-attr]
    return found


def in_words(incident: Incident, name: str, value: Any) -> str:
    """A value of the register; « no » of an approximation is nothing to say."""
    if isinstance(value, bool):
        return _("oui") if value else (_("non") if name == "is_serious" else "")
    if isinstance(value, date):
        return date_long(value)
    choices = dict(incident._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, "" if value is None else value))


def money_sheet(run: RetentionRun) -> Sheet:
    """One row for each submission that was frozen when the run was confirmed. One query."""
    found = Submission.objects.filter(pk__in=[int(key) for key in run.before]).order_by("claim__year", "claim", "pk")
    columns = [
        Column(_("Réclamation")),
        Column(_("Organisation")),
        Column(_("Année scolaire")),
        Column(_("Période")),
        Column(_("Lignes avant"), "number"),
        Column(_("Lignes après"), "number"),
        Column(_("Avant"), "money"),
        Column(_("Après"), "money"),
    ]
    rows = (_row(run, one) for one in found.select_related("claim__organization"))
    return Sheet(_("Montants figés"), columns, rows, notes=[run.reference])


def _row(run: RetentionRun, submission: Submission) -> list[object]:
    claim, key = submission.claim, str(submission.pk)
    (lines, cents), (lines_after, cents_after) = run.before[key], run.after.get(key, [0, 0])
    return [
        claim.reference,
        claim.organization.name,
        claim.year,
        period_label(claim.period),
        lines,
        lines_after,
        from_cents(cents),
        from_cents(cents_after),
    ]
