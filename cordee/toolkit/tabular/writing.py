"""Write tables: a workbook that adds up by itself, and the CSV the Excel of the reader opens, French or English.

A text that starts with = + - @ is text, never a formula, in both. In the demonstration every sheet says it is invented.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from cordee.toolkit.formats import locale

type Kind = Literal["text", "money", "date", "number", "days"]
type Row = Sequence[Any]

FORMATS = {
    "text": "@",
    "date": "yyyy-mm-dd",
    "number": "#,##0",
    "days": "0.0",
}
# C0C is fr-CA and 1009 en-CA; Excel puts its own separators: 1 234,56 $ or $1,234.56.
MONEY = {"fr_CA": r"#,##0.00\ [$$-C0C]", "en_CA": "[$$-1009]#,##0.00"}
WIDTHS = {"text": 24, "money": 15, "date": 12, "number": 10, "days": 9}
SUMMABLE = {"money", "number", "days"}
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters; without one, that of the kind, or of the title when it is longer."""

    title: str
    kind: Kind = "text"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Values by kind: Decimal dollars, `date`, int, Decimal days; None is an empty cell.

    `totals` is a row of the same length: a number stands for the sum of its column (written as a formula whose stored
    result is this number), a text is a label, None is empty. `notes` stand above the header, one a row.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    totals: Row | None = None
    notes: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet], *, title: str = "") -> bytes:
    """An XLSX file: real numbers and dates, frozen header, filter, print titles.

    ValueError when a total is not the sum of its column: what disagrees with itself is never handed out.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title or sheets[0].name, "author": "Cordée"})
        styles = _Styles(book)
        taken: set[str] = set()
        for sheet in sheets:
            _SheetWriter(book.add_worksheet(sheet_name(sheet.name, taken)), sheet, styles).write()
    return target.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts (31 characters, none of `[]:*?/\\`, not yet in `taken`), which is added to `taken`."""
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip(" '")[:31].strip() or _("Feuille")
    name, count = base, 1
    while name.lower() in taken:
        count += 1
        name = f"{base[: 31 - len(str(count)) - 1]} {count}"
    taken.add(name.lower())
    return name


def notes_of(sheet: Sheet) -> list[str]:
    """The notes of the sheet, and in the demonstration the one that says its data are invented."""
    return [*sheet.notes, *([_("Démonstration : données inventées")] if settings.DEMO else [])]


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.note = book.add_format({"italic": True, "font_color": "#5a605a"})
        head = {"bold": True, "bottom": 1, "bg_color": "#e8f0eb", "text_wrap": True, "valign": "top"}
        self.head = {True: book.add_format({**head, "align": "right"}), False: book.add_format(head)}
        patterns = {**FORMATS, "money": MONEY[locale()]}
        self.cells = {kind: book.add_format({"num_format": pattern}) for kind, pattern in patterns.items()}
        total = {"bold": True, "top": 1}
        self.totals = {kind: book.add_format({"num_format": p, **total}) for kind, p in patterns.items()}
        # Typing in such a cell, or saving it elsewhere, keeps it text.
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True})


class _SheetWriter:
    def __init__(self, target: Any, sheet: Sheet, styles: _Styles) -> None:
        self.target, self.sheet, self.styles = target, sheet, styles
        self.sums: list[Decimal] = [Decimal(0)] * len(sheet.columns)

    def write(self) -> None:
        notes = notes_of(self.sheet)
        for at, note in enumerate(notes):
            self.target.write_string(at, 0, note, self.styles.note)
        head = len(notes) + 1 if notes else 0
        self._write_head(head)
        at = head
        for at, row in enumerate(self.sheet.rows, start=head + 1):
            self._write_row(at, row)
        if self.sheet.totals is not None:
            self._write_totals(first=head + 1, last=at)
        self._set_up_page(head, at)

    def _write_head(self, at: int) -> None:
        for place, column in enumerate(self.sheet.columns):
            style = self.styles.head[column.kind in SUMMABLE]
            self.target.write_string(at, place, column.title, style)
            width = column.width or max(WIDTHS[column.kind], min(len(column.title) + 2, 40))
            self.target.set_column(place, place, width)

    def _write_row(self, at: int, row: Row) -> None:
        for place, (column, value) in enumerate(zip(self.sheet.columns, row, strict=True)):
            if value is None or value == "":
                continue
            if column.kind in SUMMABLE and not isinstance(value, str):
                self.sums[place] += Decimal(value)
            self._write_cell(at, place, column.kind, value)

    def _write_cell(self, at: int, place: int, kind: str, value: Any) -> None:
        style = self.styles.cells[kind]
        match value:
            case str():
                style = self.styles.quoted if is_dangerous(value) else self.styles.cells["text"]
                self.target.write_string(at, place, value, style)
            case bool():
                self.target.write_string(at, place, _("oui") if value else _("non"), self.styles.cells["text"])
            case datetime():
                self.target.write_datetime(at, place, timezone.localtime(value).replace(tzinfo=None), style)
            case date():
                self.target.write_datetime(at, place, value, style)
            case int() | Decimal():
                self.target.write_number(at, place, value, style)
            case _:
                self._write_cell(at, place, "text", str(value))

    def _write_totals(self, *, first: int, last: int) -> None:
        from xlsxwriter.utility import xl_range

        for place, (column, total) in enumerate(zip(self.sheet.columns, self.sheet.totals or (), strict=True)):
            style = self.styles.totals[column.kind]
            if total is None:
                self.target.write_blank(last + 1, place, None, style)
            elif isinstance(total, str):
                self.target.write_string(last + 1, place, total, style)
            elif Decimal(total) != self.sums[place]:
                raise ValueError(f"{self.sheet.name}, {column.title}: {total} is not the sum {self.sums[place]}.")
            elif last < first:
                self.target.write_number(last + 1, place, total, style)
            else:
                formula = f"=SUM({xl_range(first, place, last, place)})"
                self.target.write_formula(last + 1, place, formula, style, float(total))

    def _set_up_page(self, head: int, last: int) -> None:
        self.target.freeze_panes(head + 1, 0)
        if last > head:
            self.target.autofilter(head, 0, last, len(self.sheet.columns) - 1)
        self.target.repeat_rows(head)
        self.target.set_landscape()
        self.target.set_paper(1)  # letter
        self.target.fit_to_pages(1, 0)
        self.target.set_footer("&L&A&R&P / &N")


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(DANGEROUS) or text.lstrip(" \u00a0").startswith(DANGEROUS)


def csv_file(sheet: Sheet) -> bytes:
    """One table as `csv_for_excel` writes it: notes, header, rows, and the totals as numbers."""
    rows: list[Row] = [[note] for note in notes_of(sheet)]
    rows.append([column.title for column in sheet.columns])
    rows.extend(sheet.rows)
    if sheet.totals is not None:
        rows.append(sheet.totals)
    return csv_for_excel(rows)


def csv_for_excel(rows: Iterable[Row]) -> bytes:
    """What Excel opens by a double click: UTF-8 with its mark, ISO dates, CRLF.

    In fr-CA `;` and the decimal comma, in en-CA `,` and the decimal point. A dangerous text gets an apostrophe in
    front; a negative number is a number and keeps its sign.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";" if locale() == "fr_CA" else ",", lineterminator="\r\n")
    writer.writerows([[_csv_cell(value) for value in row] for row in rows])
    return target.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("oui") if value else _("non")
        case Decimal() | float():
            return f"{value:f}".replace(".", ",") if locale() == "fr_CA" else f"{value:f}"
        case datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case int():
            return str(value)
    text = str(value)
    return f"'{text}" if is_dangerous(text) else text


def as_download(content: bytes, name: str) -> HttpResponse:
    """The file as an attachment named `name` (accents allowed); its type follows its ending: xlsx, csv or pdf."""
    response = HttpResponse(content, content_type=TYPES[name.rsplit(".", 1)[-1].lower()])
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    response["Cache-Control"] = "private, no-store"
    return response
