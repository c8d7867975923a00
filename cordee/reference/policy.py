"""Who writes the cadre: the executive committee and those who keep it for them, on the day one asks."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.reference.rights import EDIT
from cordee.values.verdict import Verdict


def can_edit(person: Person, *, on: date) -> Verdict:
    otherwise = _("Le cadre s’écrit au comité exécutif, avec la coordination et la secrétaire de gestion.")
    return EDIT.asked(person, on=on, otherwise=otherwise)
