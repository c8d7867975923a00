"""What is said of a line: why it cannot be read, and what to write instead."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.meetings.imports.entries import Trouble
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Unreadable

COLUMNS = {
    "date": gettext_lazy("date"),
    "group": gettext_lazy("groupe"),
    "person": gettext_lazy("personne (ou prénom et nom, ou courriel)"),
}
UNREADABLE = {
    "date": gettext_lazy(
        "« %(value)s », colonne « %(column)s », n’est pas une date. Écrivez-la comme 2024-09-12 ou 12 septembre 2024."
    ),
    "email": gettext_lazy(
        "« %(value)s », colonne « %(column)s », n’est pas une adresse. Écrivez nom@exemple.ca, ou videz la case."
    ),
    "person": gettext_lazy(
        "« %(value)s », colonne « %(column)s », n’est pas un nom complet. Écrivez le prénom et le nom, ou le courriel."
    ),
    "portion": gettext_lazy(
        "« %(value)s », colonne « %(column)s », n’est pas une portion. Écrivez 0, ½, 1, AM, PM, X ou absent."
    ),
    "no-date": gettext_lazy("La date manque. Écrivez-la sur chaque ligne, ou une fois par bloc."),
    "no-group": gettext_lazy("Le groupe manque. Écrivez-le sur chaque ligne, ou une fois par bloc."),
    "no-person": gettext_lazy("Le nom manque. Écrivez le prénom et le nom, ou le courriel."),
    "no-portion": gettext_lazy("La portion manque. Écrivez 0, ½, 1, AM, PM, X ou absent."),
}
SAME_AS = {"last_name": "person", "am": "portion", "pm": "portion"}


class NoLines(Unreadable):
    sentence = gettext_lazy("Ce fichier n’a aucune ligne de présence sous ses en-têtes. Vérifiez la feuille choisie.")


class MissingColumns(Unreadable):
    """The headers that were not found; the model file has them all."""

    def __init__(self, missing: list[str]) -> None:
        names = ", ".join(str(COLUMNS[name]) for name in missing)
        super().__init__(
            _(
                "Ces colonnes n’ont pas été trouvées : %(names)s. Nommez-les dans la ligne d’en-têtes, ou partez du"
                " modèle."
            )
            % {"names": names}
        )


def sentence_of(trouble: Trouble) -> str:
    code, column, value = trouble
    prefix = "no-" if code.startswith("no-") else ""
    name = code.removeprefix("no-")
    return str(UNREADABLE[prefix + SAME_AS.get(name, name)]) % {"value": value, "column": column}


def cancelled(day: date) -> str:
    return _("La rencontre du %(day)s est annulée. Rétablissez-la, puis importez de nouveau cette ligne.") % {
        "day": date_long(day)
    }


def several_meetings(day: date) -> str:
    return _(
        "Ce groupe a plusieurs rencontres le %(day)s. Écrivez AM ou PM dans la portion pour dire de laquelle il s’agit."
    ) % {"day": date_long(day)}


def repeated(row: int) -> str:
    return _("Cette personne est déjà à cette rencontre, à la ligne %(row)s. Gardez une seule des deux lignes.") % {
        "row": row
    }


def not_yours(group: str) -> str:
    return _("Vous n’animez pas %(group)s : demandez à la secrétaire d’importer ses présences.") % {"group": group}
