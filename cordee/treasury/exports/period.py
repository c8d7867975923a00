"""All the claims of a period: a sheet of figures, a sheet of every line, and the document for the cooperative."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cordee.toolkit import formats
from cordee.toolkit.tabular import Column, Sheet
from cordee.treasury.exports.claim import Cite, cooperative, gross_of, line_columns, line_row, total_of
from cordee.treasury.models import Claim, ClaimState
from cordee.treasury.models.reading import LineFacts
from cordee.values.money import ZERO
from cordee.values.portion import days_of


def sums(claims: list[Claim]) -> tuple[Decimal, ...]:
    """Claimed, reduced, held and total of these claims."""
    return tuple(sum(column, ZERO) for column in zip(*map(amounts_of, claims), strict=True)) or (ZERO,) * 4


def amounts_of(claim: Claim) -> tuple[Decimal, ...]:
    return (claim.claimed, claim.reduced, claim.held, claim.total)


def period_sheets(title: str, claims: list[Claim], lines: Iterable[tuple[Claim, LineFacts]], cite: Cite) -> list[Sheet]:
    """`claims` are those on screen; `lines` theirs, each with its claim."""
    figures = Sheet(
        name=_("Réclamations"),
        columns=[
            Column(_("Code"), width=10),
            Column(_("Organisation"), width=36),
            Column(_("Référence"), width=14),
            Column(_("État"), width=14),
            Column(_("Réclamé"), "money"),
            Column(_("Retranché"), "money"),
            Column(_("En suspens"), "money"),
            Column(_("Admissible"), "money"),
        ],
        rows=[figures_row(claim) for claim in claims],
        totals=(_("Total"), None, None, None, *sums(claims)),
        notes=[title],
    )
    return [figures, all_lines(title, list(lines), cite)]


def figures_row(claim: Claim) -> tuple[Any, ...]:
    organization = claim.organization
    return (
        organization.code,
        organization.name,
        claim.reference,
        str(claim.get_state_display()),
        *amounts_of(claim),
    )


def all_lines(title: str, lines: list[tuple[Claim, LineFacts]], cite: Cite) -> Sheet:
    days = sum((days_of(line.halves) for _claim, line in lines), Decimal(0))
    total = sum((line.amount for _claim, line in lines), ZERO)
    return Sheet(
        name=_("Lignes"),
        columns=[Column(_("Code"), width=10), Column(_("Référence"), width=14), *line_columns()],
        rows=[(claim.organization.code, claim.reference, *line_row(line, cite)) for claim, line in lines],
        totals=(_("Total"), None, None, None, None, None, None, days, None, None, None, total),
        notes=[title],
    )


def period_document(
    title: str, lede: str, claims: list[Claim], lines: Iterable[tuple[Claim, LineFacts]]
) -> dict[str, Any]:
    """The data of `treasury/typst/period.typ`: by organization, then by community."""
    claimed, reduced, held, total = map(formats.money, sums(claims))
    return {
        "title": title,
        "lede": lede,
        "cooperative": cooperative(),
        "figure": {
            "label": _("Admissible"),
            "amount": total,
            "rows": [(_("Réclamé"), claimed), (_("Retranché"), reduced), (_("En suspens"), held)],
        },
        "states": _states(claims),
        "words": {"organizations": _("Par organisation"), "groups": _("Par communauté")},
        "header": [
            _("Organisation"),
            _("Référence"),
            _("État"),
            _("Réclamé"),
            _("Retranché"),
            _("En suspens"),
            _("Admissible"),
        ],
        "rows": [_document_row(claim) for claim in claims],
        "total": (_("Total"), "", "", claimed, reduced, held, total),
        **_by_group(lines),
    }


def _document_row(claim: Claim) -> tuple[str, ...]:
    amounts = map(formats.money, amounts_of(claim))
    return (claim.organization.name, claim.reference, str(claim.get_state_display()), *amounts)


def _states(claims: list[Claim]) -> list[tuple[str, str]]:
    counts = Counter(claim.state for claim in claims)
    return [(str(state.label), str(counts[state])) for state in ClaimState if counts[state]]


def _by_group(lines: Iterable[tuple[Claim, LineFacts]]) -> dict[str, Any]:
    """Each community with its people, its gross amount and what is admissible; what was carried stands last."""
    found: dict[str, list[LineFacts]] = {}
    for _claim, line in lines:
        found.setdefault(line.group_label, []).append(line)
    ordered = sorted(found.items(), key=lambda pair: (not pair[0], pair[0]))
    every = [line for mine in found.values() for line in mine]
    return {
        "groups-header": [_("Communauté"), _("Personnes"), _("Réclamé"), _("Admissible")],
        "groups": [
            (
                label or _("Solde reporté"),
                str(len({line.person for line in mine if line.person}) or ""),
                formats.money(gross_of(mine)),
                formats.money(total_of(mine)),
            )
            for label, mine in ordered
        ],
        "groups-total": (_("Total"), "", formats.money(gross_of(every)), formats.money(total_of(every))),
    }
