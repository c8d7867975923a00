"""The value of a rule as people write it."""

from collections.abc import Mapping
from decimal import InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.reference.rulebook import Rule
from cordee.toolkit import formats
from cordee.values.text import fold

CHOICES: Mapping[str, str | Promise] = {
    "always": gettext_lazy("Toujours"),
    "approve": gettext_lazy("Approuve"),
    "as-in-person": gettext_lazy("Comme en présence"),
    "attendance-validated": gettext_lazy("Par la validation des présences"),
    "billing-officer": gettext_lazy("Responsable de la facturation"),
    "cgscas": gettext_lazy("CGSCAS"),
    "claim-submitted": gettext_lazy("Par le dépôt de la réclamation"),
    "confirmed-by-manager": gettext_lazy("Payée une fois confirmée par un responsable-gestionnaire"),
    "coordinator": gettext_lazy("La coordonnatrice de la coopérative"),
    "director-general": gettext_lazy("Direction générale"),
    "draft": gettext_lazy("Révise"),
    "educational-director": gettext_lazy("Direction des services éducatifs"),
    "each-meeting": gettext_lazy("À chacune des rencontres"),
    "executive": gettext_lazy("Comité exécutif"),
    "executive-committee": gettext_lazy("Comité exécutif"),
    "fixed": gettext_lazy("Un nombre fixe de jours"),
    "framework-adopted": gettext_lazy("Par l’adoption du cadre de l’année suivante"),
    "framework-drafted": gettext_lazy("Par la rédaction du cadre de l’année suivante"),
    "hand": gettext_lazy("À la main, avec une note"),
    "in-addition": gettext_lazy("En sus des honoraires"),
    "in-person": gettext_lazy("En présence"),
    "liaison": gettext_lazy("Répondant professionnel"),
    "management-secretary": gettext_lazy("Secrétaire de gestion"),
    "managers": gettext_lazy("Grand groupe des gestionnaires"),
    "mid-year-and-year-end": gettext_lazy("À la mi-année et à la fin d’année"),
    "never": gettext_lazy("Jamais"),
    "next-day-not-a-holiday": gettext_lazy("Prolongé au jour non férié suivant"),
    "no-limit": gettext_lazy("Sans effet sur le remboursement"),
    "none": gettext_lazy("Aucune"),
    "on-request": gettext_lazy("Sur demande"),
    "own-category": gettext_lazy("Selon leur catégorie de personnel"),
    "people-days-rate": gettext_lazy("Personnes × jours × montant par jour"),
    "plan": gettext_lazy("Les jours approuvés au plan"),
    "planned-portion": gettext_lazy("Celle de la rencontre prévue"),
    "possible": gettext_lazy("Possible"),
    "present": gettext_lazy("Reçoit"),
    "priority-32": gettext_lazy("Priorité 32, à la mi-année et à la fin d’année"),
    "professional": gettext_lazy("Personnel professionnel"),
    "recorded-attendance": gettext_lazy("À partir des présences notées"),
    "required": gettext_lazy("Attendu"),
    "responsible-manager": gettext_lazy("Responsable-gestionnaire"),
    "same-day": gettext_lazy("Finit ce jour-là"),
    "tdg": gettext_lazy("Table des directions générales"),
    "treasurer": gettext_lazy("Trésorier"),
    "validate": gettext_lazy("Valide"),
    "virtual": gettext_lazy("En virtuel"),
}


def in_words(rule: Rule) -> str:
    """What a draft cannot read yet is shown as it was typed."""
    try:
        value = rule.read()
    except (ValueError, InvalidOperation):
        return rule.value
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


def says(rule: Rule, words: str) -> bool:
    """Whether a rule holds every one of these words, without accents, in its names, value, note or source."""
    held = fold(" ".join((rule.label_fr, rule.label_en, in_words(rule), rule.note, rule.source)))
    return all(word in held for word in fold(words).split())
