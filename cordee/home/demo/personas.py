"""The people one can be in the demonstration."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person

DOMAIN = ".exemple.test"
ENGLISH = {"facturation-riverside"}


class Persona(NamedTuple):
    key: str
    person: Person
    label: str | Promise

    @property
    def reads_english(self) -> bool:
        return self.key in ENGLISH


PERSONAS: tuple[tuple[str, str, str | Promise], ...] = (
    ("coordonnatrice", "solene.belleprise@crdp", _("Coordonnatrice de la coopérative")),
    ("secretaire", "blandine.cordelette@crdp", _("Secrétaire de gestion")),
    ("tresorier", "gaspard.relais@hautes-rivieres", _("Trésorier")),
    ("facturation", "flavie.ressaut@patriotes", _("Responsable de la facturation, CSS des Patriotes")),
    ("facturation-riverside", "fiona.crag@riverside", _("Responsable de la facturation, CS Riverside (en anglais)")),
    ("responsable", "helene.surplomb@patriotes", _("Responsable-gestionnaire, 41-Inclusion")),
    ("repondante", "josee.bivouac@marie-victorin", _("Répondante professionnelle, 18-TC-TRP")),
    ("participante", "delphine.arete@patriotes", _("Participante, 41-Inclusion et 18-TC-TRP")),
    ("direction", "leopold.hautecime@patriotes", _("Directeur général, CSS des Patriotes")),
)


def personas() -> list[Persona]:
    """(key, person, label) of each, in the order they are shown; one query. Empty until the year is loaded."""
    addresses = [address + DOMAIN for _key, address, _label in PERSONAS]
    found = {person.email: person for person in Person.objects.filter(email__in=addresses).select_related("user")}
    return [
        Persona(key, found[address + DOMAIN], label) for key, address, label in PERSONAS if address + DOMAIN in found
    ]
