"""Who may do what with claims. Rights come from duties recorded for that day; a no always says why."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.treasury.models import Claim, Submission
from cordee.treasury.rules.codes import (
    CATEGORY_UNKNOWN,
    NOT_A_MEMBER,
    NOT_GRANTED,
    SECOND_SUPPORTED,
    YEARLY_LIMIT,
)
from cordee.values.verdict import YES, Verdict, no

OF_A_CENTRE = ("billing-officer", "educational-director", "director-general")


def centres_of(person: Person, *, on: date) -> frozenset[int]:
    """The organizations this person acts for, whose claims are theirs to see."""
    standing = person.standing(on)
    return frozenset().union(*(standing.organizations(code) for code in OF_A_CENTRE))


def sees_claims(person: Person, *, on: date) -> Verdict:
    """Overseers see every claim; a centre its own (the queryset decides which)."""
    if person.oversees(on=on) or person.holds(*OF_A_CENTRE, on=on):
        return YES
    return no(_("Les réclamations se consultent à la trésorerie et dans les centres qu’elles concernent."))


def oversees_claims(person: Person, *, on: date) -> Verdict:
    """The whole cooperative’s claims, side by side."""
    if person.oversees(on=on):
        return YES
    return no(_("L’ensemble des réclamations se consulte à la coordination, au secrétariat et à la trésorerie."))


def prepares_claims(person: Person, *, on: date) -> Verdict:
    if person.holds("secretary", "treasurer", on=on):
        return YES
    return no(_("Seuls le secrétariat de gestion et la trésorerie préparent les réclamations."))


def bills_for(person: Person, organization_id: int, *, on: date) -> bool:
    return organization_id in person.standing(on).organizations("billing-officer")


def can_submit(person: Person, claim: Claim, *, on: date) -> Verdict:
    """The organization’s billing officer, or the secretary for a centre that never signs in."""
    if bills_for(person, claim.organization_id, on=on) or person.holds("secretary", on=on):
        return YES
    return no(_("Seule la personne responsable de la facturation du centre, ou le secrétariat pour elle, soumet."))


def can_verify(person: Person, *, on: date) -> Verdict:
    if person.holds("secretary", on=on):
        return YES
    return no(_("Seul le secrétariat de gestion vérifie une réclamation."))


def is_treasurer(person: Person, *, on: date) -> Verdict:
    if person.holds("treasurer", on=on):
        return YES
    return no(_("Seule la trésorerie approuve et paie les réclamations."))


def can_approve(person: Person, submission: Submission | None, *, on: date) -> Verdict:
    if submission and submission.submitted_by_id == person.pk:
        return no(_("Vous avez soumis cette réclamation : une autre personne doit l’approuver."))
    return is_treasurer(person, on=on)


def can_return(person: Person, *, on: date) -> Verdict:
    if person.holds("secretary", "treasurer", on=on):
        return YES
    return no(_("Seuls le secrétariat de gestion et la trésorerie renvoient une réclamation."))


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
    if person.holds("secretary", on=on):
        return YES
    return no(_("Le comité exécutif décide; le secrétariat de gestion inscrit sa décision."))


def _answers_for_staff(person: Person, organization_id: int, *, on: date) -> Verdict:
    if bills_for(person, organization_id, on=on) or person.holds("secretary", on=on):
        return YES
    return no(_("Seule la personne responsable de la facturation de l’employeur, ou le secrétariat, peut l’inscrire."))


def manages(person: Person, group_id: int, *, on: date) -> Verdict:
    if group_id in person.standing(on).groups("responsible-manager"):
        return YES
    return no(_("Seule la personne responsable-gestionnaire de la communauté confirme ses membres."))


def manages_a_group(person: Person, *, on: date) -> Verdict:
    if person.standing(on).groups("responsible-manager"):
        return YES
    return no(_("Seules les personnes responsables-gestionnaires confirment les membres de leur communauté."))


def settles_remarks(person: Person, *, on: date) -> Verdict:
    if person.holds("treasurer", on=on):
        return YES
    return no(_("Seule la trésorerie règle les remarques du budget."))
