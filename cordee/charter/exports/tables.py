"""A table of an article as the document sets it: every column has its width."""

from collections.abc import Callable
from math import sqrt
from typing import Any

from cordee.toolkit.contributions import ArticleTable, Cell

# More than these characters in a row do not fit the width of an upright page.
WIDEST = 420
SHORT, BROADEST, LEAST = 14, 180, 0.12


def table_block(table: ArticleTable, anchor: Callable[[str], str]) -> dict[str, Any]:
    """`anchor` gives the name a cell can be reached by, once in a document."""
    return {
        "kind": "table",
        "name": table.name,
        "headers": [header for header, _is_figure in table.columns],
        "widths": _widths(table),
        "numeric": table.figures,
        "wide": sum(len(cell.text) for row in table.rows for cell in row) > WIDEST * len(table.rows),
        "groups": [
            {
                "title": _cell(name, anchor) if name else None,
                "rows": [
                    {"strong": row.is_total, "cells": [_cell(cell, anchor) for cell in row.cells]} for row in rows
                ],
            }
            for name, rows in table.groups
        ],
    }


def _cell(cell: Cell, anchor: Callable[[str], str]) -> dict[str, str]:
    return {"text": cell.text, "language": cell.lang, "anchor": anchor(f"rule-{cell.key}") if cell.key else ""}


def _widths(table: ArticleTable) -> list[int | None]:
    """Shares of the width; None for a column of figures or of short words: as wide as what it holds."""
    columns = zip(*(row.cells for _name, rows in table.groups for row in rows), strict=True)
    lengths = [[len(cell.text) for cell in column] for column in columns]
    shares = [
        None if is_figure or max(found) <= SHORT else _share(found)
        for (_header, is_figure), found in zip(table.columns, lengths, strict=True)
    ]
    least = round(sum(share or 0 for share in shares) * LEAST)
    return [max(share, least) if share else None for share in shares]


def _share(lengths: list[int]) -> int:
    """Long texts get more room, not as much more as they are longer."""
    return round(10 * sqrt(min(max(sum(lengths) / len(lengths), max(lengths) / 3), BROADEST)))
