"""The attendance of one meeting: the roster as it stands, every change that led to it, and what people declared."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.meetings.exports.table import Cell, table
from cordee.meetings.models import Attendance, AttendanceChange, CheckIn, Line, Meeting, Portion, Tally
from cordee.people.models import Person
from cordee.toolkit.formats import date_full, date_long, time_short
from cordee.toolkit.tabular import Column, Sheet
from cordee.values.portion import days_of

HALVES = {Portion.UNMARKED: None, Portion.NONE: 0, Portion.HALF: 1, Portion.DAY: 2}


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
    cells: list[Cell] = [
        (Column(_("Nom"), width=18), lambda line: line.person.last_name),
        (Column(_("Prénom"), width=16), lambda line: line.person.first_name),
        (Column(_("Organisation"), width=32), lambda line: line.employer),
        (Column(_("Catégorie de personnel"), width=26), category),
        (Column(_("Rôle"), width=24), role),
        (Column(_("Présence"), width=14), lambda line: label(line.portion)),
        (Column(_("Jours"), "days"), days),
        (Column(_("Motif"), width=26), lambda line: line.reason),
        (Column(_("Source"), width=20), of_mark(lambda mark: str(mark.get_source_display()), "")),
        (Column(_("Inscrite par"), width=22), of_mark(lambda mark: name(mark.marked_by), "")),
        (Column(_("Date"), "date"), of_mark(lambda mark: day(mark.marked_at), None)),
        (Column(_("Heure"), width=9), of_mark(lambda mark: time_short(mark.marked_at), "")),
    ]
    total = sum((days(line) or Decimal(0) for line in lines), Decimal(0))
    totals = [_("Total"), *(total if read is days else None for _column, read in cells[1:])]
    return table(_("Présences"), cells, lines, notes=notes, totals=totals)


def category(line: Line) -> str:
    return str(line.employment.get_category_display()) if line.employment else ""


def role(line: Line) -> str:
    return _("Sur place") if line.membership is None else str(line.membership.get_role_display())


def days(line: Line) -> Decimal | None:
    """Of work; None while the line is not marked."""
    halves = HALVES[Portion(line.portion)]
    return None if halves is None else days_of(halves)


def of_mark(read: Callable[[Attendance], Any], otherwise: Any) -> Callable[[Line], Any]:
    """What the mark of a line says; `otherwise` while there is none."""
    return lambda line: read(line.attendance) if line.attendance else otherwise


def history_sheet(changes: Iterable[AttendanceChange], notes: Sequence[str]) -> Sheet:
    cells: list[Cell] = [
        (Column(_("Date"), "date"), lambda change: day(change.changed_at)),
        (Column(_("Heure"), width=9), lambda change: time_short(change.changed_at)),
        (Column(_("Personne"), width=26), lambda change: change.attendance.person.full_name),
        (Column(_("Avant"), width=14), lambda change: label(change.before)),
        (Column(_("Après"), width=14), lambda change: label(change.after)),
        (Column(_("Motif"), width=30), lambda change: change.reason),
        (Column(_("Source"), width=20), lambda change: str(change.get_source_display())),
        (Column(_("Par"), width=24), lambda change: name(change.changed_by) or _("Le système")),
    ]
    return table(_("Historique"), cells, changes, notes=notes)


def declared_sheet(declared: Iterable[CheckIn], notes: Sequence[str]) -> Sheet:
    cells: list[Cell] = [
        (Column(_("Date"), "date"), lambda one: day(one.at)),
        (Column(_("Heure"), width=9), lambda one: time_short(one.at)),
        (Column(_("Personne"), width=26), lambda one: one.person.full_name),
        (Column(_("Sens"), width=12), lambda one: str(one.get_direction_display())),
        (Column(_("Présence déclarée"), width=18), lambda one: label(one.portion) if one.portion else ""),
        (Column(_("Déclarée avec"), width=22), declared_with),
    ]
    return table(_("Code QR"), cells, declared, notes=notes)


def declared_with(one: CheckIn) -> str:
    return _("Son compte") if one.signed_in else _("L’adresse de l’invitation")


def label(portion: str) -> str:
    return str(Portion(portion).label)


def name(person: Person | None) -> str:
    return person.full_name if person else ""


def day(at: datetime) -> date:
    return timezone.localtime(at).date()
