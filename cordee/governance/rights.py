"""What one may do around bodies, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.models import DutyCode
from cordee.people.rights import KEEPERS, RUNNING, Right
from cordee.toolkit.contributions import rights

REGISTER = Right(
    "governance.register",
    _("Inscrire les décisions d’une instance"),
    "governance:register",
    KEEPERS,
    roles=RUNNING,
    bodies=True,
)
COMMITTEE = Right(
    "governance.committee",
    _("Inscrire les décisions du comité exécutif"),
    "governance:register",
    (*KEEPERS, DutyCode.EXECUTIVE_COMMITTEE),
)
# It gives duties: whoever names does so in their own name.
NAME = Right("governance.name", _("Nommer à un siège d’une instance"), "governance:list", KEEPERS, is_lent=False)


@rights.contribute
def of_governance() -> Iterable[Right]:
    return (REGISTER, COMMITTEE, NAME)
