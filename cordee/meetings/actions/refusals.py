"""Why an act on a meeting is refused: what happened, and what to do."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.meetings.models import Attendance, Line, Meeting, Portion
from cordee.people.models import Person
from cordee.toolkit.formats import date_long, time_short
from cordee.toolkit.refusals import Forbidden, Refusal, Unreadable


class OutsideYear(Unreadable):
    def __init__(self, day, year) -> None:
        super().__init__(
            _("Le %(day)s est hors de toute année ouverte : aucun cadre n’existe pour %(year)s. Vérifiez la date.")
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
        super().__init__(_("Cette rencontre est prévue pour une demi-journée : inscrivez au plus une demi-journée."))


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
                " « %(mine)s ». Rien n’a été remplacé; choisissez de nouveau pour changer."
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
    sentence = gettext_lazy("Ces présences ont changé depuis : il n’y a plus rien à annuler ici. Rechargez la page.")


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
    def __init__(self, day: date) -> None:
        super().__init__(
            _("Ce groupe a déjà une rencontre le %(day)s à cette heure. Ouvrez-la plutôt.") % {"day": date_long(day)}
        )


class PastMidnight(Unreadable):
    sentence = gettext_lazy(
        "La rencontre doit finir après son début, le même jour. Si elle passe minuit, finissez-la à 23 h 59 et"
        " ajoutez-en une le lendemain."
    )


class NoSuchHour(Unreadable):
    def __init__(self, day: date, hour: time) -> None:
        super().__init__(
            _(
                "%(hour)s n’existe pas le %(day)s : l’horloge avance d’une heure cette nuit-là. Choisissez une"
                " autre heure."
            )
            % {"day": date_long(day), "hour": time_short(hour)}
        )


class SeriesTooLong(Unreadable):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("Une série compte de 1 à %(most)s rencontres. Rapprochez sa dernière date, ou gardez au moins une date.")
            % {"most": most}
        )


class CancelledStays(Refusal):
    sentence = gettext_lazy("Cette rencontre est annulée. Rétablissez-la avant de la changer.")


class AlreadyAnnounced(Refusal):
    sentence = gettext_lazy("Cette rencontre est déjà annoncée. Il n’y a rien d’autre à faire.")


class NothingToAnnounce(Refusal):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            _("La rencontre du %(day)s a déjà eu lieu : il n’y a plus rien à annoncer. Prenez-en les présences.")
            % {"day": date_long(meeting.date)}
        )


class SameTime(Refusal):
    sentence = gettext_lazy("C’est déjà sa date et ses heures. Changez-en une, ou revenez en arrière.")


class MarkedAlready(Refusal):
    def __init__(self, day: date) -> None:
        super().__init__(
            _(
                "Des présences y sont inscrites : elle a eu lieu et ne va pas au %(day)s. Choisissez une date passée,"
                " ou effacez d’abord ces présences."
            )
            % {"day": date_long(day)}
        )


class MarkedLonger(Refusal):
    sentence = gettext_lazy(
        "Des personnes y sont inscrites pour une journée. Corrigez ces présences avant d’en faire une demi-journée."
    )


class ChangeHeld(Refusal):
    """What an upper app says against changing a meeting whose attendance it relies on."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("La date et la durée ne changent plus. %(reason)s") % {"reason": reason})


class AgendaChanged(Refusal):
    sentence = gettext_lazy(
        "Quelqu’un d’autre a changé l’ordre du jour pendant que vous l’écriviez. Rien n’a été remplacé : relisez le"
        " sien, puis reprenez vos changements."
    )


class NoAgenda(Refusal):
    sentence = gettext_lazy("L’ordre du jour est vide. Écrivez-y un point, puis gardez-le comme modèle.")


class AlreadyCancelled(Refusal):
    sentence = gettext_lazy("Cette rencontre est déjà annulée. Il n’y a rien d’autre à faire.")


class NotCancelled(Refusal):
    sentence = gettext_lazy("Cette rencontre n’est pas annulée. Rechargez la page pour voir son état.")


class WrongLink(Refusal):
    status = 404
    sentence = gettext_lazy(
        "Ce lien ne mène à aucune invitation. Reprenez-le en entier dans le courriel, ou écrivez à qui anime le groupe."
    )


class LinkExpired(Refusal):
    status = 410

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            _("La rencontre du %(day)s a eu lieu : on n’y répond plus. Si vous y étiez, dites-le à qui l’a animée.")
            % {"day": date_long(meeting.date)}
        )


class InvitationCancelled(Refusal):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            _("La rencontre de %(group)s du %(day)s est annulée : il n’y a rien à répondre.")
            % {"group": meeting.group.label, "day": date_long(meeting.date)}
        )


class NoLongerInvited(Refusal):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            _("Vous ne faites pas partie de %(group)s le %(day)s. Si c’est une erreur, écrivez à qui anime le groupe.")
            % {"group": meeting.group.label, "day": date_long(meeting.date)}
        )


class UnknownReply(Unreadable):
    sentence = gettext_lazy("Cette réponse n’existe pas. Choisissez oui, non ou peut-être.")


class FeedGone(Refusal):
    status = 404
    sentence = gettext_lazy(
        "Cette adresse de calendrier ne sert plus. Prenez la nouvelle à la page « Mon calendrier »."
    )


class CodeUnreadable(Refusal):
    status = 404
    sentence = gettext_lazy(
        "Ce code n’est pas celui d’une rencontre. Scannez celui qui est affiché dans la salle, ou demandez à la"
        " personne qui anime."
    )


class CodeLate(Refusal):
    status = 410

    def __init__(self, left: datetime) -> None:
        super().__init__(
            _(
                "Ce code n’est plus à l’écran depuis %(hour)s : rien n’a été inscrit. Scannez celui qui est affiché"
                " maintenant dans la salle, ou demandez à la personne qui anime."
            )
            % {"hour": time_short(left)}
        )


class TicketLate(Refusal):
    status = 410
    sentence = gettext_lazy(
        "Plus de dix minutes ont passé depuis que vous avez scanné le code : rien n’a été inscrit. Scannez celui qui"
        " est affiché maintenant dans la salle, ou demandez à la personne qui anime."
    )


class TooManyAddresses(Refusal):
    status = 429
    sentence = gettext_lazy(
        "Ce code a déjà servi à plusieurs adresses sur cet appareil. Scannez de nouveau celui de la salle."
    )


class NothingToDeclare(Refusal):
    sentence = gettext_lazy("Cette rencontre est annulée : il n’y a rien à déclarer.")


class DeclaredTooLate(Refusal):
    sentence = gettext_lazy(
        "Les présences de cette rencontre sont déjà validées. Demandez à la personne qui anime de corriger la vôtre."
    )


class NotToday(Refusal):
    sentence = gettext_lazy(
        "Cette rencontre n’a pas lieu aujourd’hui : rien n’a été inscrit. Demandez à la personne qui anime."
    )


class NothingDeclared(Refusal):
    sentence = gettext_lazy("Cette personne n’a rien déclaré à cette rencontre. Ajoutez-la par son nom.")
