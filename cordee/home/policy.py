"""Who may read what the house sends."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import DutyCode, Person
from cordee.values.verdict import YES, Verdict, no


def can_read_mail(person: Person, *, on: date) -> Verdict:
    if person.holds(DutyCode.COORDINATOR, DutyCode.SECRETARY, on=on):
        return YES
    return no(_("Les courriels envoyés se lisent à la coordination et au secrétariat de gestion."))
