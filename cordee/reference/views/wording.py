"""The value of a rule as people write it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.reference.rulebook import Rule
from cordee.toolkit import formats

CHOICES: Mapping[str, str | Promise] = {
    "always": gettext_lazy("Toujours"),
    "as-in-person": gettext_lazy("Comme en présence"),
    "confirmed-by-manager": gettext_lazy("Payée une fois confirmée par un responsable-gestionnaire"),
    "coordinator": gettext_lazy("La coordonnatrice de la coopérative"),
    "each-meeting": gettext_lazy("À chacune des rencontres"),
    "executive-committee": gettext_lazy("Comité exécutif"),
    "fixed": gettext_lazy("Un nombre fixe de jours"),
    "in-addition": gettext_lazy("En sus des honoraires"),
    "in-person": gettext_lazy("En présence"),
    "management-secretary": gettext_lazy("Secrétaire de gestion"),
    "mid-year-and-year-end": gettext_lazy("À la mi-année et à la fin d’année"),
    "never": gettext_lazy("Jamais"),
    "no-limit": gettext_lazy("Sans effet sur le remboursement"),
    "none": gettext_lazy("Aucune"),
    "on-request": gettext_lazy("Sur demande"),
    "own-category": gettext_lazy("Selon leur catégorie de personnel"),
    "people-days-rate": gettext_lazy("Personnes × jours × montant par jour"),
    "plan": gettext_lazy("Les jours approuvés au plan"),
    "planned-portion": gettext_lazy("Celle de la rencontre prévue"),
    "possible": gettext_lazy("Possible"),
    "priority-32": gettext_lazy("Priorité 32, à la mi-année et à la fin d’année"),
    "professional": gettext_lazy("Personnel professionnel"),
    "recorded-attendance": gettext_lazy("À partir des présences notées"),
    "required": gettext_lazy("Attendu"),
    "tdg": gettext_lazy("Table des directions générales"),
    "treasurer": gettext_lazy("Trésorier"),
    "virtual": gettext_lazy("En virtuel"),
}


def in_words(rule: Rule) -> str:
    value = rule.read()
    if rule.kind == "money":
        return formats.money(value)
    if rule.kind == "date":
        return formats.date_long(value)
    if rule.kind == "days":
        return ngettext("%(days)s jour", "%(days)s jours", int(value)) % {"days": formats.number(value)}
    if rule.kind == "minutes":
        return formats.duration(value)
    if rule.kind == "flag":
        return _("Oui") if value else _("Non")
    return str(CHOICES.get(value, value)) if rule.kind == "choice" else str(value)
