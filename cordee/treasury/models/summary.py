"""A period's claims in figures, as `prepare_claims --json` gives them."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from cordee.treasury.models.claim import Claim, ClaimLine
from cordee.treasury.models.drafts import OPEN
from cordee.treasury.rules import IN_ORDER
from cordee.values.money import to_cents


def summary_of(year: str, period: str) -> dict[str, Any]:
    """Every claim of the period by the lines that count now, in cents, sorted by organization.

    A supplementary claim is an entry of its own, which says its `sequence`. Flags count attendances by code; those
    of a draft that have no line (not validated…) included. Four queries.
    """
    claims = Claim.objects.filter(year=year, period=period).select_related("organization")
    lines = ClaimLine.objects.counted().filter(claim__year=year, claim__period=period).order_by()
    counts = dict(lines.values("claim_id").annotate(lines=Count("id")).values_list("claim_id", "lines"))
    flags = _flags(lines)
    listed = [
        _entry(claim, counts.get(claim.pk, 0), flags[claim.pk])
        for claim in claims.order_by("organization__code", "sequence")
    ]
    whole = {name: sum(entry[name] for entry in listed) for name in ("claimed_cents", "held_cents", "total_cents")}
    return {"year": year, "period": period, **whole, "claims": listed}


def _entry(claim: Claim, lines: int, flags: Counter[str]) -> dict[str, Any]:
    if claim.state in OPEN:
        flags = flags + Counter({code: notice["count"] for code, notice in claim.notices.items()})
    entry = {
        "organization": claim.organization.code,
        "lines": lines,
        "claimed_cents": to_cents(claim.claimed),
        "held_cents": to_cents(claim.held),
        "total_cents": to_cents(claim.total),
        "flags": {code: flags[code] for code in IN_ORDER if flags[code]},
    }
    return entry | ({"sequence": claim.sequence} if claim.sequence else {})


def _flags(lines: QuerySet[ClaimLine]) -> defaultdict[int, Counter[str]]:
    """Attendances by code. A reduction that was given back since (a positive line of its code) counts no more."""
    taken = (
        lines.exclude(code="")
        .filter(attendance__isnull=False)
        .values("claim_id", "code", "attendance_id")
        .annotate(cents=Sum("amount"), cut=Sum("halves"))
        .filter(Q(cents__lt=0) | Q(cut__lt=0))
    )
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for claim, code in taken.values_list("claim_id", "code").iterator(chunk_size=2000):
        found[claim][code] += 1
    return found
