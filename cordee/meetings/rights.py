"""What one may do around meetings, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.rights import KEEPERS, RUNNING, Right
from cordee.toolkit.contributions import rights

MARK = Right("meetings.mark", _("Prendre les présences"), "meetings:list", KEEPERS, roles=RUNNING)
VALIDATE = Right("meetings.validate", _("Valider et corriger les présences"), "meetings:list", KEEPERS, roles=RUNNING)
PLAN = Right("meetings.plan", _("Ajouter et modifier des rencontres"), "meetings:new", KEEPERS, roles=RUNNING)
MINUTES = Right("meetings.minutes", _("Écrire le compte rendu et ses suivis"), "meetings:list", KEEPERS, roles=RUNNING)
DOCUMENTS = Right("meetings.documents", _("Déposer des documents"), "meetings:list", KEEPERS, roles=RUNNING)
IMPORT = Right("meetings.import", _("Importer des présences"), "meetings:import_new", KEEPERS, roles=RUNNING)
OUTSIDERS = Right(
    "meetings.outsiders", _("Ajouter qui n’est pas du groupe, après la validation"), "meetings:list", KEEPERS
)
GROUPS = Right("meetings.groups", _("Créer un groupe"), "meetings:import_new", KEEPERS)


@rights.contribute
def of_meetings() -> Iterable[Right]:
    return (MARK, VALIDATE, PLAN, MINUTES, DOCUMENTS, IMPORT, OUTSIDERS, GROUPS)
