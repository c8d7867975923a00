"""What a simulation came to, row by row: by centre, community, staff category or line of the budget."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.charter.exports import Amounts
from cordee.charter.models.planning import posts_by_group, posts_weighed
from cordee.charter.models.sides import Side
from cordee.charter.rules.balance import BudgetPlan
from cordee.charter.rules.simulation import Cells, Pair, Where, gathered, whole
from cordee.charter.views.weighed import signed
from cordee.people.models import Group, Organization, StaffCategory
from cordee.values.money import ZERO

CENTRE, COMMUNITY, CATEGORY, LINE = "centre", "communaute", "categorie", "poste"
DIMENSIONS = {
    CENTRE: gettext_lazy("Par centre"),
    COMMUNITY: gettext_lazy("Par communauté"),
    CATEGORY: gettext_lazy("Par catégorie de personnel"),
    LINE: gettext_lazy("Par poste budgétaire"),
}
HEADS = {
    CENTRE: gettext_lazy("Centre"),
    COMMUNITY: gettext_lazy("Communauté"),
    CATEGORY: gettext_lazy("Catégorie de personnel"),
    LINE: gettext_lazy("Poste"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`lang` is that of the label, when it is not that of the page."""

    label: str
    lang: str
    pair: Pair

    @property
    def before(self) -> Decimal:
        return self.pair.amount_before

    @property
    def after(self) -> Decimal:
        return self.pair.amount_after

    @property
    def gap(self) -> Decimal:
        return self.pair.gap

    @property
    def gap_said(self) -> str:
        return signed(self.gap, cents=True)


@dataclass(frozen=True, slots=True)
class Result:
    """A table whose last row is the sum of the others."""

    dimension: str
    rows: list[Row]

    @property
    def head(self) -> str:
        return str(HEADS[self.dimension])

    @property
    def total(self) -> Row:
        return Row(_("Total"), "", whole(row.pair for row in self.rows))

    @property
    def amounts(self) -> list[Amounts]:
        return [Amounts(row.label, row.before, row.after) for row in self.rows]

    @property
    def most(self) -> Decimal:
        """The widest gap: what the drawing is measured by."""
        return max((abs(row.gap) for row in self.rows), default=ZERO)


type Namer = Callable[[Where], tuple[str, str]]


def result(dimension: str, cells: Cells, budget: BudgetPlan | None) -> Result:
    """At most one query, for the names."""
    found = gathered(cells, _namer(dimension, budget))
    return Result(dimension, _sorted(Row(label, lang, pair) for (label, lang), pair in found.items()))


def result_by_line(budget: BudgetPlan, before: Side, after: Side) -> Result:
    """What each line of the budget declares, under both: in the order of the annexe."""
    return Result(LINE, [Row(post.label, "fr", pair) for post, pair in posts_weighed(budget, before, after)])


def _sorted(rows: Iterable[Row]) -> list[Row]:
    kept = (row for row in rows if row.pair.before or row.pair.after)
    return sorted(kept, key=lambda row: (-abs(row.gap), -row.after, row.label))


def _namer(dimension: str, budget: BudgetPlan | None) -> Namer:
    if dimension == CENTRE:
        names = dict(Organization.objects.order_by("code").values_list("code", "short_name"))
        return lambda where: (names.get(where.organization, where.organization), "fr")
    if dimension == CATEGORY:
        return lambda where: (_category(where.category), "")
    if dimension == COMMUNITY:
        groups = {group.pk: group.label for group in Group.objects.order_by("pk")}
        return lambda where: (groups.get(where.group or 0, ""), "fr")
    lines: Mapping[int, str] = {group: post.label for group, post in posts_by_group(budget).items()}
    outside = (_("Hors de l’annexe 3"), "")
    return lambda where: (lines[where.group], "fr") if where.group in lines else outside


def _category(code: str) -> str:
    return str(StaffCategory(code).label) if code else _("Catégorie inconnue")
