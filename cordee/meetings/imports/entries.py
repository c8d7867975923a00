"""From rows to entries: one line of the file, read as far as it can be without knowing who is in the system."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from cordee.meetings.imports.cells import (
    category_of,
    date_of,
    email_of,
    name_of,
    portion_of,
    settles_order,
    text_of,
    with_full_year,
)
from cordee.meetings.imports.layout import Grid, Row
from cordee.values.dates import likely_order

# What cannot be read: a code, the header of the column, the cell. The sentence is made when it is shown.
type Trouble = tuple[str, str, str]


@dataclass(slots=True)
class Entry:
    """`portion` is none, half, day, planned or empty; `half` am, pm or empty; `sure_order` that of the name."""

    sheet: str
    row: int
    day: date | None = None
    other_day: date | None = None
    group: str = ""
    first_name: str = ""
    last_name: str = ""
    sure_order: bool = False
    email: str = ""
    organization: str = ""
    category: str = ""
    category_text: str = ""
    portion: str = ""
    half: str = ""
    reason: str = ""
    written: str = ""
    above: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def plain(self) -> dict[str, Any]:
        """For JSON; empty values are left out."""
        values = {name: value for name, value in asdict(self).items() if value}
        values.pop("other_day", None)
        if self.day:
            values["day"] = self.day.isoformat()
        return values


def entry_from(values: dict[str, Any]) -> Entry:
    day = values.get("day")
    return Entry(**{**values, "day": date.fromisoformat(day) if day else None})


def entries_of(grid: Grid) -> list[Entry]:
    """Every line of a sheet, both readings of its dates kept."""
    return [_entry(grid, row) for row in grid.rows]


def settle_days(grid: Grid, entries: list[Entry], *, meets: Callable[[str, date], bool]) -> None:
    """Take one reading of the dates for the whole column. `meets(group, day)`: that group is known to meet that day."""
    if _is_month_first(grid, entries, meets):
        for entry in entries:
            entry.day = entry.other_day or entry.day


def _is_month_first(grid: Grid, entries: list[Entry], meets: Callable[[str, date], bool]) -> bool:
    """The column as a whole decides: a day beyond 12 first, then the meetings the groups have, else day first."""
    texts = [with_full_year(text_of(row.cells.get("date"))) for row in grid.rows]
    if any(settles_order(text) for text in texts):
        return likely_order(texts) == "month-first"
    doubtful = [entry for entry in entries if entry.other_day and entry.day]
    as_day_first = sum(meets(entry.group, entry.day) for entry in doubtful if entry.day)
    as_month_first = sum(meets(entry.group, entry.other_day) for entry in doubtful if entry.other_day)
    return as_month_first > as_day_first


def _entry(grid: Grid, row: Row) -> Entry:
    entry = Entry(grid.sheet, row.number, above=sorted(row.above))
    entry.group = text_of(row.cells.get("group"))
    entry.organization = text_of(row.cells.get("organization"))
    entry.category_text = text_of(row.cells.get("category"))
    entry.category = category_of(entry.category_text)
    entry.reason = text_of(row.cells.get("reason"))[:200]
    for read in (_read_day, _read_group, _read_name, _read_email, _read_portion):
        read(entry, grid, row)
    return entry


def _read_day(entry: Entry, grid: Grid, row: Row) -> None:
    cell = row.cells.get("date")
    found = date_of(cell) if cell is not None else None
    if found is None:
        _trouble(entry, grid, "date", cell)
    else:
        entry.day, entry.other_day = found.day, found.other


def _read_group(entry: Entry, grid: Grid, row: Row) -> None:
    if not entry.group:
        _trouble(entry, grid, "group", None)


def _read_name(entry: Entry, grid: Grid, row: Row) -> None:
    if "last_name" in grid.places:
        entry.first_name = text_of(row.cells.get("first_name"))
        entry.last_name = text_of(row.cells.get("last_name"))
        entry.sure_order = True
    elif (cell := row.cells.get("person")) is not None:
        found = name_of(cell, last_first=grid.last_name_first)
        if found is None:
            entry.last_name = text_of(cell)
        else:
            entry.first_name, entry.last_name, entry.sure_order = found.first, found.last, found.sure
    nameless = not entry.first_name or not entry.last_name
    if nameless and not row.cells.get("email"):
        _trouble(entry, grid, "person" if "person" in grid.places else "last_name", entry.name)


def _read_email(entry: Entry, grid: Grid, row: Row) -> None:
    found = email_of(row.cells.get("email"))
    if found is None:
        _trouble(entry, grid, "email", row.cells.get("email"))
    entry.email = found or ""


def _read_portion(entry: Entry, grid: Grid, row: Row) -> None:
    halves: list[str] = [name for name in ("am", "pm") if name in grid.places]
    if "portion" not in grid.places and halves:
        _read_halves(entry, grid, row, halves)
        return
    cell = row.cells.get("portion")
    entry.written = text_of(cell)
    # Without a column for it, being on the list is being present.
    found = portion_of(cell if "portion" in grid.places and cell is not None else "x")
    if cell is None and "portion" in grid.places:
        found = None
    if found is None:
        _trouble(entry, grid, "portion", cell)
    else:
        entry.portion, entry.half = found.portion, found.half


def _read_halves(entry: Entry, grid: Grid, row: Row, halves: list[str]) -> None:
    """Two columns, AM and PM, each ticked or not."""
    ticked = []
    for name in halves:
        cell = row.cells.get(name)
        found = portion_of(cell) if cell is not None else None
        if cell is not None and found is None:
            _trouble(entry, grid, name, cell)
        elif found is not None and found.portion != "none":
            ticked.append(name)
    entry.written = " + ".join(grid.titles[name] for name in ticked)
    entry.portion = ("none", "half", "day")[len(ticked)]
    entry.half = ticked[0] if len(ticked) == 1 else ""
    if not ticked and all(row.cells.get(name) is None for name in halves):
        entry.portion = ""
        _trouble(entry, grid, halves[0], None)


def _trouble(entry: Entry, grid: Grid, name: str, cell: Any) -> None:
    code = name if cell not in (None, "") else f"no-{name}"
    entry.troubles.append((code, grid.titles.get(name, ""), text_of(cell)))
