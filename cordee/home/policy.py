"""Who may read what the house sends."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.home.rights import MAIL
from cordee.people.models import Person
from cordee.values.verdict import Verdict


def can_read_mail(person: Person, *, on: date) -> Verdict:
    otherwise = _("Les courriels envoyés se lisent à la coordination et au secrétariat de gestion.")
    return MAIL.asked(person, on=on, otherwise=otherwise)
