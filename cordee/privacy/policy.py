"""Who may read the journal, and who keeps what the law asks to be kept about personal information."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import DutyCode, Person
from cordee.values.verdict import YES, Verdict, no

KEEPERS = (DutyCode.COORDINATOR, DutyCode.SECRETARY)


def can_read_journal(person: Person, *, on: date) -> Verdict:
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(_("Le journal se lit à la coordination et au secrétariat de gestion."))
