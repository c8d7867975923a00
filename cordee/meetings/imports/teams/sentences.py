"""What is said of a report and of what was read in it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.meetings.rules.teams import Note, Report, Shape
from cordee.meetings.rules.teams.stamps import Order, stamp_of
from cordee.toolkit.formats import date_long
from cordee.values.portion import Portion

NOTES = {
    Note.NO_TIME: gettext_lazy("Aucune heure de connexion : le rapport ne dit pas combien de temps."),
    Note.STILL_THERE: gettext_lazy("Sortie non écrite : la fin de la rencontre est prise."),
    Note.NO_ENTRY: gettext_lazy("Une sortie sans entrée n’est pas comptée."),
    Note.UNREADABLE_TIME: gettext_lazy("« %(text)s » n’est pas une heure : cette connexion n’est pas comptée."),
    Note.UNREADABLE_LENGTH: gettext_lazy("« %(text)s » n’est pas une durée; les heures font foi."),
    Note.OTHER_LENGTH: gettext_lazy("Le rapport écrit « %(text)s » pour une connexion; les heures font foi."),
}


def note_of(note: Note, text: str) -> str:
    return str(NOTES[note]) % {"text": text}


def length(seconds: int) -> str:
    """`5 h 12`, `48 min`."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{minutes:02d}"}


def threshold_of(portion: Portion, *, half_from: int, day_from: int, capped: bool) -> str:
    """Which threshold gives this portion."""
    if capped:
        return _("plus que la demi-journée prévue")
    if portion == Portion.DAY:
        return _("une journée à partir de %(length)s") % {"length": length(day_from * 60)}
    if portion == Portion.HALF:
        return _("une demi-journée à partir de %(length)s") % {"length": length(half_from * 60)}
    return _("moins de %(length)s") % {"length": length(half_from * 60)}


def warnings_of(report: Report, order: Order, day: date) -> list[str]:
    """What does not hold together in a report, shown and never repaired."""
    found = []
    people = len(report.participants)
    if report.shape == Shape.MERGED:
        found.append(_("Le détail des connexions manque : la durée écrite pour chaque personne limite ses heures."))
    if report.counted is not None and report.counted != people:
        text = ngettext(
            "Le résumé compte %(said)s personne, la liste %(people)s.",
            "Le résumé compte %(said)s personnes, la liste %(people)s.",
            report.counted,
        )
        found.append(text % {"said": report.counted, "people": people})
    start = stamp_of(report.start)
    if start is not None and start.days and start.day(order) != day:
        found.append(_("Le résumé du rapport n’est pas du même jour que ses connexions."))
    return found


def reading_of(report: Report, order: Order) -> str:
    """The days a report has when its dates are read in this order."""
    stamps = (stamp_of(session.joined or session.left) for each in report.participants for session in each.sessions)
    days = sorted({day for stamp in stamps if stamp and (day := stamp.day(order))})
    return _(" et ").join(date_long(day) for day in days[:3])


def names_label(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))
