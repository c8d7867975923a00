"""From a sheet to rows under known columns: title rows above, merged cells, blocks whose date is written once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cordee.meetings.imports.cells import date_of, fold, text_of
from cordee.meetings.imports.headers import field_of, fields_of, says_last_name_first
from cordee.toolkit.tabular import Cell, ReadSheet

HEADER_WITHIN = 40
NAMING = ({"person"}, {"last_name", "first_name"}, {"email"})
NAMED = ("person", "last_name", "first_name", "email")
CONTINUED = ("date", "group")
TOTALS = ("total", "sous total", "subtotal", "grand total")


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
    """« Groupe : 41-Inclusion » in one cell of the title rows, or « Date » with its value in the next cell.

    A page of instructions says « Date » too, followed by no date: it states nothing.
    """
    for cells in rows:
        filled = [cell for cell in cells if cell is not None]
        for at, cell in enumerate(filled):
            label, _colon, value = text_of(cell).partition(":")
            name, _score = field_of(label)
            beside = filled[at + 1] if at + 1 < len(filled) else None
            said = value.strip() or beside
            if name in CONTINUED and said is not None and (name != "date" or date_of(said)):
                yield name, said


def _rows(sheet: ReadSheet, grid: Grid) -> Iterator[Row]:
    merged = _covered(sheet)
    outlined = {name for name in CONTINUED if name in grid.places and _is_outline(sheet, grid, name)}
    last: dict[str, Cell] = {}
    for at, cells in _lines(sheet, grid):
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
        if _is_attendance(cells, above):
            yield Row(at + 1, {**cells, **grid.stated}, frozenset(above))


def _lines(sheet: ReadSheet, grid: Grid) -> Iterator[tuple[int, dict[str, Cell]]]:
    """What is written under the headers, by column: no empty row, no total, no header printed again."""
    for at in range(grid.header + 1, len(sheet.rows)):
        line = sheet.rows[at]
        cells = {name: line[place] if place < len(line) else None for name, place in grid.places.items()}
        first = fold(next((text_of(cell) for cell in line if cell is not None), ""))
        is_total = first.startswith(TOTALS) and len(first) < 25
        is_header = all(text_of(cell) == grid.titles[name] for name, cell in cells.items())
        if not is_total and not is_header and any(cell is not None for cell in cells.values()):
            yield at, cells


def _is_attendance(cells: dict[str, Cell], above: set[str]) -> bool:
    """Whether it names someone, or says a portion and of what: else it is the heading of a block, or a remark."""
    named = any(cells.get(name) is not None for name in NAMED)
    return named or (cells.get("portion") is not None and any(cells.get(n) and n not in above for n in CONTINUED))


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
    cells = [found[name] for _at, found in _lines(sheet, grid)]
    written = [cell for cell in cells if cell is not None]
    # The same group or day may come back after another one, never twice running.
    return 2 * len(written) <= len(cells) and all(first != second for first, second in pairwise(written))
