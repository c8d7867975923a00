"""Why an act on a meeting is refused: what happened, and what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.meetings.models import Attendance, Line, Meeting, Portion
from cordee.people.models import Person
from cordee.toolkit.formats import date_long, time_short
from cordee.toolkit.refusals import Forbidden, Refusal, Unreadable


class OutsideYear(Unreadable):
    def __init__(self, day, year) -> None:
        super().__init__(
            _("Le %(day)s est hors de toute année ouverte : aucun cadre n’existe pour %(year)s. Vérifiez la date.")
            % {"day": date_long(day), "year": year}
        )


class NotHeldYet(Refusal):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            _("La rencontre du %(day)s n’a pas encore eu lieu. Inscrivez les présences ce jour-là ou après.")
            % {"day": date_long(meeting.date)}
        )


class MeetingCancelled(Refusal):
    sentence = gettext_lazy("Cette rencontre est annulée. Rétablissez-la pour y inscrire des présences.")


class AlreadyValidated(Refusal):
    sentence = gettext_lazy("Les présences de cette rencontre sont validées. Corrigez-les avec un motif.")


class NotValidated(Refusal):
    sentence = gettext_lazy(
        "Les présences de cette rencontre ne sont pas validées. Changez-les sur la feuille de présences."
    )


class UnknownPortion(Unreadable):
    sentence = gettext_lazy("Cette portion n’existe pas. Choisissez absence, demi-journée ou journée.")


class TooLong(Unreadable):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(_("Cette rencontre est prévue pour une demi-journée : inscrivez au plus une demi-journée."))


class NotAffiliated(Refusal):
    def __init__(self, person: Person, meeting: Meeting) -> None:
        super().__init__(
            _(
                "%(person)s n’a pas d’employeur inscrit le %(day)s. Inscrivez son affiliation à cette date, puis"
                " réessayez."
            )
            % {"person": person.full_name, "day": date_long(meeting.date)}
        )


class UnknownVersion(Unreadable):
    sentence = gettext_lazy("Cette page n’est plus à jour. Rechargez-la, puis réessayez.")


class UnknownPerson(Unreadable):
    sentence = gettext_lazy("Cette personne n’existe plus sous cette fiche. Cherchez-la par son nom.")


class NotExpected(Refusal):
    def __init__(self, person: Person) -> None:
        super().__init__(
            _("%(person)s n’est pas membre du groupe à cette date. Ajoutez cette personne comme arrivée sur place.")
            % {"person": person.full_name}
        )


class AlreadyListed(Refusal):
    def __init__(self, person: Person) -> None:
        super().__init__(
            _("%(person)s est déjà sur la feuille de présences. Modifiez sa ligne.") % {"person": person.full_name}
        )


class StaleMark(Refusal):
    """Someone else marked meanwhile: both values are said, nothing is overwritten, `wanted` can still be chosen."""

    def __init__(self, attendance: Attendance, wanted: str, reason: str = "") -> None:
        self.attendance, self.wanted, self.reason = attendance, wanted, reason
        super().__init__(
            _(
                "%(person)s : « %(theirs)s » a été inscrit par %(who)s à %(hour)s pendant que vous indiquiez"
                " « %(mine)s ». Rien n’a été remplacé ; choisissez de nouveau pour changer."
            )
            % {
                "person": attendance.person.full_name,
                "theirs": in_words(attendance.portion, attendance.reason),
                "who": attendance.marked_by.full_name if attendance.marked_by else _("le système"),
                "hour": time_short(attendance.marked_at),
                "mine": in_words(wanted, reason),
            }
        )


def in_words(portion: str, reason: str) -> str:
    """`Journée`, `Absence, Maladie`."""
    label = str(Portion(portion).label)
    return f"{label}, {reason}" if reason else label


class MadeBySomeoneElse(Forbidden):
    sentence = gettext_lazy(
        "Ce changement a été fait par quelqu’un d’autre sur cet appareil. Ouvrez une session à son nom pour l’envoyer."
    )


class CannotUndo(Refusal):
    sentence = gettext_lazy("Ces présences ont changé depuis : il n’y a plus rien à annuler ici. Rechargez la page.")


class StillUnmarked(Refusal):
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        count = len(lines)
        super().__init__(
            ngettext(
                "%(count)s personne n’est pas saisie. Saisissez-la, ou validez en l’inscrivant absente.",
                "%(count)s personnes ne sont pas saisies. Saisissez-les, ou validez en les inscrivant absentes.",
                count,
            )
            % {"count": count}
        )


class NobodyListed(Refusal):
    sentence = gettext_lazy("Personne n’est inscrit à cette rencontre. Ajoutez quelqu’un, ou annulez la rencontre.")


class ValidationHeld(Refusal):
    """What an upper app says against taking a validation back."""


class ReasonMissing(Unreadable):
    sentence = gettext_lazy("Un motif est nécessaire. Écrivez en quelques mots pourquoi.")


class NothingToCorrect(Refusal):
    sentence = gettext_lazy("C’est déjà ce qui est inscrit. Choisissez une autre portion, ou revenez en arrière.")


class SomeonePresent(Refusal):
    sentence = gettext_lazy(
        "Des personnes y sont inscrites présentes. Inscrivez leur absence avant d’annuler la rencontre."
    )


class AlreadyPlanned(Refusal):
    sentence = gettext_lazy("Ce groupe a déjà une rencontre ce jour-là à cette heure. Ouvrez-la plutôt.")


class AlreadyCancelled(Refusal):
    sentence = gettext_lazy("Cette rencontre est déjà annulée. Il n’y a rien d’autre à faire.")


class NotCancelled(Refusal):
    sentence = gettext_lazy("Cette rencontre n’est pas annulée. Rechargez la page pour voir son état.")
