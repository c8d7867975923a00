"""The words of the treasury’s pages: codes of the rules, units, formulas."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.people.models import StaffCategory
from cordee.toolkit import formats
from cordee.treasury.rules import codes
from cordee.values.portion import days_of


class CodeWords(NamedTuple):
    """A rule that refuses or reduces: two words for a badge, and the sentence that names it."""

    badge: str | Promise
    sentence: str | Promise
    settled_by: str | Promise


NOBODY = gettext_lazy("Personne : cette règle réduit le montant.")
WORDS = {
    codes.CATEGORY_UNKNOWN: CodeWords(
        gettext_lazy("Catégorie inconnue"),
        gettext_lazy("La catégorie de personnel manque : aucun taux ne s’applique."),
        gettext_lazy("la personne responsable de la facturation de l’employeur"),
    ),
    codes.NOT_GRANTED: CodeWords(
        gettext_lazy("Compensation à accorder"),
        gettext_lazy("La compensation de cette communauté s’accorde sur demande."),
        gettext_lazy("le comité exécutif"),
    ),
    codes.REGION: CodeWords(
        gettext_lazy("Hors région"),
        gettext_lazy("Cette communauté ne compense que les organisations de sa région."),
        NOBODY,
    ),
    codes.NOT_A_MEMBER: CodeWords(
        gettext_lazy("Membre à confirmer"),
        gettext_lazy("La personne n’était pas membre de la communauté à cette date."),
        gettext_lazy("la personne responsable-gestionnaire de la communauté"),
    ),
    codes.SECOND_SUPPORTED: CodeWords(
        gettext_lazy("Entente requise"),
        gettext_lazy("Une seule communauté de ce type par année, sauf entente avec la personne supérieure immédiate."),
        gettext_lazy("la personne supérieure immédiate"),
    ),
    codes.DAY_CAP: CodeWords(
        gettext_lazy("Journée déjà comptée"), gettext_lazy("Une même date ne compte jamais plus d’une journée."), NOBODY
    ),
    codes.YEARLY_LIMIT: CodeWords(
        gettext_lazy("Limite dépassée"),
        gettext_lazy("La limite de jours de l’année est atteinte."),
        gettext_lazy("le comité exécutif"),
    ),
}


def code_words(code: str) -> CodeWords:
    """The words of a code, in the language of the page; a code without words shows itself."""
    return WORDS.get(code) or CodeWords(code, code, NOBODY)


def category(code: str) -> str:
    return str(StaffCategory(code).label) if code in StaffCategory.values else _("Catégorie inconnue")


def days(halves: int) -> str:
    """`2,5 journées`."""
    count = days_of(halves)
    return ngettext("%(days)s journée", "%(days)s journées", 2 if abs(count) >= 2 else 1) % {
        "days": formats.number(count)
    }


def units(portion: str, count: int) -> str:
    """`3 journées`, `1 demi-journée`: the left side of a formula."""
    if portion == "half":
        return ngettext("%(count)s demi-journée", "%(count)s demi-journées", count) % {"count": count}
    return ngettext("%(count)s journée", "%(count)s journées", count) % {"count": count}


def portion(code: str) -> str:
    return {"half": _("demi-journée"), "day": _("journée")}.get(code, "")


def source(code: str | None) -> str:
    return {
        "roster": _("feuille de présences"),
        "import": _("fichier"),
        "merge": _("fusion de fiches"),
        "correction": _("correction"),
    }.get(code or "", "")


def signed(amount: Decimal) -> str:
    """`+280,00 $` or `−280,00 $`."""
    return f"+{formats.money(amount)}" if amount > 0 else formats.money(amount)
