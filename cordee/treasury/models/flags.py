"""What is still to settle, over many claims at once."""

from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from cordee.treasury.models.claim import Claim, ClaimLine
from cordee.treasury.rules.codes import CATEGORY_UNKNOWN, NOT_GRANTED, SETTLED_BY


class OpenFlag(NamedTuple):
    """One point to settle: a rule, in a community, about a person (nobody when it is the community’s grant)."""

    claim: int
    code: str
    group: int
    person: int


def open_flags(claims: QuerySet[Claim] | list[Claim], codes: Any = tuple(SETTLED_BY)) -> set[OpenFlag]:
    """The flags of the lines that count in these claims; what was given back since no longer counts. One query."""
    held = (
        ClaimLine.objects.counted()
        .filter(claim__in=claims, code__in=codes, attendance__isnull=False)
        .order_by()
        .values_list("claim_id", "code", "group_id", "attendance__person_id")
        .annotate(cents=Sum("amount"), cut=Sum("halves"))
        .filter(Q(cents__lt=0) | Q(code=CATEGORY_UNKNOWN, cut__lt=0))
    )
    return {
        OpenFlag(claim, code, group, 0 if code == NOT_GRANTED else person)
        for claim, code, group, person, _cents, _cut in held
    }


def flags_by_claim(claims: list[Claim]) -> Counter[int]:
    """How many points are still to settle in each claim."""
    return Counter(flag.claim for flag in open_flags(claims))
