"""Who writes the cadre: the executive committee and those who keep it for them, on the day one asks."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.values.verdict import YES, Verdict, no

# A mandate on the executive committee writes the duty of its name.
WRITERS = ("executive-committee", "coordinator", "secretary")


def can_edit(person: Person, *, on: date) -> Verdict:
    if person.holds(*WRITERS, on=on):
        return YES
    return no(_("Le cadre s’écrit au comité exécutif, avec la coordination et la secrétaire de gestion."))
