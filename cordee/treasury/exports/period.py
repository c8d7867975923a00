"""All the claims of a period: a sheet of figures, a sheet of every line, and the document for the cooperative."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cordee.toolkit import formats
from cordee.toolkit.tabular import Column, Sheet
from cordee.treasury.exports.claim import cooperative, line_columns, line_row
from cordee.treasury.models import Claim
from cordee.treasury.models.periods import period_label
from cordee.treasury.models.reading import LineFacts
from cordee.values.money import ZERO
from cordee.values.portion import days_of


def title_of(year: str, period: str) -> str:
    return _("Réclamations, %(period)s %(year)s") % {"period": period_label(period).lower(), "year": year}


def sums(claims: list[Claim]) -> tuple[Decimal, Decimal, Decimal]:
    """Claimed, held and total of these claims."""
    return (
        sum((claim.claimed for claim in claims), ZERO),
        sum((claim.held for claim in claims), ZERO),
        sum((claim.total for claim in claims), ZERO),
    )


def period_sheets(year: str, period: str, claims: list[Claim], lines: Iterable[tuple[Claim, LineFacts]]) -> list[Sheet]:
    """`claims` are those on screen; `lines` theirs, each with its claim."""
    figures = Sheet(
        name=_("Réclamations"),
        columns=[
            Column(_("Code"), width=10),
            Column(_("Organisation"), width=36),
            Column(_("Référence"), width=14),
            Column(_("État"), width=14),
            Column(_("Réclamé"), "money"),
            Column(_("En suspens"), "money"),
            Column(_("Admissible"), "money"),
        ],
        rows=[figures_row(claim) for claim in claims],
        totals=(_("Total"), None, None, None, *sums(claims)),
        notes=[title_of(year, period)],
    )
    return [figures, all_lines(year, period, list(lines))]


def figures_row(claim: Claim) -> tuple[Any, ...]:
    organization = claim.organization
    return (
        organization.code,
        organization.name,
        claim.reference,
        str(claim.get_state_display()),
        claim.claimed,
        claim.held,
        claim.total,
    )


def all_lines(year: str, period: str, lines: list[tuple[Claim, LineFacts]]) -> Sheet:
    days = sum((days_of(line.halves) for _claim, line in lines), Decimal(0))
    total = sum((line.amount for _claim, line in lines), ZERO)
    return Sheet(
        name=_("Lignes"),
        columns=[Column(_("Code"), width=10), Column(_("Référence"), width=14), *line_columns()],
        rows=[(claim.organization.code, claim.reference, *line_row(line)) for claim, line in lines],
        totals=(_("Total"), None, None, None, None, None, None, days, None, None, None, total),
        notes=[title_of(year, period)],
    )


def period_document(year: str, period: str, claims: list[Claim]) -> dict[str, Any]:
    """The data of `treasury/typst/period.typ`."""
    claimed, held, total = sums(claims)
    return {
        "title": title_of(year, period),
        "cooperative": cooperative(),
        "header": [_("Organisation"), _("Référence"), _("État"), _("Réclamé"), _("En suspens"), _("Admissible")],
        "rows": [
            (
                claim.organization.name,
                claim.reference,
                str(claim.get_state_display()),
                formats.money(claim.claimed),
                formats.money(claim.held),
                formats.money(claim.total),
            )
            for claim in claims
        ],
        "total": (_("Total"), "", "", formats.money(claimed), formats.money(held), formats.money(total)),
    }
