"""Why an act on the registers of the law is refused."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Refusal, Unreadable


class NobodyAsks(Unreadable):
    sentence = gettext_lazy("Choisissez la personne qui demande, ou écrivez son nom.")


class NothingAsked(Unreadable):
    sentence = gettext_lazy("Dites ce qui est demandé.")


class NotYetReceived(Unreadable):
    sentence = gettext_lazy("Cette date est à venir. Inscrivez le jour où la demande a été reçue.")


class ProposesNothing(Unreadable):
    sentence = gettext_lazy("Écrivez la valeur qui serait juste.")


class SameAsNow(Unreadable):
    sentence = gettext_lazy("La fiche le dit déjà ainsi. Écrivez la valeur qui serait juste.")


class AlreadyAnswered(Refusal):
    sentence = gettext_lazy("Cette demande a déjà sa réponse, ou a été retirée. Rechargez la page.")


class AlreadyExtended(Refusal):
    sentence = gettext_lazy("Le délai a déjà été prolongé, et la loi ne le permet qu’une fois. Répondez à la demande.")


class TooLateToExtend(Refusal):
    def __init__(self, last: date) -> None:
        text = _("Le délai a pris fin le %(day)s : il ne se prolonge qu’avant. Répondez à la demande.")
        super().__init__(text % {"day": date_long(last)})


class TooLong(Unreadable):
    def __init__(self, most: int) -> None:
        super().__init__(_("La loi permet au plus %(most)s jours de plus. Écrivez-en moins.") % {"most": most})


class ReasonMissing(Unreadable):
    sentence = gettext_lazy("Écrivez le motif : la personne le reçoit avec l’avis.")


class GroundMissing(Unreadable):
    sentence = gettext_lazy("Un refus, même en partie, dit son motif et l’article de loi sur lequel il s’appuie.")


class ComplaintHasNoExtension(Refusal):
    sentence = gettext_lazy("La prolongation vaut pour une demande, non pour une plainte. Répondez à la plainte.")


class NotARectification(Refusal):
    sentence = gettext_lazy("Cette demande ne propose pas de valeur à inscrire. Répondez-y par écrit.")


class NothingEmployed(Refusal):
    sentence = gettext_lazy("Cette personne n’a aucune affiliation à cette date. Corrigez-la avec le secrétariat.")


class ChangedSince(Refusal):
    sentence = gettext_lazy("La fiche a changé depuis la demande. Comparez-les, puis répondez par écrit.")


class NotWithdrawn(Refusal):
    sentence = gettext_lazy("Cette demande n’est pas retirée. Rechargez la page.")


class NoteOnRefusalOnly(Refusal):
    sentence = gettext_lazy("Une note se garde quand une rectification est refusée, une seule fois.")


class NothingToCopy(Refusal):
    status = 404
    sentence = gettext_lazy("Cette demande n’ouvre aucune copie. Rechargez la page de la demande.")


class InTheFuture(Unreadable):
    sentence = gettext_lazy("Une date est à venir : inscrivez ce qui a déjà eu lieu.")


class Stale(Refusal):
    sentence = gettext_lazy(
        "Quelqu’un a corrigé cet incident pendant que vous écriviez. Copiez votre texte, puis rechargez la page."
    )


class StillKept(Refusal):
    def __init__(self, day: date) -> None:
        text = _("La loi garde cet incident au registre jusqu’au %(day)s. Corrigez-le plutôt, avec un motif.")
        super().__init__(text % {"day": date_long(day)})


class NoticeAndRisk(Unreadable):
    sentence = gettext_lazy(
        "Un avis à la Commission ou aux personnes suppose un risque de préjudice sérieux. Corrigez l’un ou l’autre."
    )
