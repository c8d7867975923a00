"""Who may change records of persons. Rights come from duties and from roles in groups, on the day one asks."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import DutyCode, MembershipRole, Person
from cordee.values.verdict import YES, Verdict, no

KEEPERS = (DutyCode.COORDINATOR, DutyCode.SECRETARY)


def can_create_person(person: Person, *, on: date) -> Verdict:
    """Whoever runs a group meets people nobody had recorded yet."""
    running = (MembershipRole.RESPONSIBLE_MANAGER, MembershipRole.LIAISON, MembershipRole.COORDINATOR)
    if person.holds(*KEEPERS, on=on) or person.standing(on).groups(*running):
        return YES
    return no(_("Une fiche est créée par ceux qui animent un groupe, la coordination ou la secrétaire de gestion."))


def can_merge(person: Person, *, on: date) -> Verdict:
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(_("Deux fiches sont réunies par la coordination ou la secrétaire de gestion."))
