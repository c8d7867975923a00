"""Who freezes the document of a cadre that came into force (who writes the cadre), and who asks « et si? »."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.reference.policy import can_edit
from cordee.reference.policy import can_edit as can_freeze
from cordee.values.verdict import YES, Verdict, no

__all__ = ["can_freeze", "can_simulate"]


def can_simulate(person: Person, *, on: date) -> Verdict:
    """Those who write the cadre, and the treasurer."""
    if person.holds("treasurer", on=on) or can_edit(person, on=on):
        return YES
    return no(_("Les simulations se font au comité exécutif, à la coordination, au secrétariat et à la trésorerie."))
