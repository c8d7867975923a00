"""The file to start from: every column, and what may be written in it."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cordee.toolkit.tabular import Column, Sheet, workbook


def model_file() -> bytes:
    columns = [
        Column(_("Date"), "date"),
        Column(_("Groupe"), width=22),
        Column(pgettext("family name", "Nom"), width=20),
        Column(_("Prénom"), width=20),
        Column(_("Courriel"), width=28),
        Column(_("Organisation"), width=28),
        Column(_("Catégorie"), width=22),
        Column(_("Portion"), width=12),
    ]
    accepted = [
        (_("Date"), _("2024-09-12, 12/09/2024, 12 sept. 2024")),
        (_("Groupe"), _("41-Inclusion, ou son nom")),
        (pgettext("family name", "Nom"), _("Nom et prénom en deux colonnes, ou « Nom, Prénom » en une seule")),
        (_("Courriel"), _("Facultatif, mais c’est lui qui retrouve la personne à coup sûr")),
        (_("Organisation"), _("Code, nom court ou nom officiel")),
        (_("Catégorie"), _("CP, professionnelle, enseignant, TES, soutien, gestionnaire, externe")),
        (_("Portion"), _("0, ½, 1, AM, PM, X pour la durée prévue, absent")),
    ]
    guide = [Column(_("Colonne"), width=20), Column(_("Ce qui s’y écrit"), width=70)]
    return workbook([Sheet(_("Présences"), columns, []), Sheet(_("Aide"), guide, accepted)], title=_("Présences"))
