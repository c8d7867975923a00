"""Who may do what with persons and groups."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.values.verdict import YES, Verdict, no


def can_merge(person: Person, *, on: date) -> Verdict:
    if person.holds("coordinator", "secretary", on=on):
        return YES
    return no(_("Seules la coordination et la secrétaire de gestion réunissent deux fiches."))
