"""What one may do with claims and the budget, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.models import DutyCode
from cordee.people.rights import OVERSEERS, Right
from cordee.toolkit.contributions import rights

OF_A_CENTRE = (DutyCode.BILLING_OFFICER, DutyCode.EDUCATIONAL_DIRECTOR, DutyCode.DIRECTOR_GENERAL)
SECRETARY, TREASURER, BILLING = (DutyCode.SECRETARY,), (DutyCode.TREASURER,), (DutyCode.BILLING_OFFICER,)
CLAIMS = "treasury:claim_list"

SEE = Right("claims.see", _("Consulter les réclamations"), CLAIMS, OVERSEERS, OF_A_CENTRE)
OVERSEE = Right("claims.oversee", _("Consulter l’ensemble des réclamations"), CLAIMS, OVERSEERS)
PREPARE = Right("claims.prepare", _("Préparer les réclamations"), CLAIMS, (*SECRETARY, *TREASURER))
SUBMIT = Right("claims.submit", _("Soumettre une réclamation"), CLAIMS, SECRETARY, BILLING)
VERIFY = Right("claims.verify", _("Vérifier une réclamation"), CLAIMS, SECRETARY)
APPROVE = Right("claims.approve", _("Approuver et payer une réclamation"), CLAIMS, TREASURER)
RETURN = Right("claims.return", _("Renvoyer une réclamation"), CLAIMS, (*SECRETARY, *TREASURER))
RECORD = Right("claims.record", _("Inscrire ce que le comité exécutif décide d’une réclamation"), CLAIMS, SECRETARY)
STAFF = Right("claims.staff", _("Répondre du personnel d’une réclamation"), CLAIMS, SECRETARY, BILLING)
REMARKS = Right("budget.remarks", _("Régler les remarques du budget"), CLAIMS, TREASURER)


@rights.contribute
def of_treasury() -> Iterable[Right]:
    return (SEE, OVERSEE, PREPARE, SUBMIT, VERIFY, APPROVE, RETURN, RECORD, STAFF, REMARKS)
