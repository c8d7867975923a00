"""What one may read of the whole house, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.rights import KEEPERS, Right
from cordee.toolkit.contributions import rights

JOURNAL = Right("privacy.journal", _("Lire le journal"), "privacy:journal", KEEPERS)
REQUESTS = Right("privacy.requests", _("Répondre aux demandes sur les renseignements"), "privacy:requests", KEEPERS)
INCIDENTS = Right("privacy.incidents", _("Tenir le registre des incidents"), "privacy:incidents", KEEPERS)
RETENTION = Right(
    "privacy.retention", _("Préparer et confirmer la fin de la conservation"), "privacy:retention", KEEPERS
)


@rights.contribute
def of_privacy() -> Iterable[Right]:
    return (JOURNAL, REQUESTS, INCIDENTS, RETENTION)
