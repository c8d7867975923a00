"""Read what centres keep: XLSX, XLS, ODS, CSV. The content decides, never the name of the file.

Uploads are hostile until shown otherwise: size, number of rows and what a zip unpacks to are checked before anything
is opened, and the workbook is opened by another process (see `parser.py`).
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cordee.toolkit import archives
from cordee.toolkit.tabular.delimited import read_delimited
from cordee.toolkit.tabular.refusals import (
    Damaged,
    EmptyFile,
    Illegible,
    NotATable,
    PasswordProtected,
    TooBig,
    TooHeavy,
    TooManyColumns,
    TooManyRows,
)
from cordee.values.text import is_whole

type Cell = str | int | float | bool | date | datetime | time | timedelta | None
type Range = tuple[int, int, int, int]

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
SECONDS = 30
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = {"xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb"}
REFUSALS = {
    "password": PasswordProtected,
    "damaged": Damaged,
    "heavy": TooHeavy,
    "rows": TooManyRows,
    "columns": TooManyColumns,
}
logger = logging.getLogger("cordee.tabular")
PARSER = Path(__file__).with_name("parser.py")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One visible sheet. `rows[0]` is the sheet's row 1, empty ones included; an empty cell is None.

    `merged` are ranges (first row, first column, last row, last column), counted from 0; only the first cell of a
    range has a value. ODS and CSV never say theirs.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[Range] = field(default_factory=list)


def read_table(content: bytes, filename: str = "") -> list[ReadSheet]:
    """The visible sheets of a spreadsheet. Raises `Unreadable` with the sentence to show; `filename` is only for it."""
    if len(content) > MOST_BYTES:
        raise TooBig
    if not content.strip():
        raise EmptyFile
    if content.startswith(ZIP):
        return _read_apart(content, _check_zip(content))
    if content.startswith(COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise PasswordProtected
        return _read_apart(content, ".xls")
    rows: list[list[Cell]] = [list(row) for row in read_delimited(content, MOST_ROWS, MOST_COLUMNS)]
    return [ReadSheet(Path(filename).stem, rows)]


def _check_zip(content: bytes) -> str:
    """The ending that fits; refused is what is no spreadsheet, and what would unpack to far more than it shows."""
    try:
        inside = archives.contents_of(content, most_unpacked=MOST_UNPACKED)
    except archives.Broken:
        raise Damaged from None
    except archives.Heavy:
        raise TooHeavy from None
    except archives.Locked:
        raise PasswordProtected from None
    names = {name.lower() for name in inside.names}
    endings = [ending for part, ending in ENDINGS.items() if part in names]
    if "opendocument.spreadsheet" in inside.kind:
        endings.append(".ods")
    if not endings:
        raise NotATable
    return endings[0]


def _read_apart(content: bytes, ending: str) -> list[ReadSheet]:
    """Let the child process open it; whatever happens to the child, this one only refuses a file."""
    command = [sys.executable, "-I", str(PARSER), ending, str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        # A child that is killed leaves its file: it is in a folder of ours.
        with tempfile.TemporaryDirectory(prefix="cordee-") as folder:
            room = {**os.environ, "TMPDIR": folder}
            child = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False, env=room)
    except subprocess.TimeoutExpired:
        raise TooHeavy from None
    if child.returncode < 0 or b"memory" in child.stderr.lower():
        raise TooHeavy
    if child.returncode > 0:
        fault = child.stderr.decode(errors="replace").splitlines()[-1:]
        # Its class alone: its words may be those of a cell.
        logger.warning("spreadsheet not parsed: %s", [line.partition(":")[0] for line in fault])
        raise Damaged
    answer = json.loads(child.stdout)
    if "error" in answer:
        raise REFUSALS[answer["error"]]
    return [_sheet(sheet) for sheet in answer["sheets"]]


def _sheet(sheet: dict[str, Any]) -> ReadSheet:
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet["merged"]]
    if not is_whole(sheet["name"]):
        raise Illegible
    return ReadSheet(sheet["name"], [[_cell(cell) for cell in row] for row in sheet["rows"]], merged)


def _cell(cell: Any) -> Cell:
    """The value again; a whole number is an int (`862000`, not `862000.0`)."""
    match cell:
        case ["moment", str(text)]:
            moment = datetime.fromisoformat(text)
            return moment.date() if moment.time() == time() else moment
        case ["day", str(text)]:
            return date.fromisoformat(text)
        case ["hour", str(text)]:
            return time.fromisoformat(text)
        case ["span", seconds]:
            return timedelta(seconds=seconds)
        case float() if cell.is_integer():
            return int(cell)
        case str():
            if not is_whole(cell):
                raise Illegible
            return cell if cell.strip() else None
    return cell
