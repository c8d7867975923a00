"""Who may do what with claims. Rights come from duties recorded for that day; a no always says why."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import DutyCode, Person
from cordee.people.rights import MEMBERS
from cordee.treasury.models import Claim, Submission
from cordee.treasury.rights import (
    APPROVE,
    OF_A_CENTRE,
    OVERSEE,
    PREPARE,
    RECORD,
    REMARKS,
    RETURN,
    SEE,
    STAFF,
    SUBMIT,
    VERIFY,
)
from cordee.treasury.rules.codes import (
    CATEGORY_UNKNOWN,
    NOT_A_MEMBER,
    NOT_GRANTED,
    SECOND_SUPPORTED,
    YEARLY_LIMIT,
)
from cordee.values.verdict import Verdict, no

__all__ = ["OF_A_CENTRE"]


def centres_of(person: Person, *, on: date) -> frozenset[int]:
    """The organizations this person acts for, whose claims are theirs to see."""
    standing = person.standing(on)
    return frozenset().union(*(standing.organizations(code) for code in OF_A_CENTRE))


def sees_claims(person: Person, *, on: date) -> Verdict:
    """Overseers see every claim; a centre its own (the queryset decides which)."""
    otherwise = _("Les réclamations se consultent à la trésorerie et dans les centres qu’elles concernent.")
    return SEE.asked(person, on=on, otherwise=otherwise)


def oversees_claims(person: Person, *, on: date) -> Verdict:
    """The whole cooperative’s claims, side by side."""
    otherwise = _("L’ensemble des réclamations se consulte à la coordination, au secrétariat et à la trésorerie.")
    return OVERSEE.asked(person, on=on, otherwise=otherwise)


def prepares_claims(person: Person, *, on: date) -> Verdict:
    otherwise = _("Seuls le secrétariat de gestion et la trésorerie préparent les réclamations.")
    return PREPARE.asked(person, on=on, otherwise=otherwise)


def bills_for(person: Person, organization_id: int, *, on: date) -> bool:
    return organization_id in person.standing(on).organizations(DutyCode.BILLING_OFFICER)


def can_submit(person: Person, claim: Claim, *, on: date) -> Verdict:
    """The organization’s billing officer, or the secretary for a centre that never signs in."""
    otherwise = _("Seule la personne responsable de la facturation du centre, ou le secrétariat pour elle, soumet.")
    return SUBMIT.asked(person, on=on, organization=claim.organization_id, otherwise=otherwise)


def can_verify(person: Person, *, on: date) -> Verdict:
    otherwise = _("Seul le secrétariat de gestion vérifie une réclamation.")
    return VERIFY.asked(person, on=on, otherwise=otherwise)


def is_treasurer(person: Person, *, on: date) -> Verdict:
    otherwise = _("Seule la trésorerie approuve et paie les réclamations.")
    return APPROVE.asked(person, on=on, otherwise=otherwise)


def can_approve(person: Person, submission: Submission | None, *, on: date) -> Verdict:
    """Who acts and in whose name they act, to submit as to approve, are nowhere the same person."""
    verdict = is_treasurer(person, on=on)
    behind = (submission.submitted_by_id, submission.submitted_for_id) if submission else ()
    if person.pk in behind:
        otherwise = _(
            "Vous avez soumis cette réclamation, ou elle l’a été en votre nom : une autre personne doit l’approuver."
        )
        return no(otherwise)
    if verdict.acting and verdict.acting[1] in behind:
        otherwise = _(
            "La personne au nom de qui vous agissez a soumis cette réclamation, ou on l’a soumise en son nom : une "
            "autre personne doit l’approuver."
        )
        return no(otherwise)
    return verdict


def can_return(person: Person, *, on: date) -> Verdict:
    otherwise = _("Seuls le secrétariat de gestion et la trésorerie renvoient une réclamation.")
    return RETURN.asked(person, on=on, otherwise=otherwise)


def can_settle(person: Person, code: str, claim: Claim, group_id: int, *, on: date) -> Verdict:
    """Who settles a flag depends on its rule. Region, day cap and employer are settled by nobody."""
    if code in (YEARLY_LIMIT, NOT_GRANTED):
        return _records_decisions(person, on=on)
    if code in (SECOND_SUPPORTED, CATEGORY_UNKNOWN):
        return _answers_for_staff(person, claim.organization_id, on=on)
    if code == NOT_A_MEMBER:
        return manages(person, group_id, on=on)
    return no(_("Cette règle réduit le montant : personne ne peut y déroger."))


def _records_decisions(person: Person, *, on: date) -> Verdict:
    otherwise = _("Le comité exécutif décide; le secrétariat de gestion inscrit sa décision.")
    return RECORD.asked(person, on=on, otherwise=otherwise)


def _answers_for_staff(person: Person, organization_id: int, *, on: date) -> Verdict:
    otherwise = _("Seule la personne responsable de la facturation de l’employeur, ou le secrétariat, peut l’inscrire.")
    return STAFF.asked(person, on=on, organization=organization_id, otherwise=otherwise)


def manages(person: Person, group_id: int, *, on: date) -> Verdict:
    otherwise = _("Seule la personne responsable-gestionnaire de la communauté confirme ses membres.")
    return MEMBERS.asked(person, on=on, group=group_id, otherwise=otherwise)


def manages_a_group(person: Person, *, on: date) -> Verdict:
    otherwise = _("Seules les personnes responsables-gestionnaires confirment les membres de leur communauté.")
    return MEMBERS.asked(person, on=on, otherwise=otherwise)


def settles_remarks(person: Person, *, on: date) -> Verdict:
    otherwise = _("Seule la trésorerie règle les remarques du budget.")
    return REMARKS.asked(person, on=on, otherwise=otherwise)
