"""What one may do with the cadre, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.models import DutyCode
from cordee.people.rights import KEEPERS, Right
from cordee.toolkit.contributions import rights

# A mandate on the executive committee writes the duty of its name.
WRITERS = (DutyCode.EXECUTIVE_COMMITTEE, *KEEPERS)
EDIT = Right("reference.edit", _("Écrire le prochain cadre de référence"), "reference:current", WRITERS)


@rights.contribute
def of_reference() -> Iterable[Right]:
    return (EDIT,)
