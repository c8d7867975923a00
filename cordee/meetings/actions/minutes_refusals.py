"""Why an act on minutes, follow-ups or documents is refused."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.meetings.models import MeetingDocument
from cordee.meetings.models.minutes import LONGEST
from cordee.meetings.models.outline import Entry
from cordee.toolkit.formats import time_short
from cordee.toolkit.refusals import Refusal, Unreadable


class StaleSection(Refusal):
    """Someone else wrote there meanwhile: both texts are shown, nothing is overwritten."""

    def __init__(self, entry: Entry, mine: str) -> None:
        self.entry, self.mine = entry, mine
        section = entry.section
        words = {"part": entry.title}
        if section is None:
            super().__init__(_("« %(part)s » a changé pendant que vous écriviez. Rien n’a été remplacé.") % words)
            return
        super().__init__(
            _(
                _(
                    "%(who)s a écrit dans « %(part)s » à %(hour)s, pendant que vous l’écriviez. Rien n’a été remplacé :"
                    " choisissez."
                )
            )
            % {**words, "who": section.written_by.full_name, "hour": time_short(section.written_at)}
        )


class NoSuchPart(Unreadable):
    sentence = gettext_lazy(
        "Cette partie du compte rendu n’existe plus : l’ordre du jour a changé. Copiez votre texte, puis rechargez la"
        " page."
    )


class TooLong(Unreadable):
    def __init__(self) -> None:
        super().__init__(
            _("Une partie compte au plus %(most)s caractères. Déposez le reste comme document de la rencontre.")
            % {"most": LONGEST}
        )


class MinutesClosed(Refusal):
    sentence = gettext_lazy(
        "Le compte rendu est approuvé : il ne change plus. Retirez l’approbation, ou ajoutez une correction s’il est"
        " verrouillé."
    )


class MinutesLocked(Refusal):
    sentence = gettext_lazy("Le compte rendu est verrouillé. Ajoutez une correction : elle se lira avec lui.")


class NotLocked(Refusal):
    sentence = gettext_lazy("Le compte rendu n’est pas verrouillé. Changez-le dans son texte.")


class NothingWritten(Refusal):
    sentence = gettext_lazy("Le compte rendu est vide. Écrivez-y quelque chose avant de l’approuver.")


class NotApproved(Refusal):
    sentence = gettext_lazy("Le compte rendu n’est pas approuvé. Approuvez-le d’abord.")


class WrongMeeting(Unreadable):
    sentence = gettext_lazy("Choisissez une rencontre du groupe tenue après celle-ci.")


class WrongDay(Unreadable):
    sentence = gettext_lazy("L’approbation suit la rencontre et n’est pas à venir. Corrigez sa date.")


class NotOfThisMeeting(Unreadable):
    sentence = gettext_lazy("Choisissez une personne du groupe ou présente à la rencontre.")


class AlreadyDone(Refusal):
    sentence = gettext_lazy("Ce suivi est déjà fait. Il n’y a rien d’autre à faire.")


class NotDone(Refusal):
    sentence = gettext_lazy("Ce suivi n’est pas fait. Rechargez la page.")


class AlreadyDeposited(Refusal):
    def __init__(self, document: MeetingDocument) -> None:
        super().__init__(
            _("Ce fichier est déjà un document de la rencontre, sous le nom « %(name)s ».") % {"name": document.name}
        )


class TooManyDocuments(Refusal):
    sentence = gettext_lazy("Cette rencontre a déjà 60 documents. Retirez-en avant d’en déposer d’autres.")


class AlreadyRemoved(Refusal):
    sentence = gettext_lazy("Ce document est déjà retiré. Rechargez la page.")


class NotRemoved(Refusal):
    sentence = gettext_lazy("Ce document est déjà là. Rechargez la page.")


class AlreadyBack(Refusal):
    sentence = gettext_lazy("Ce suivi est déjà remis. Rechargez la page pour le voir.")


class CannotPutBack(Refusal):
    sentence = gettext_lazy("Ce suivi ne peut pas être remis. Ajoutez-le de nouveau.")
