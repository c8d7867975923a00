"""Files that are no attendance report of Teams, said by their name when they have one."""

from cordee.values.sentence import SpokenError, gettext_noop
from cordee.values.text import fold


class NotAReport(SpokenError):
    sentence = gettext_noop(
        "Ce fichier n’est pas un rapport de présence de Teams. Dans Teams, ouvrez la réunion, puis l’onglet Présence,"
        " et téléchargez le rapport."
    )


class AnotherExport(SpokenError):
    sentence = gettext_noop(
        "Ce fichier est %(name)s, pas un rapport de présence. Dans Teams, ouvrez la réunion, puis l’onglet Présence, et"
        " téléchargez le rapport."
    )


# The folded cells that only this export has, in its header.
OTHERS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (name, frozenset(cells.split(", ")))
    for name, cells in (
        (gettext_noop("le rapport d’un événement en direct"), "sessionid, participantid, utceventtimestamp"),
        (gettext_noop("un journal d’audit de Microsoft 365"), "operations, auditdata"),
        (gettext_noop("un journal d’audit de Microsoft 365"), "operation, auditdata"),
        (gettext_noop("une liste d’inscriptions à un webinaire"), "registration time, registration status"),
        (gettext_noop("une liste d’inscriptions à un webinaire"), "heure d inscription, statut d inscription"),
        (gettext_noop("une liste d’inscriptions à un webinaire"), "date d inscription, etat d inscription"),
        (gettext_noop("une liste d’inscriptions à un webinaire"), "first name, last name, registration time"),
        (gettext_noop("les notes d’un devoir"), "first name, last name, email address, points"),
        (gettext_noop("les notes d’un devoir"), "prenom, nom, adresse e mail, points"),
        (gettext_noop("les notes d’un devoir"), "first name, last name, email address, feedback"),
        (gettext_noop("la liste des membres d’une équipe ou d’un canal"), "userid, user, name, role"),
        (gettext_noop("la liste des membres d’une équipe ou d’un canal"), "displayname, mail, role"),
        (gettext_noop("la liste des membres d’une équipe ou d’un canal"), "display name, username, role"),
        (gettext_noop("les messages d’un canal"), "channel, message, date"),
        (gettext_noop("les messages d’un canal"), "canal, message, date"),
        (gettext_noop("un relevé d’appels"), "call id, duration"),
        (gettext_noop("un relevé d’appels"), "call type, call direction"),
        (gettext_noop("un relevé d’appels"), "caller, callee"),
        (gettext_noop("un relevé d’appels"), "type d appel, duree"),
        (gettext_noop("un rapport d’activité des utilisateurs"), "report refresh date, last activity date"),
        (gettext_noop("les réponses d’un formulaire"), "start time, completion time"),
        (gettext_noop("les réponses d’un formulaire"), "heure de debut, heure de fin, adresse de messagerie"),
    )
)
HEADER_ROWS = 6


def refuse_others(rows: list[list[str]]) -> None:
    """Raise AnotherExport when one of the first rows is the header of something else that Teams exports."""
    for row in [row for row in rows if row][:HEADER_ROWS]:
        cells = {fold(cell) for cell in row}
        for name, needed in OTHERS:
            if needed <= cells:
                raise AnotherExport(name=name)
