"""Who may change records of persons. Rights come from duties and from roles in groups, on the day one asks."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import Affiliation, DutyCode, Group, MembershipRole, Person
from cordee.values.verdict import YES, Verdict, no

KEEPERS = (DutyCode.COORDINATOR, DutyCode.SECRETARY)
# Who moves money or administers: a password alone does not open their session.
NEEDS_SECOND_FACTOR = (*KEEPERS, DutyCode.TREASURER, DutyCode.BILLING_OFFICER)


def needs_second_factor(person: Person, *, on: date) -> bool:
    return person.holds(*NEEDS_SECOND_FACTOR, on=on)


def own_account(person: Person, *, on: date) -> Verdict:
    """One’s own way in, open to whoever has an account, even before a second factor is set up."""
    return YES


def can_consent(person: Person, subject: Person, *, on: date) -> Verdict:
    """For oneself only: nobody consents for another."""
    if person.pk == subject.pk:
        return YES
    return no(_("Un consentement vient de la personne elle-même."))


def can_read_consents(person: Person, *, on: date) -> Verdict:
    """Who must ask before they act."""
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(_("Les consentements se lisent à la coordination et au secrétariat de gestion. Demandez-leur."))


def can_open_accounts(person: Person, *, on: date) -> Verdict:
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(_("Les comptes sont ouverts et fermés par la coordination ou la secrétaire de gestion. Écrivez-leur."))


def can_close_account(person: Person, subject: Person, *, on: date) -> Verdict:
    """Somebody else’s: one who closes their own account could not open it again."""
    if person.pk == subject.pk:
        return no(_("C’est votre propre compte : demandez à l’autre personne qui ouvre les comptes."))
    return can_open_accounts(person, on=on)


def can_create_person(person: Person, *, on: date) -> Verdict:
    """Whoever runs a group meets people nobody had recorded yet."""
    running = (MembershipRole.RESPONSIBLE_MANAGER, MembershipRole.LIAISON, MembershipRole.COORDINATOR)
    if person.holds(*KEEPERS, on=on) or person.standing(on).groups(*running):
        return YES
    return no(_("Une fiche est créée par ceux qui animent un groupe, la coordination ou la secrétaire de gestion."))


def can_correct_person(person: Person, *, on: date) -> Verdict:
    """Whoever keeps the directory; people see what is held about them and ask (Law 25, right of rectification)."""
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(
        _("Une fiche est corrigée par la coordination ou la secrétaire de gestion. Écrivez-leur ce qui est à changer.")
    )


def can_merge(person: Person, *, on: date) -> Verdict:
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(_("Deux fiches sont réunies par la coordination ou la secrétaire de gestion."))


def can_correct_affiliation(person: Person, affiliation: Affiliation, *, on: date) -> Verdict:
    """The employer’s billing officer, or the secretary."""
    billed = person.standing(on).organizations("billing-officer")
    if person.holds("secretary", on=on) or affiliation.organization_id in billed:
        return YES
    return no(_("Seule la personne responsable de la facturation de l’employeur, ou le secrétariat, corrige."))


def can_confirm_member(person: Person, group: Group, *, on: date) -> Verdict:
    """The manager who leads the community."""
    if group.pk in person.standing(on).groups("responsible-manager"):
        return YES
    return no(_("Seule la personne responsable-gestionnaire de la communauté confirme ses membres."))
