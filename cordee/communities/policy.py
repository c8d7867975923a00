"""Who records the decisions and agreements that settle what the rules hold back."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.communities.models import Community
from cordee.communities.rights import AGREEMENT, GRANT, PAUSE
from cordee.people.models import Affiliation, Person
from cordee.values.verdict import Verdict


def records_committee_decisions(person: Person, *, on: date) -> Verdict:
    """The executive committee decides a grant or more days; the secretary writes its decision down."""
    otherwise = _("Le comité exécutif décide; le secrétariat de gestion inscrit sa décision.")
    return GRANT.asked(person, on=on, otherwise=otherwise)


def can_record_agreement(recorder: Person, person: Person, *, on: date) -> Verdict:
    """The immediate superior belongs to the employer: its billing officer records the agreement, or the secretary."""
    employers = Affiliation.objects.current(on).filter(person=person).order_by().values_list("organization", flat=True)
    otherwise = _("Seule la personne responsable de la facturation de l’employeur, ou le secrétariat, l’inscrit.")
    return AGREEMENT.asked(recorder, on=on, organization=employers.first() or 0, otherwise=otherwise)


def can_pause(person: Person, community: Community, *, on: date) -> Verdict:
    """Write down what a pause concluded, and propose the change of plan that follows."""
    otherwise = _("Le temps d’arrêt est inscrit par ceux qui animent la communauté, la coordination ou la secrétaire.")
    return PAUSE.asked(person, on=on, group=community.group_id, otherwise=otherwise)
