"""The child process that opens a workbook: standard library and calamine only, run by path, never imported.

A file of five kilobytes with one cell in the last corner of a sheet makes the library ask for 500 gigabytes and
abort its whole process. Apart, it takes only this one with it. Standard input: the file; standard output: JSON.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

MEMORY = 512 * 1024 * 1024
SECONDS = 20
# What the other process is given to read, over all sheets.
MOST_CELLS = 4_000_000
MOST_LETTERS = 20_000_000


def main() -> None:
    ending, most_rows, most_columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    limit_itself()
    # By a path: told what it is, the library also tells why it cannot open it.
    with tempfile.NamedTemporaryFile(suffix=ending, delete_on_close=False) as file:
        file.write(sys.stdin.buffer.read())
        file.close()
        json.dump(read(file.name, most_rows, most_columns), sys.stdout)


def limit_itself() -> None:
    try:
        import resource
    except ImportError:  # Windows: still apart, without the limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Refused(Exception):
    """Its word is the `error` told."""


def read(path: str, most_rows: int, most_columns: int) -> dict[str, object]:
    """The sheets (`name`, `rows`, `merged`), or an `error`: password, damaged, heavy, rows, columns."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            return {"sheets": list(sheets_of(book, most_rows, most_columns))}
    except Refused as refusal:
        return {"error": str(refusal)}
    except python_calamine.PasswordError:
        return {"error": "password"}
    except python_calamine.CalamineError as error:
        return {"error": "heavy" if "limit exceeded" in str(error).lower() else "damaged"}


def sheets_of(book, most_rows: int, most_columns: int) -> Iterator[dict[str, object]]:
    """What the author hid is not what they meant to send; a chart has no cells. Raises Refused."""
    import python_calamine

    kinds, shown = python_calamine.SheetTypeEnum, python_calamine.SheetVisibleEnum
    cells = letters = 0
    for about in book.sheets_metadata:
        if about.typ != kinds.WorkSheet or about.visible != shown.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.total_height > most_rows or sheet.total_width > most_columns:
            raise Refused("rows" if sheet.total_height > most_rows else "columns")
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise Refused("heavy")
        rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        letters += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if letters > MOST_LETTERS:
            raise Refused("heavy")
        yield {"name": about.name, "rows": rows, "merged": sheet.merged_cell_ranges or []}


def plain(cell: object) -> object:
    """Text, numbers and booleans as they are; what JSON has no word for as a pair of a letter and a text."""
    if isinstance(cell, datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, date):
        return ["day", cell.isoformat()]
    if isinstance(cell, time):
        return ["hour", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["span", cell.total_seconds()]
    return None if cell == "" else cell


if __name__ == "__main__":
    main()
