"""CSV, TSV and the semicolon files of a French Excel, in the encodings they come in."""

import csv
import io
import re
from collections import Counter

from cordee.toolkit.tabular.refusals import NotATable, WebPage
from cordee.values.text import decode

DELIMITERS = ";\t,|"
SAMPLE_ROWS = 50
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
MARKUP = re.compile(r"\s*(<\?xml|<!doctype|<html|<table|<\w+[ >])", re.IGNORECASE)


def read_delimited(content: bytes) -> list[list[str | None]]:
    """Rows of text; an empty cell is None, an empty line an empty row. Raises `Unreadable`."""
    text = _decode(content)
    if MARKUP.match(text):
        raise WebPage
    text, delimiter = _delimiter_said(text)
    delimiter = delimiter or _delimiter_guessed(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise NotATable from None
    return [[cell.strip() or None for cell in row] for row in rows]


def _decode(content: bytes) -> str:
    if content.startswith(NOT_TABLES):
        raise NotATable
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise NotATable from None
    if CONTROLS.search(text):
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
