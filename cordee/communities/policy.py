"""Who records the decisions and agreements that settle what the rules hold back."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.communities.models import Community
from cordee.meetings.policy import runs
from cordee.people.models import Affiliation, Person
from cordee.values.verdict import YES, Verdict, no


def records_committee_decisions(person: Person, *, on: date) -> Verdict:
    """The executive committee decides a grant or more days; the secretary writes its decision down."""
    if person.holds("secretary", on=on):
        return YES
    return no(_("Le comité exécutif décide; le secrétariat de gestion inscrit sa décision."))


def can_record_agreement(recorder: Person, person: Person, *, on: date) -> Verdict:
    """The immediate superior belongs to the employer: its billing officer records the agreement, or the secretary."""
    if recorder.holds("secretary", on=on):
        return YES
    billed = recorder.standing(on).organizations("billing-officer")
    if billed and Affiliation.objects.current(on).filter(person=person, organization__in=billed).exists():
        return YES
    return no(_("Seule la personne responsable de la facturation de l’employeur, ou le secrétariat, l’inscrit."))


def can_pause(person: Person, community: Community, *, on: date) -> Verdict:
    """Write down what a pause concluded, and propose the change of plan that follows."""
    if runs(person, community.group_id, on=on):
        return YES
    return no(_("Le temps d’arrêt est inscrit par ceux qui animent la communauté, la coordination ou la secrétaire."))
