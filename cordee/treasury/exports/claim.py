"""One claim as two sheets: by community, then line by line."""

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from cordee.toolkit.tabular import Column, Sheet
from cordee.treasury.exports.words import category_words, line_words, portion_words
from cordee.treasury.models import Claim
from cordee.treasury.models.periods import period_label
from cordee.treasury.models.reading import LineFacts
from cordee.treasury.rules.codes import GROSS
from cordee.values.money import ZERO
from cordee.values.portion import days_of

# The rule a line applies, in words: what the cadre says and where.
type Cite = Callable[[LineFacts], str]


def cooperative() -> str:
    return _("Coopérative régionale de développement professionnel de la Montérégie et de l’Estrie")


def title_of(claim: Claim) -> str:
    return _("Réclamation %(reference)s, %(organization)s") % {
        "reference": claim.reference,
        "organization": claim.organization.name,
    }


def total_of(lines: list[LineFacts]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def gross_of(lines: list[LineFacts]) -> Decimal:
    return sum((line.amount for line in lines if line.code == GROSS), ZERO)


def by_group(lines: list[LineFacts]) -> list[tuple[str, list[LineFacts]]]:
    """The lines by community, in their order; what was carried over has none and comes last."""
    found = [(label, list(mine)) for label, mine in groupby(lines, key=lambda line: line.group_label)]
    return sorted(found, key=lambda pair: not pair[0])


def claim_sheets(claim: Claim, lines: list[LineFacts], cite: Cite) -> list[Sheet]:
    """Totals are formulas whose results are ours to the cent."""
    groups = by_group(lines)
    gross, total = gross_of(lines), total_of(lines)
    summary = Sheet(
        name=_("Sommaire"),
        columns=[
            Column(_("Communauté"), width=38),
            Column(_("Réclamé"), "money"),
            Column(_("Réductions et ajustements"), "money"),
            Column(_("Admissible"), "money"),
        ],
        rows=[
            (label or _("Solde reporté"), gross_of(mine), total_of(mine) - gross_of(mine), total_of(mine))
            for label, mine in groups
        ],
        totals=(_("Total"), gross, total - gross, total),
        notes=[title_of(claim), f"{period_label(claim.period)} {claim.year} · {claim.get_state_display()}"],
    )
    return [summary, line_sheet(lines, cite, notes=[title_of(claim)])]


def line_columns() -> list[Column]:
    return [
        Column(_("Date"), "date"),
        Column(_("Communauté"), width=30),
        Column(_("Personne"), width=26),
        Column(_("Catégorie"), width=26),
        Column(_("Portion"), width=14),
        Column(_("Jours"), "days"),
        Column(_("Ligne"), width=28),
        Column(_("Règle du cadre"), width=46),
        Column(_("Révision"), "text", width=9),
        Column(_("Montant"), "money"),
    ]


def line_row(line: LineFacts, cite: Cite) -> tuple[Any, ...]:
    return (
        line.date,
        line.group_label,
        line.full_name if line.attendance else "",
        category_words(line.category),
        portion_words(line.portion),
        days_of(line.halves),
        line_words(line),
        cite(line),
        str(line.revision or ""),
        line.amount,
    )


def line_sheet(lines: list[LineFacts], cite: Cite, *, notes: list[str]) -> Sheet:
    days = sum((days_of(line.halves) for line in lines), Decimal(0))
    return Sheet(
        name=_("Lignes"),
        columns=line_columns(),
        rows=[line_row(line, cite) for line in lines],
        totals=(_("Total"), None, None, None, None, days, None, None, None, total_of(lines)),
        notes=notes,
    )
