"""Read what centres keep: XLSX, XLS, ODS, CSV. The content decides, never the name of the file.

Uploads are hostile until shown otherwise: size, number of rows and what a zip unpacks to are checked before anything
is opened, and the workbook is opened by another process (see `parser.py`).
"""

import io
import json
import logging
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cordee.toolkit.tabular.delimited import read_delimited
from cordee.toolkit.tabular.refusals import (
    Damaged,
    EmptyFile,
    NotATable,
    PasswordProtected,
    TooBig,
    TooHeavy,
    TooManyColumns,
    TooManyRows,
)

type Cell = str | int | float | bool | date | datetime | time | timedelta | None
type Range = tuple[int, int, int, int]

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 300  # the XML of a dull sheet packs to about a fiftieth
RATIO_FROM = 5 * 1024 * 1024
MOST_PARTS = 2000
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
    rows: list[list[Cell]] = [list(row) for row in read_delimited(content)]
    _check_extent(len(rows), max(map(len, rows), default=0))
    return [ReadSheet(Path(filename).stem, rows)]


def _check_zip(content: bytes) -> str:
    """The ending that fits; refused is what is no spreadsheet, and what would unpack to far more than it shows."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            kind = archive.read("mimetype")[:80] if "mimetype" in archive.namelist() and _is_small(archive) else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        raise Damaged from None
    names = {part.filename.lower() for part in parts}
    endings = [ending for part, ending in ENDINGS.items() if part in names]
    if b"opendocument.spreadsheet" in kind:
        endings.append(".ods")
    if not endings:
        raise NotATable
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooHeavy
    if any(part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * part.compress_size for part in parts):
        raise TooHeavy
    if any(part.flag_bits & 1 for part in parts):
        raise PasswordProtected
    return endings[0]


def _is_small(archive: zipfile.ZipFile) -> bool:
    return archive.getinfo("mimetype").file_size < 200


def _read_apart(content: bytes, ending: str) -> list[ReadSheet]:
    """Let the child process open it; whatever happens to the child, this one only refuses a file."""
    command = [sys.executable, "-I", str(PARSER), ending, str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
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


def _check_extent(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise TooManyRows
    if columns > MOST_COLUMNS:
        raise TooManyColumns


def _sheet(sheet: dict[str, Any]) -> ReadSheet:
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet["merged"]]
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
            return cell if cell.strip() else None
    return cell
