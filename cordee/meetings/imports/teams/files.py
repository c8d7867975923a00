"""Files become a proposal: their reports, as far as they can be read without knowing who is in the system."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.meetings.models import Meeting
from cordee.meetings.rules import teams
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Unreadable, in_words
from cordee.toolkit.tabular import Cell, read_table
from cordee.toolkit.tabular.reading import COMPOUND, MOST_BYTES, MOST_ROWS, ZIP
from cordee.toolkit.tabular.refusals import EmptyFile, NotATable, TooBig, TooHeavy, TooManyRows
from cordee.values.sentence import SpokenError

MOST_FILES = 10
# Twenty cells in each of the lines that are read at most.
MOST_MARKS, MARKS = 400_000, (b"\n", b"\r", b"\t", b";", b",")


class TooManyFiles(Unreadable):
    sentence = gettext_lazy("Dix rapports à la fois, au plus. Importez les autres ensuite : leurs heures s’ajouteront.")


class AnotherDay(Unreadable):
    """The report and the meeting are not of the same day, however its dates are read."""

    def __init__(self, days: Sequence[date], meeting: Meeting) -> None:
        found = _(" ou ").join(date_long(day) for day in days)
        super().__init__(
            _(
                "Ce rapport est du %(found)s; cette rencontre est du %(day)s. Ouvrez la rencontre de ce jour-là, ou"
                " choisissez un autre rapport."
            )
            % {"found": found, "day": date_long(meeting.date)}
        )


def proposal_of(files: Sequence[tuple[str, bytes]], meeting: Meeting) -> dict[str, Any]:
    """`{"files": [{name, sha256, report}], "choices": {}}`, each content once. Raises `Unreadable`.

    Only what is needed later is kept of a file: who, when, and what its summary says.
    """
    if len(files) > MOST_FILES:
        raise TooManyFiles
    read: dict[str, dict[str, Any]] = {}
    for name, content in files:
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in read:
            report = report_in(content)
            refuse_another_day(report, meeting)
            read[sha256] = {"name": name[:200], "sha256": sha256, "report": report.plain()}
    return {"files": list(read.values()), "choices": {}}


def fingerprint_of(proposal: dict[str, Any]) -> str:
    """That of the one file, or of several whatever their order."""
    found = sorted(file["sha256"] for file in proposal["files"])
    return found[0] if len(found) == 1 else hashlib.sha256("".join(found).encode()).hexdigest()


def files_label(proposal: dict[str, Any]) -> str:
    return ", ".join(file["name"] for file in proposal["files"])[:200]


def report_in(content: bytes) -> teams.Report:
    """Raises `Unreadable` with what is wrong and what to do."""
    if len(content) > MOST_BYTES:
        raise TooBig
    if not content.strip():
        raise EmptyFile
    try:
        if content.startswith((ZIP, COMPOUND)):
            return _report_in_workbook(content)
        if sum(map(content.count, MARKS)) > MOST_MARKS:
            raise TooHeavy
        report = teams.read(content)
    except SpokenError as error:
        raise Unreadable(_said(error)) from None
    if sum(len(each.sessions) for each in report.participants) > MOST_ROWS:
        raise TooManyRows
    return report


def refuse_another_day(report: teams.Report, meeting: Meeting) -> None:
    if not teams.orders_on(report, meeting.date):
        raise AnotherDay(teams.days_of(report), meeting)


def _report_in_workbook(content: bytes) -> teams.Report:
    """The first sheet that is a report; when none is, why the first is not."""
    try:
        sheets = read_table(content)
    except NotATable:
        raise teams.NotAReport from None
    refused: SpokenError = teams.NotAReport()
    for number, sheet in enumerate(sheets):
        try:
            return teams.read_rows([[_text(cell) for cell in row] for row in sheet.rows])
        except SpokenError as error:
            refused = refused if number else error
    raise refused


def _text(cell: Cell) -> str:
    """What a spreadsheet understood, written so that only one reading is left."""
    match cell:
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            hours, rest = divmod(int(cell.total_seconds()), 3600)
            return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
        case None | bool():
            return ""
    return str(cell)


def _said(error: SpokenError) -> str:
    """The name of another export is a word of the catalogue too."""
    if name := error.values.get("name"):
        error.values = {**error.values, "name": _(str(name))}
    return in_words(error)
