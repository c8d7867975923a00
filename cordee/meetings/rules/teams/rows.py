"""Bytes to rows of tidy text: encoding, delimiter, quotes, and dates that a spreadsheet cut in two."""

import csv
import io
import re
from collections.abc import Iterable

from cordee.meetings.rules.teams.refusals import AnotherExport, NotAReport
from cordee.meetings.rules.teams.stamps import is_clock, is_day, tidy
from cordee.values.sentence import gettext_noop
from cordee.values.text import decode, is_whole

DELIMITERS = "\t;,"
NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
SAMPLE = 60
MOST_LINES_IN_A_CELL = 5


def rows_of(content: bytes) -> list[list[str]]:
    """Raises NotAReport when it is no text."""
    if content.startswith(NOT_TEXT):
        raise NotAReport
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise NotAReport from None
    if CONTROLS.search(text) or not is_whole(text):
        raise NotAReport
    if text.startswith("WEBVTT"):
        raise AnotherExport(name=gettext_noop("une transcription"))
    return _cut(text)


def tidy_rows(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    """Cells tidy, empty ends dropped, a date and its hour in two cells made one again."""
    return [_whole([tidy(cell) for cell in row]) for row in rows]


def _cut(text: str) -> list[list[str]]:
    said = re.match(r"sep=(.)\r?\n", text)
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if any(cell.count("\n") > MOST_LINES_IN_A_CELL for row in rows for cell in row):
            # Someone’s name begins with a quotation mark: it swallowed the lines that follow.
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error:
        raise NotAReport from None
    return tidy_rows(rows)


def _delimiter(text: str) -> str:
    """The first of tab, `;` and `,` that stands twice in a line: a comma also stands inside the dates of Teams."""
    lines = text.splitlines()[:SAMPLE]
    return next((mark for mark in DELIMITERS if any(line.strip().count(mark) > 1 for line in lines)), "\t")


def _whole(cells: list[str]) -> list[str]:
    joined: list[str] = []
    for cell in cells:
        if joined and is_clock(cell) and is_day(joined[-1]):
            joined[-1] = f"{joined[-1]} {cell}"
        else:
            joined.append(cell)
    while joined and not joined[-1]:
        joined.pop()
    return joined
