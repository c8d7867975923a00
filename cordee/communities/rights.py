"""What one may do around communities, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.models import DutyCode
from cordee.people.rights import KEEPERS, RUNNING, Right
from cordee.toolkit.contributions import rights

SECRETARY = (DutyCode.SECRETARY,)
GRANT = Right(
    "communities.grant", _("Inscrire une compensation accordée ou des jours de plus"), "communities:list", SECRETARY
)
AGREEMENT = Right(
    "communities.agreement",
    _("Inscrire l’accord d’un supérieur immédiat"),
    "treasury:claim_list",
    SECRETARY,
    (DutyCode.BILLING_OFFICER,),
)
PAUSE = Right(
    "communities.pause", _("Inscrire un temps d’arrêt"), "communities:list", KEEPERS, roles=RUNNING, bodies=False
)


@rights.contribute
def of_communities() -> Iterable[Right]:
    return (GRANT, AGREEMENT, PAUSE)
