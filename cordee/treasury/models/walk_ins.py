"""People whose attendance is held because nobody confirmed that they belong to the community."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Max, Min, Sum, Value
from django.db.models.functions import Concat

from cordee.people.models import Person
from cordee.treasury.models.claim import ClaimLine
from cordee.treasury.rules.codes import NOT_A_MEMBER


class WalkIn(NamedTuple):
    """One person in one community: how many times since when, and what is held."""

    group: int
    group_number: str
    group_name: str
    person: int
    name: str
    claim: int
    first: date
    times: int
    held: Decimal

    @property
    def group_label(self) -> str:
        return f"{self.group_number}-{self.group_name}" if self.group_number else self.group_name


def walk_ins_of(manager: Person, *, on: date) -> list[WalkIn]:
    """Those of the groups this person is responsible for; one query."""
    return walk_ins_in(manager.standing(on).groups("responsible-manager"))


def walk_ins_in(groups: Iterable[int]) -> list[WalkIn]:
    lines = ClaimLine.objects.counted().filter(code=NOT_A_MEMBER, group_id__in=list(groups))
    group = "attendance__meeting__group"
    person = "attendance__person"
    rows = (
        lines.order_by()
        .values(f"{group}_id", f"{group}__number", f"{group}__name", f"{person}_id")
        .annotate(
            name=Concat(f"{person}__first_name", Value(" "), f"{person}__last_name"),
            claim=Max("claim_id"),
            first=Min("date"),
            times=Count("attendance", distinct=True),
            held=Sum("amount"),
        )
        .filter(held__lt=0)
        .order_by(f"{group}__number", "name__plain")
    )
    found = (WalkIn(*row.values()) for row in rows)
    return [one._replace(held=-one.held) for one in found]
