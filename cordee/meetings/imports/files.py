"""A file becomes a proposal: its lines as far as they can be read, in plain values that a batch can keep."""

import hashlib
from collections.abc import Iterator
from typing import Any

from cordee.meetings.imports.directory import Directory
from cordee.meetings.imports.entries import Entry, entries_of, entry_from, settle_days
from cordee.meetings.imports.layout import Grid, grid_of
from cordee.meetings.imports.sentences import MissingColumns, NoLines
from cordee.toolkit.tabular import ReadSheet, read_table


def proposal_of(content: bytes, filename: str) -> dict[str, Any]:
    """`{"entries": […], "ignored": [sheets], "choices": {}}`. Raises `Unreadable` when no sheet can be understood."""
    sheets = read_table(content, filename)
    grids = list(_understood(sheets))
    if not any(grid.rows for grid in grids):
        raise NoLines
    read = [(grid, entries_of(grid)) for grid in grids]
    directory = Directory()
    directory.load_meetings(entry for _grid, entries in read for entry in entries)
    for grid, entries in read:
        settle_days(grid, entries, meets=directory.meets)
    used = {grid.sheet for grid in grids}
    return {
        "entries": [entry.plain() for _grid, entries in read for entry in entries],
        "ignored": [sheet.name for sheet in sheets if sheet.name not in used and any(map(any, sheet.rows))],
        "choices": {},
    }


def entries_in(proposal: dict[str, Any]) -> list[Entry]:
    return [entry_from(values) for values in proposal["entries"]]


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _understood(sheets: list[ReadSheet]) -> Iterator[Grid]:
    """The sheets that have every needed column. When none has, the refusal speaks of the one that came nearest."""
    found = [(grid, grid.missing()) for sheet in sheets if (grid := grid_of(sheet))]
    complete = [grid for grid, missing in found if not missing]
    if not complete:
        nearest = min((missing for _grid, missing in found), key=len, default=["date", "group", "person"])
        raise MissingColumns(nearest)
    yield from complete
