"""The year’s compensation at a glance: what was paid, what was claimed, what the budget plans, by family of groups."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cordee.people.models import Group, GroupKind
from cordee.treasury.models import BudgetLine, ClaimLine, ClaimState
from cordee.treasury.models.budget import BudgetTable
from cordee.values.money import ZERO


@dataclass(slots=True)
class Family:
    """`claimed` holds what was paid too."""

    label: str
    planned: Decimal = ZERO
    claimed: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def is_over(self) -> bool:
        return self.claimed > self.planned


class BudgetAtAGlance:
    """Two queries. Drafts are left out: nothing was claimed yet."""

    def __init__(self, year: str) -> None:
        self.year = year

    @cached_property
    def families(self) -> list[Family]:
        found: dict[str, Family] = defaultdict(lambda: Family(""))
        for kind, planned in self._planned():
            found[kind or ""].planned += planned or ZERO
        for row in self._claimed():
            found[row["kind"] or ""].claimed += row["claimed"] or ZERO
            found[row["kind"] or ""].paid += row["paid"] or ZERO
        labels = {**dict(GroupKind.choices), "": _("Autres postes")}
        for kind, family in found.items():
            family.label = str(labels[kind])
        known = [found[kind] for kind in (*GroupKind.values, "") if kind in found]
        return [family for family in known if family.planned or family.claimed]

    @property
    def paid(self) -> Decimal:
        return sum((family.paid for family in self.families), ZERO)

    @property
    def planned(self) -> Decimal:
        return sum((family.planned for family in self.families), ZERO)

    @property
    def share(self) -> Decimal | None:
        return self.paid / self.planned if self.planned else None

    def _planned(self) -> Any:
        lines = BudgetLine.objects.filter(year=self.year, table=BudgetTable.EXPENSE).order_by()
        return lines.values_list("group__kind").annotate(planned=Sum("declared_compensation"))

    def _claimed(self) -> Any:
        kind = Group.objects.filter(pk=OuterRef("group_id")).order_by().values("kind")
        lines = ClaimLine.objects.frozen().filter(claim__year=self.year).order_by()
        paid = Sum("amount", filter=Q(claim__state=ClaimState.PAID))
        return lines.annotate(kind=Subquery(kind)).values("kind").annotate(claimed=Sum("amount"), paid=paid)
