"""Why an act on a body, a mandate, a decision or an adoption is refused."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.governance.models import Mandate
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Refusal, Unreadable


class NoSuchSeat(Unreadable):
    sentence = gettext_lazy("Le cadre en vigueur ne prévoit pas ce siège. Choisissez-en un de la liste.")


class SeatTaken(Refusal):
    def __init__(self, mandate: Mandate) -> None:
        text = _("%(who)s occupe ce siège jusqu’au %(day)s. Commencez le nouveau mandat ce jour-là, ou après.")
        super().__init__(text % {"who": mandate.person.full_name, "day": date_long(mandate.ends_on)})


class SitsAlready(Refusal):
    sentence = gettext_lazy("Cette personne siège déjà dans cette instance à ces dates. Une personne n’a qu’un siège.")


class TooManyInARow(Refusal):
    def __init__(self, most: int) -> None:
        text = ngettext(
            "Le cadre permet au plus %(most)s mandat de suite : cette personne l’a fait.",
            "Le cadre permet au plus %(most)s mandats de suite : cette personne les a faits.",
            most,
        )
        super().__init__(text % {"most": most})


class WithdrawnTooLate(Refusal):
    sentence = gettext_lazy("Un mandat se retire le jour où il est inscrit seulement. Inscrivez un avis de départ.")


class MandateOver(Refusal):
    sentence = gettext_lazy("Ce mandat est terminé : il n’attend plus d’avis.")


class NoticeGiven(Refusal):
    sentence = gettext_lazy("Un avis est déjà inscrit pour ce mandat. Retirez-le d’abord.")


class NoticeMissing(Refusal):
    sentence = gettext_lazy("Aucun avis n’est inscrit pour ce mandat. Rechargez la page.")


class LeavesOutside(Unreadable):
    sentence = gettext_lazy("Le départ doit suivre l’avis et ne pas dépasser la fin du mandat. Corrigez la date.")


class SeatFilled(Refusal):
    sentence = gettext_lazy("Quelqu’un est déjà nommé à ce siège pour la suite : l’avis ne peut plus être retiré.")


class InTheFuture(Unreadable):
    sentence = gettext_lazy("Cette date est à venir : inscrivez ce qui a déjà eu lieu.")


class AnotherMeeting(Unreadable):
    sentence = gettext_lazy(
        "La rencontre choisie n’est pas une rencontre de cette instance ce jour-là. Corrigez la date."
    )


class StaleDecision(Refusal):
    sentence = gettext_lazy(
        "Quelqu’un a corrigé cette décision pendant que vous écriviez. Copiez votre texte, puis rechargez la page."
    )


class DecisionFrozen(Refusal):
    sentence = gettext_lazy("Un cadre en vigueur repose sur cette décision : elle ne change plus.")


class CarriesAStep(Refusal):
    sentence = gettext_lazy("Une étape de l’adoption repose sur cette décision. Retirez d’abord l’étape.")


class Adopted(Refusal):
    sentence = gettext_lazy("Cette révision est en vigueur : son adoption est terminée et ne change plus.")


class NoRoute(Refusal):
    sentence = gettext_lazy("Le cadre ne dit pas par quelles étapes une révision s’adopte. Ajoutez-les au cadre.")


class OutOfOrder(Refusal):
    def __init__(self, awaited: str) -> None:
        super().__init__(_("Ce n’est pas l’étape attendue. D’abord : %(step)s.") % {"step": awaited})


class NotAdopted(Refusal):
    sentence = gettext_lazy("Cette décision retire la proposition : elle ne fait pas avancer l’adoption.")


class DecisionUsed(Refusal):
    sentence = gettext_lazy("Une autre étape repose déjà sur cette décision. Choisissez-en une autre.")


class BeforeTheOther(Unreadable):
    def __init__(self, day: date) -> None:
        text = _("L’étape précédente date du %(day)s : celle-ci ne peut pas être avant.")
        super().__init__(text % {"day": date_long(day)})


class TextChanged(Refusal):
    def __init__(self, step: str) -> None:
        text = _("Le texte a changé depuis cette étape : %(step)s. Retirez-la, puis refaites-la avec le texte actuel.")
        super().__init__(text % {"step": step})


class ErrorsStand(Refusal):
    def __init__(self, sentences: Sequence[str]) -> None:
        opening = ngettext(
            "L’adoption n’avance pas : %(count)s erreur est à corriger.",
            "L’adoption n’avance pas : %(count)s erreurs sont à corriger.",
            len(sentences),
        )
        super().__init__("\n".join([opening % {"count": len(sentences)}, *(f"– {one}" for one in sentences)]))


class TooEarly(Unreadable):
    def __init__(self, day: date) -> None:
        text = _("Elle prend effet au plus tôt le %(day)s : ni avant son approbation, ni avant ce qu’elle corrige.")
        super().__init__(text % {"day": date_long(day)})


class NoStepTaken(Refusal):
    sentence = gettext_lazy("Aucune étape n’est inscrite pour cette révision. Rechargez la page.")
