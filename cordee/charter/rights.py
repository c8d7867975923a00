"""What one may do with simulations and the timeline, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.models import DutyCode
from cordee.people.rights import KEEPERS, OVERSEERS, Right
from cordee.reference.rights import WRITERS
from cordee.toolkit.contributions import rights

SIMULATE = Right("charter.simulate", _("Simuler un autre cadre"), "reference:current", (*WRITERS, DutyCode.TREASURER))
REMIND = Right("charter.remind", _("Relancer les retardataires de l’échéancier"), "charter:timeline", OVERSEERS)
TICK = Right("charter.tick", _("Marquer faite toute ligne de l’échéancier"), "charter:timeline", KEEPERS)


@rights.contribute
def of_charter() -> Iterable[Right]:
    return (SIMULATE, REMIND, TICK)
