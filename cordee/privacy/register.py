"""The register of processing and the policy: what each app declares, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from cordee.privacy.wording import label_of
from cordee.toolkit.personal_data import Audience, Held, everything_held

FILES = {
    "records": gettext_lazy("Journal, courriels et importations"),
    "people": gettext_lazy("Personnes, affiliations et participations"),
    "reference": gettext_lazy("Cadre de référence"),
    "meetings": gettext_lazy("Rencontres, présences et comptes rendus"),
    "governance": gettext_lazy("Instances, mandats et décisions"),
    "communities": gettext_lazy("Communautés et ententes"),
    "treasury": gettext_lazy("Réclamations et paiements"),
    "charter": gettext_lazy("Documents et scénarios du cadre"),
    "socialaccount": gettext_lazy("Entrée par le service d’une organisation"),
    "privacy": gettext_lazy("Protection des renseignements"),
}


@dataclass(frozen=True, slots=True)
class Processing:
    """One line of the register: the information, why, by what right, who sees it, how long, what then."""

    fields: str
    purpose: str
    ground: str
    seen_by: str
    keeping: str
    after: str


@dataclass(frozen=True, slots=True)
class File:
    """The lines of one part of the house, which has the name of what people do there."""

    title: str
    lines: list[Processing]


def files() -> list[File]:
    """No query: it is made of the code."""
    made: dict[str, list[Processing]] = {}
    for held in everything_held():
        made.setdefault(of_app(held), []).append(_line(held))
    return [File(title, lines) for title, lines in made.items()]


def of_app(held: Held) -> str:
    """The part of the house it belongs to."""
    return str(FILES[held.model.partition(".")[0]])


def fields_of(held: Held) -> str:
    """`Prénom, nom, adresse courriel`."""
    return capfirst(", ".join(dict.fromkeys(_names(held))))


def audiences() -> list[str]:
    """Everyone who sees something, once each, in the order of the declaration."""
    seen = {one for held in everything_held() for one in held.seen_by}
    return [str(one.label) for one in Audience if one in seen]


def _line(held: Held) -> Processing:
    return Processing(
        fields_of(held),
        str(held.purpose),
        str(held.ground.label),
        ", ".join(str(one.label) for one in held.seen_by),
        str(held.keeping.text),
        str(held.keeping.after.label),
    )


def _names(held: Held) -> Iterator[str]:
    model = apps.get_model(held.model)
    for name in held.fields:
        yield label_of(model._meta.get_field(name))
