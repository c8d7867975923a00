"""From a sheet to rows under known columns: title rows above, merged cells, blocks whose date is written once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cordee.meetings.imports.cells import fold, text_of
from cordee.meetings.imports.headers import field_of, fields_of, says_last_name_first
from cordee.toolkit.tabular import Cell, ReadSheet

HEADER_WITHIN = 40
NAMING = ({"person"}, {"last_name", "first_name"}, {"email"})
CONTINUED = ("date", "group")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is that of the sheet, from 1. `above` names the fields taken from a cell higher up."""

    number: int
    cells: dict[str, Cell]
    above: frozenset[str] = frozenset()


@dataclass(slots=True)
class Grid:
    """A sheet whose columns are known. `titles` are the headers as written, `stated` what title rows say for all."""

    sheet: str
    header: int
    places: dict[str, int]
    titles: dict[str, str]
    stated: dict[str, Cell] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def last_name_first(self) -> bool:
        return says_last_name_first(self.titles.get("person", ""))

    def missing(self) -> list[str]:
        known = {*self.places, *self.stated}
        absent = [name for name in ("date", "group") if name not in known]
        return absent if any(names <= known for names in NAMING) else [*absent, "person"]


def grid_of(sheet: ReadSheet) -> Grid | None:
    """The sheet with its columns, or None when no row looks like headers."""
    header, places = max(
        ((at, fields_of(cells)) for at, cells in enumerate(sheet.rows[:HEADER_WITHIN])),
        key=lambda found: len(found[1]),
        default=(0, {}),
    )
    if len(places) < 2 or not any(names <= set(places) for names in NAMING):
        return None
    titles = {name: text_of(sheet.rows[header][place]) for name, place in places.items()}
    grid = Grid(sheet.name, header, places, titles)
    grid.stated = {name: cell for name, cell in _stated(sheet.rows[:header]) if name not in places}
    grid.rows = list(_rows(sheet, grid))
    return grid


def _stated(rows: list[list[Cell]]) -> Iterator[tuple[str, Cell]]:
    """« Groupe : 41-Inclusion » in one cell of the title rows, or « Date » with its value in the next cell."""
    for cells in rows:
        filled = [cell for cell in cells if cell is not None]
        for at, cell in enumerate(filled):
            label, colon, value = text_of(cell).partition(":")
            name, _score = field_of(re.sub(r"\s+$", "", label))
            if name not in CONTINUED:
                continue
            if colon and value.strip():
                yield name, value.strip()
            elif not value.strip() and at + 1 < len(filled):
                yield name, filled[at + 1]


def _rows(sheet: ReadSheet, grid: Grid) -> Iterator[Row]:
    merged = _covered(sheet)
    outlined = {name for name in CONTINUED if name in grid.places and _is_outline(sheet, grid, name)}
    last: dict[str, Cell] = {}
    for at in range(grid.header + 1, len(sheet.rows)):
        line = sheet.rows[at]
        cells = {name: line[place] if place < len(line) else None for name, place in grid.places.items()}
        if _is_nothing(line, cells) or _is_header(line, grid):
            continue
        above = set()
        for name, place in grid.places.items():
            if cells[name] is not None:
                last[name] = cells[name]
            elif (at, place) in merged:
                top, left = merged[at, place]
                cells[name] = sheet.rows[top][left]
                above.add(name)
            elif name in outlined and name in last:
                cells[name] = last[name]
                above.add(name)
        yield Row(at + 1, {**cells, **grid.stated}, frozenset(above))


def _covered(sheet: ReadSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Each cell hidden under a merged range, with the one that speaks for it."""
    return {
        (at, place): (top, left)
        for top, left, bottom, right in sheet.merged
        for at in range(top, min(bottom, len(sheet.rows) - 1) + 1)
        for place in range(left, right + 1)
        if (at, place) != (top, left)
    }


def _is_outline(sheet: ReadSheet, grid: Grid, name: str) -> bool:
    """Whether a column is written once a block: more blanks than cells, and no two written cells running say the same.

    ODS and CSV lose merged ranges; this is their trace. Where a value is repeated line after line, a blank is an
    omission and stays one: a date is never guessed.
    """
    place = grid.places[name]
    written: list[Cell] = []
    blanks = 0
    for line in sheet.rows[grid.header + 1 :]:
        cells = {key: line[spot] if spot < len(line) else None for key, spot in grid.places.items()}
        if _is_nothing(line, cells):
            continue
        if cells[name] is None:
            blanks += 1
        else:
            written.append(line[place])
    # The same group or day may come back after another one, never twice running.
    return blanks >= max(len(written), 1) and all(first != second for first, second in pairwise(written))


def _is_nothing(line: list[Cell], cells: dict[str, Cell]) -> bool:
    """An empty row, or one that only sums up or separates: nobody is named on it."""
    named = [cells.get(name) for name in ("person", "last_name", "first_name", "email")]
    if any(name is not None for name in named):
        first = next(text_of(cell) for cell in line if cell is not None)
        return fold(first).startswith(("total", "sous total", "subtotal")) and len(fold(first)) < 25
    return cells.get("portion") is None or all(cells.get(name) is None for name in CONTINUED)


def _is_header(line: list[Cell], grid: Grid) -> bool:
    """The header again, as printed at each page."""
    return len(line) > max(grid.places.values()) and all(
        text_of(line[place]) == grid.titles[name] for name, place in grid.places.items()
    )
