"""Who may change records of persons. Rights come from duties and from roles in groups, on the day one asks."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import Affiliation, Delegation, Duty, DutyCode, Group, Organization, Person, User
from cordee.people.rights import (
    ACCOUNTS,
    CONFIRM,
    CONSENTS,
    CORRECT,
    CREATE,
    DEPARTURES,
    DUTIES,
    EMPLOYMENT,
    KEEPERS,
    MEMBERS,
    MERGE,
    OVERSEERS,
    SEE_RIGHTS,
)
from cordee.values.verdict import YES, Verdict, no

# Who moves money or administers: a password alone does not open their session.
NEEDS_SECOND_FACTOR = (*OVERSEERS, DutyCode.BILLING_OFFICER)
# Nobody gives these alone: who records one, and another who confirms it.
TO_CONFIRM = OVERSEERS
# Who approves and pays neither keeps the accounts of others nor submits or verifies what they pay.
APART_FROM_TREASURER = (*KEEPERS, DutyCode.BILLING_OFFICER)


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
    otherwise = _("Les consentements se lisent à la coordination et au secrétariat de gestion. Demandez-leur.")
    return CONSENTS.asked(person, on=on, otherwise=otherwise)


def can_open_accounts(person: Person, *, on: date) -> Verdict:
    otherwise = _("Les comptes sont ouverts et fermés par la coordination ou la secrétaire de gestion. Écrivez-leur.")
    return ACCOUNTS.asked(person, on=on, otherwise=otherwise)


def can_close_account(person: Person, subject: Person, *, on: date) -> Verdict:
    """Somebody else’s: one who closes their own account could not open it again."""
    if person.pk == subject.pk:
        return no(_("C’est votre propre compte : demandez à l’autre personne qui ouvre les comptes."))
    return can_open_accounts(person, on=on)


def can_untie(person: Person, *, only_way: bool, on: date) -> Verdict:
    """One’s own tie to the provider of one’s organization, unless that is the only way its people come in."""
    if only_way:
        return no(_("Votre organisation n’a que cette façon d’entrer : sans elle, votre compte ne s’ouvrirait plus."))
    return YES


def can_create_person(person: Person, *, on: date) -> Verdict:
    """Whoever runs a group meets people nobody had recorded yet."""
    otherwise = _("Une fiche est créée par ceux qui animent un groupe, la coordination ou la secrétaire de gestion.")
    return CREATE.asked(person, on=on, otherwise=otherwise)


def can_correct_person(person: Person, *, on: date) -> Verdict:
    """Whoever keeps the directory; people see what is held about them and ask (Law 25, right of rectification)."""
    otherwise = _(
        "Une fiche est corrigée par la coordination ou la secrétaire de gestion. Écrivez-leur ce qui est à changer."
    )
    return CORRECT.asked(person, on=on, otherwise=otherwise)


def can_merge(person: Person, *, on: date) -> Verdict:
    otherwise = _("Deux fiches sont réunies par la coordination ou la secrétaire de gestion.")
    return MERGE.asked(person, on=on, otherwise=otherwise)


def can_correct_affiliation(person: Person, affiliation: Affiliation, *, on: date) -> Verdict:
    """The employer’s billing officer, or the secretary."""
    otherwise = _("Seule la personne responsable de la facturation de l’employeur, ou le secrétariat, corrige.")
    return EMPLOYMENT.asked(person, on=on, organization=affiliation.organization_id, otherwise=otherwise)


def can_record_employers(person: Person, *, on: date) -> Verdict:
    otherwise = _("Un employeur est inscrit par sa responsable de la facturation ou la secrétaire de gestion.")
    return EMPLOYMENT.asked(person, on=on, otherwise=otherwise)


def can_record_employer(person: Person, organization: Organization, *, on: date) -> Verdict:
    """The billing officer of the organization one enters, or the secretary."""
    otherwise = _("Un employeur est inscrit par sa responsable de la facturation ou la secrétaire de gestion.")
    return EMPLOYMENT.asked(person, on=on, organization=organization.pk, otherwise=otherwise)


def can_confirm_member(person: Person, group: Group, *, on: date) -> Verdict:
    """The manager who leads the community."""
    otherwise = _("Seule la personne responsable-gestionnaire de la communauté confirme ses membres.")
    return MEMBERS.asked(person, on=on, group=group.pk, otherwise=otherwise)


def can_see_rights(person: Person, *, on: date) -> Verdict:
    """Who may do what in the cooperative; everyone sees what they may do themselves."""
    otherwise = _(
        "Qui peut faire quoi se consulte à la coordination, au secrétariat et à la trésorerie. Demandez-le-leur."
    )
    return SEE_RIGHTS.asked(person, on=on, otherwise=otherwise)


def can_see_rights_of(person: Person, subject: Person, *, on: date) -> Verdict:
    return YES if person.pk == subject.pk else can_see_rights(person, on=on)


def can_keep_duties(person: Person, *, on: date) -> Verdict:
    """Never by delegation: who gives rights does so in their own name."""
    otherwise = _("Les fonctions sont inscrites par la coordination ou la secrétaire de gestion, en leur propre nom.")
    return DUTIES.asked(person, on=on, otherwise=otherwise)


def can_record_duty(person: Person, subject: Person, *, on: date) -> Verdict:
    """Somebody else’s: nobody gives rights to themselves."""
    if person.pk == subject.pk:
        return no(_("Nul ne s’attribue une fonction : demandez-le à l’autre personne qui les inscrit."))
    return can_keep_duties(person, on=on)


def can_confirm_duty(person: Person, duty: Duty, *, on: date) -> Verdict:
    """Another person who oversees the cooperative than who recorded it and who would hold it."""
    if person.pk in (duty.recorded_by_id, duty.person_id):
        return no(_("Une fonction est confirmée par une autre personne que celle qui l’a inscrite et qui l’aurait."))
    otherwise = _("Une fonction est confirmée par la coordination, la secrétaire de gestion ou la trésorerie.")
    return CONFIRM.asked(person, on=on, otherwise=otherwise)


def can_withdraw_delegation(person: Person, delegation: Delegation, *, on: date) -> Verdict:
    """Its holder takes it back, who received it gives it back; who keeps the duties stops it."""
    if person.pk in (delegation.delegator_id, delegation.delegate_id):
        return YES
    return can_keep_duties(person, on=on)


def can_merge_records(person: Person, kept: Person, absorbed: Person, *, on: date) -> Verdict:
    """Never one’s own record, nor so that the duties of one meet the account of the other: what moves gives rights."""
    if person.pk in (kept.pk, absorbed.pk):
        return no(_("C’est votre propre fiche : demandez à l’autre personne qui réunit les fiches."))
    graver = [one for one in (kept, absorbed) if one.holds(*NEEDS_SECOND_FACTOR, on=on)]
    others = {kept.pk, absorbed.pk} - {one.pk for one in graver}
    if len(graver) == 2 or (graver and User.objects.filter(person__in=others).exists()):
        return no(_("L’une de ces fiches tient une fonction et l’autre a un compte : finissez d’abord la fonction."))
    return can_merge(person, on=on)


def can_record_departures(person: Person, *, on: date) -> Verdict:
    otherwise = _("Un départ est inscrit par la facturation de l’employeur, la coordination ou la secrétaire.")
    return DEPARTURES.asked(person, on=on, otherwise=otherwise)


def can_record_departure(person: Person, affiliation: Affiliation, *, on: date) -> Verdict:
    """The employer’s billing officer or a keeper; a keeper alone for who holds a duty of the cooperative."""
    if person.pk == affiliation.person_id:
        return no(_("C’est votre propre départ : demandez à la secrétaire de gestion de l’inscrire."))
    otherwise = _("Un départ est inscrit par la facturation de l’employeur, la coordination ou la secrétaire.")
    verdict = DEPARTURES.asked(person, on=on, organization=affiliation.organization_id, otherwise=otherwise)
    if not verdict or person.holds(*KEEPERS, on=on):
        return verdict
    if Duty.objects.current(on).filter(person=affiliation.person_id, organization=None).exists():
        return no(_("Cette personne tient une fonction de la coopérative : la secrétaire inscrit son départ."))
    return verdict


def can_oversee_duties(person: Person, *, on: date) -> Verdict:
    """See one in full, to confirm it or to write its end."""
    otherwise = _("Les fonctions se consultent à la coordination, au secrétariat de gestion et à la trésorerie.")
    return CONFIRM.asked(person, on=on, otherwise=otherwise)
