"""A simulation as a workbook: what changes, the budget, then each way of adding the year up."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from cordee.toolkit.tabular import Column, Sheet
from cordee.values.money import ZERO


class Amounts(NamedTuple):
    """A name with what it comes to under both sets of rules."""

    label: str
    before: Decimal
    after: Decimal

    @property
    def gap(self) -> Decimal:
        return self.after - self.before


class Table(NamedTuple):
    """`name` is that of the sheet, `head` that of its first column."""

    name: str
    head: str
    rows: Sequence[Amounts]


def simulation_sheets(
    title: str,
    names: tuple[str, str],
    changes: Iterable[tuple[str, str, str]],
    budget: Sequence[Amounts],
    tables: Iterable[Table],
) -> list[Sheet]:
    """`names` are those of the two sides; `budget` is what adds up to no total (compensation, balance)."""
    rules = [Column(_("Règle"), width=60), *(Column(name, width=30) for name in names)]
    return [
        Sheet(_("Règles changées"), rules, list(changes), notes=[title]),
        *([_sheet(Table(_("Budget"), _("Budget"), budget), title, names, adds_up=False)] if budget else []),
        *(_sheet(table, title, names) for table in tables),
    ]


def _sheet(table: Table, title: str, names: tuple[str, str], *, adds_up: bool = True) -> Sheet:
    rows = [(row.label, row.before, row.after, row.gap) for row in table.rows]
    sums = (sum(column, ZERO) for column in list(zip(*rows, strict=True))[1:]) if rows else ()
    return Sheet(
        name=table.name,
        columns=[Column(table.head, width=44), *(Column(name, "money") for name in (*names, _("Écart")))],
        rows=rows,
        totals=(_("Total"), *sums) if adds_up and rows else None,
        notes=[title],
    )
