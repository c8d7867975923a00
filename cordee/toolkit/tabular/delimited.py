"""CSV, TSV and the semicolon files of a French Excel, in the encodings they come in."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cordee.toolkit.tabular.refusals import NotATable, TooManyColumns, TooManyRows, WebPage
from cordee.values.text import decode, is_whole

DELIMITERS = ";\t,|"
SAMPLE_ROWS = 50
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
MARKUP = re.compile(r"\s*(<\?xml|<!doctype|<html|<table|<\w+[ >])", re.IGNORECASE)


def read_delimited(content: bytes, most_rows: int, most_columns: int) -> list[list[str | None]]:
    """Rows of text; an empty cell is None, an empty line an empty row. Raises `Unreadable`."""
    text = _decode(content)
    if MARKUP.match(text):
        raise WebPage
    text, delimiter = _delimiter_said(text)
    delimiter = delimiter or _delimiter_guessed(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[cell.strip() or None for cell in row] for row in _bounded(rows, most_rows, most_columns)]
    except csv.Error:
        raise NotATable from None


def _bounded(rows: Iterable[list[str]], most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """Each row as it comes: ten megabytes of empty lines would be a gigabyte of rows."""
    for number, row in enumerate(rows):
        if number == most_rows:
            raise TooManyRows
        if len(row) > most_columns:
            raise TooManyColumns
        yield row


def _decode(content: bytes) -> str:
    if content.startswith(NOT_TABLES):
        raise NotATable
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise NotATable from None
    if CONTROLS.search(text) or not is_whole(text):
        raise NotATable
    return text


def _delimiter_said(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`."""
    found = re.match(r"sep=(.)\r?\n", text)
    return (text[found.end() :], found[1]) if found else (text, "")


def _delimiter_guessed(text: str) -> str:
    """The mark that cuts most lines into the same number of cells, two or more; commas of names and decimals lose."""
    best, chosen = (0, 0), ";"
    for delimiter in DELIMITERS:
        lines = io.StringIO(text, newline="")
        try:
            widths = [len(row) for row, _at in zip(csv.reader(lines, delimiter=delimiter), range(SAMPLE_ROWS))]  # noqa: B905
        except csv.Error:
            continue
        counts = Counter(width for width in widths if width > 1)
        width, lines_alike = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        if (lines_alike, width) > best:
            best, chosen = (lines_alike, width), delimiter
    return chosen
