"""The budget as a workbook: each table as printed, what its lines give, and what does not add up."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cordee.toolkit import formats
from cordee.toolkit.tabular import Column, Sheet
from cordee.treasury.exports.words import remark_words
from cordee.treasury.models import BudgetLine, BudgetRemark
from cordee.treasury.models.budget import BudgetTable
from cordee.treasury.rules.budget import balanced_shares
from cordee.values.money import ZERO

type Declared = Mapping[str, Decimal | None]


def budget_sheets(
    year: str, lines: Sequence[BudgetLine], declared: Declared, remarks: Iterable[BudgetRemark], *, rate: Decimal | None
) -> list[Sheet]:
    """Totals are formulas over the lines; the printed ones stand in the notes, never corrected."""
    of = {table: [line for line in lines if line.table == table] for table in BudgetTable}
    title = _("Budget %(year)s") % {"year": year}
    return [
        expense_sheet(title, of[BudgetTable.EXPENSE], declared, rate),
        single_sheet(_("Revenus"), title, of[BudgetTable.REVENUE], declared.get("revenue")),
        single_sheet(
            _("Ministère"),
            title,
            [line for line in of[BudgetTable.MINISTRY] if not line.block],
            declared.get("ministry-expenses"),
        ),
        share_sheet(title, of[BudgetTable.ALLOCATION], declared.get("allocation")),
        remark_sheet(title, list(remarks)),
    ]


def printed(total: Decimal | None) -> list[str]:
    return [_("Total imprimé : %(total)s") % {"total": formats.money(total)}] if total is not None else []


def expense_sheet(title: str, lines: list[BudgetLine], declared: Declared, rate: Decimal | None) -> Sheet:
    rows = [
        (
            line.block,
            line.number,
            line.label,
            line.declared_other,
            line.declared_compensation,
            line.published().computed_compensation(rate) if rate is not None else None,
            line.declared_total,
        )
        for line in lines
    ]
    texts = [Column(_("Bloc"), width=28), Column(_("Numéro"), width=9), Column(_("Poste"), width=44)]
    amounts = (_("Dépenses"), _("RH déclarée"), _("RH calculée"), _("Total déclaré"))
    return Sheet(
        name=_("Dépenses"),
        columns=[*texts, *(Column(name, "money") for name in amounts)],
        rows=rows,
        totals=(_("Total"), None, None, *(added(column) for column in list(zip(*rows, strict=True))[3:])),
        notes=[title, *printed(declared.get("expense-total"))],
    )


def single_sheet(name: str, title: str, lines: list[BudgetLine], total: Decimal | None) -> Sheet:
    return Sheet(
        name=name,
        columns=[Column(_("Poste"), width=48), Column(_("Déclaré"), "money")],
        rows=[(line.label, line.declared_total) for line in lines],
        totals=(_("Total"), added(line.declared_total for line in lines)),
        notes=[title, *printed(total)],
    )


def share_sheet(title: str, lines: list[BudgetLine], total: Decimal | None) -> Sheet:
    shares = balanced_shares([line.published() for line in lines], total) if total is not None and lines else []
    return Sheet(
        name=_("Allocation aux centres"),
        columns=[Column(_("Centre"), width=38), Column(_("Déclaré"), "money"), Column(_("Réparti"), "money")],
        rows=[(line.label, line.declared_total, shares[at] if shares else None) for at, line in enumerate(lines)],
        totals=(_("Total"), added(line.declared_total for line in lines), added(shares)),
        notes=[title, *printed(total)],
    )


def remark_sheet(title: str, remarks: list[BudgetRemark]) -> Sheet:
    return Sheet(
        name=_("Remarques"),
        columns=[
            Column(_("Remarque"), width=10),
            Column(_("Objet"), width=56),
            Column(_("Déclaré"), "money"),
            Column(_("Calculé"), "money"),
            Column(_("Écart"), "money"),
            Column(_("Réglée le"), "date"),
        ],
        rows=[
            (one.code, remark_words(one) or one.subject, one.declared, one.computed, one.difference, one.settled_at)
            for one in remarks
        ],
        notes=[title],
    )


def added(amounts: Iterable[Any]) -> Decimal:
    return sum((amount or ZERO for amount in amounts), ZERO)
