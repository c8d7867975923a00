"""Files of what is on screen: the list of meetings, and the attendance of one with everything that changed it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cordee.meetings.models import (
    AttendanceChange,
    CheckIn,
    FollowUp,
    Line,
    Meeting,
    MeetingState,
    MinutesCorrection,
    Portion,
    Tally,
)
from cordee.meetings.models.gathering import Gathering
from cordee.toolkit.formats import date_full, date_long, time_short
from cordee.toolkit.tabular import Column, Sheet
from cordee.values.portion import days_of

BLANKS = 5  # lines of the sheet to sign for people who were not expected
HALVES = {Portion.UNMARKED: None, Portion.NONE: 0, Portion.HALF: 1, Portion.DAY: 2}


def meetings_sheet(meetings: Sequence[Any], notes: Sequence[str]) -> Sheet:
    """`meetings` have their state and their progress annotated."""
    return Sheet(
        name=_("Rencontres"),
        columns=[
            Column(_("Date"), "date"),
            Column(_("Début"), width=10),
            Column(_("Fin"), width=10),
            Column(_("Groupe"), width=36),
            Column(_("Titre"), width=30),
            Column(_("Durée prévue"), width=14),
            Column(_("Modalité"), width=14),
            Column(_("Lieu"), width=30),
            Column(_("Saisies"), "number"),
            Column(_("Attendues"), "number"),
            Column(_("État"), width=14),
        ],
        rows=[meeting_row(meeting) for meeting in meetings],
        notes=notes,
    )


def meeting_row(meeting: Any) -> tuple[Any, ...]:
    return (
        meeting.date,
        time_short(meeting.starts_at),
        time_short(meeting.ends_at),
        meeting.group.label,
        meeting.title,
        str(meeting.get_planned_portion_display()),
        str(meeting.get_modality_display()),
        meeting.place,
        meeting.marked,
        meeting.expected,
        str(MeetingState(meeting.state).label),
    )


def roster_title(meeting: Meeting) -> str:
    return _("Présences, %(group)s, %(day)s") % {"group": meeting.group.label, "day": meeting.date.isoformat()}


def roster_sheets(
    meeting: Meeting,
    lines: Sequence[Line],
    tally: Tally,
    changes: Iterable[AttendanceChange],
    declared: Iterable[CheckIn],
) -> list[Sheet]:
    """The roster as it stands, every change that led to it, corrections included, and what people declared."""
    notes = [f"{meeting.group.label}, {date_full(meeting.date)}", standing(meeting, tally)]
    return [attendance_sheet(lines, notes), history_sheet(changes, notes), declared_sheet(declared, notes)]


def standing(meeting: Meeting, tally: Tally) -> str:
    """Where the attendance stands, in a sentence."""
    if meeting.is_validated:
        validation = meeting.validation
        return _("Présences validées par %(who)s, %(day)s, %(hour)s") % {
            "who": validation.validated_by.full_name,
            "day": date_long(validation.validated_at),
            "hour": time_short(validation.validated_at),
        }
    return _("Présences non validées : %(marked)s saisies sur %(expected)s") % {
        "marked": tally.marked,
        "expected": tally.expected,
    }


def attendance_sheet(lines: Sequence[Line], notes: Sequence[str]) -> Sheet:
    days = sum((days_of(HALVES[Portion(line.portion)] or 0) for line in lines), Decimal(0))
    return Sheet(
        name=_("Présences"),
        columns=[
            Column(_("Nom"), width=18),
            Column(_("Prénom"), width=16),
            Column(_("Organisation"), width=32),
            Column(_("Catégorie de personnel"), width=26),
            Column(_("Rôle"), width=24),
            Column(_("Présence"), width=14),
            Column(_("Jours"), "days"),
            Column(_("Motif"), width=26),
            Column(_("Source"), width=20),
            Column(_("Inscrite par"), width=22),
            Column(_("Date"), "date"),
            Column(_("Heure"), width=9),
        ],
        rows=[line_row(line) for line in lines],
        totals=(_("Total"), None, None, None, None, None, days, None, None, None, None, None),
        notes=notes,
    )


def line_row(line: Line) -> tuple[Any, ...]:
    mark, halves = line.attendance, HALVES[Portion(line.portion)]
    role = _("Sur place") if line.membership is None else line.membership.get_role_display()
    return (
        line.person.last_name,
        line.person.first_name,
        line.employer,
        str(line.employment.get_category_display()) if line.employment else "",
        str(role),
        str(Portion(line.portion).label),
        None if halves is None else days_of(halves),
        line.reason,
        str(mark.get_source_display()) if mark else "",
        mark.marked_by.full_name if mark and mark.marked_by else "",
        *(moment(mark.marked_at) if mark else (None, "")),
    )


def history_sheet(changes: Iterable[AttendanceChange], notes: Sequence[str]) -> Sheet:
    return Sheet(
        name=_("Historique"),
        columns=[
            Column(_("Date"), "date"),
            Column(_("Heure"), width=9),
            Column(_("Personne"), width=26),
            Column(_("Avant"), width=14),
            Column(_("Après"), width=14),
            Column(_("Motif"), width=30),
            Column(_("Source"), width=20),
            Column(_("Par"), width=24),
        ],
        rows=[change_row(change) for change in changes],
        notes=notes,
    )


def change_row(change: AttendanceChange) -> tuple[Any, ...]:
    return (
        *moment(change.changed_at),
        change.attendance.person.full_name,
        str(Portion(change.before).label),
        str(Portion(change.after).label),
        change.reason,
        str(change.get_source_display()),
        change.changed_by.full_name if change.changed_by else _("Le système"),
    )


def declared_sheet(declared: Iterable[CheckIn], notes: Sequence[str]) -> Sheet:
    return Sheet(
        name=_("Code QR"),
        columns=[
            Column(_("Date"), "date"),
            Column(_("Heure"), width=9),
            Column(_("Personne"), width=26),
            Column(_("Sens"), width=12),
            Column(_("Présence déclarée"), width=18),
            Column(_("Déclarée avec"), width=22),
        ],
        rows=[declared_row(one) for one in declared],
        notes=notes,
    )


def declared_row(one: CheckIn) -> tuple[Any, ...]:
    return (
        *moment(one.at),
        one.person.full_name,
        str(one.get_direction_display()),
        str(Portion(one.portion).label) if one.portion else "",
        _("Son compte") if one.signed_in else _("L’adresse de l’invitation"),
    )


def sheet_title(meeting: Meeting) -> str:
    return _("Feuille à signer, %(group)s, %(day)s") % {"group": meeting.group.label, "day": meeting.date.isoformat()}


def sheet_document(meeting: Meeting, lines: Sequence[Line]) -> dict[str, Any]:
    """What `typst/sheet.typ` draws: the people of the roster in its order, then lines for those who come besides."""
    hours = {"from": time_short(meeting.starts_at), "until": time_short(meeting.ends_at)}
    return {
        "title": meeting.group.label,
        "cooperative": _("Coopérative régionale de développement professionnel de la Montérégie et de l’Estrie"),
        "lede": f"{date_full(meeting.date)}, " + _("%(from)s à %(until)s") % hours,
        "place": meeting.place,
        "header": [
            _("Nº"),
            _("Nom"),
            _("Organisation"),
            _("Catégorie"),
            pgettext("check-in", "Arrivée"),
            pgettext("check-in", "Départ"),
            _("Signature"),
        ],
        "rows": [[line.person.full_name, line.place, line.category] for line in lines],
        "walk_ins": _("Personnes venues sans être attendues"),
        "blanks": BLANKS,
    }


def moment(at: datetime) -> tuple[Any, str]:
    """The day as a date, the hour as it is written."""
    return timezone.localtime(at).date(), time_short(at)


def minutes_document(gathering: Gathering) -> dict[str, Any]:
    """The data of `meetings/typst/minutes.typ`: what people wrote is a tree of blocks, never markup."""
    written = [(entry, entry.section) for entry in gathering.written if entry.section]
    return {
        "title": _("Compte rendu, %(group)s") % {"group": gathering.meeting.group.label},
        "lede": lede(gathering.meeting),
        "state": state_in_words(gathering),
        "cooperative": _("Coopérative régionale de développement professionnel de la Montérégie et de l’Estrie"),
        "people": [
            [_("Présences"), gathering.present],
            [_("Absences motivées"), gathering.excused],
            [_("Absences"), gathering.absent],
        ],
        "parts": [
            {"title": entry.title, "language": section.language, "blocks": entry.blocks} for entry, section in written
        ],
        "follow_ups": [follow_up_row(gathering, follow_up) for follow_up in gathering.follow_ups],
        "corrections": [correction_row(gathering, correction) for correction in gathering.corrections],
        "words": {
            "follow_ups": _("Suivis"),
            "header": [_("Quoi"), _("Qui"), _("Quand"), _("État")],
            "corrections": _("Corrections"),
            "empty": _("Rien n’est écrit."),
        },
    }


def correction_row(gathering: Gathering, correction: MinutesCorrection) -> dict[str, str]:
    words = {
        "who": gathering.name(correction.corrected_by_id),
        "day": date_long(correction.corrected_at),
        "part": part_of(gathering, correction.section_id),
        "reason": correction.reason,
    }
    return {"text": correction.text, "about": _("%(who)s, le %(day)s, %(part)s. Motif : %(reason)s") % words}


def lede(meeting: Meeting) -> str:
    hours = _("%(start)s à %(end)s") % {"start": time_short(meeting.starts_at), "end": time_short(meeting.ends_at)}
    parts = [date_full(meeting.date), hours, meeting.place, str(meeting.get_modality_display()), meeting.title]
    return ", ".join(part for part in parts if part)


def state_in_words(gathering: Gathering) -> str:
    """`Approuvé à la rencontre du 4 février 2025.`"""
    if gathering.is_open:
        return _("Brouillon, à approuver.")
    approval = gathering.meeting.minutes_approval
    if approval.at_meeting_id:
        return _("Approuvé à la rencontre du %(day)s.") % {"day": date_long(approval.approved_on)}
    return _("Approuvé par les membres le %(day)s.") % {"day": date_long(approval.approved_on)}


def follow_up_row(gathering: Gathering, follow_up: FollowUp) -> list[str]:
    due = date_long(follow_up.due_on) if follow_up.due_on else _("Sans date")
    state = _("Fait le %(day)s") % {"day": date_long(follow_up.done.done_at)} if follow_up.is_done else _("À faire")
    return [follow_up.what, gathering.name(follow_up.owner_id), due, state]


def part_of(gathering: Gathering, section: int | None) -> str:
    titles = (entry.title for entry in gathering.entries if entry.section and entry.section.pk == section)
    return next(titles, _("tout le compte rendu"))
