"""A sheet written column by column: what is read of each row stands beside its title."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cordee.toolkit.tabular import Column, Sheet

type Cell = tuple[Column, Callable[[Any], Any]]


def table(
    name: str, cells: Sequence[Cell], rows: Iterable[Any], *, notes: Sequence[str], totals: Sequence[Any] | None = None
) -> Sheet:
    return Sheet(
        name=name,
        columns=[column for column, _read in cells],
        rows=[tuple(read(row) for _column, read in cells) for row in rows],
        totals=totals,
        notes=notes,
    )
