"""The annexes, from live data: strategic projects, communities of the year, budget as its lines give it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.communities.models import Objective, ObjectiveKind, Plan, PlanStatus
from cordee.people.models import GroupKind
from cordee.toolkit import formats
from cordee.toolkit.contributions import ArticleTable, Cell
from cordee.treasury.models import BudgetLine, BudgetTotal
from cordee.treasury.models.budget import BudgetTable, published_lines
from cordee.treasury.rules.budget import INCOME, Sums, sums_of
from cordee.values.school_year import SchoolYear

type Row = tuple[Cell, ...]
# Table 1 puts the types in this order.
KINDS = (GroupKind.STRATEGIC_PROJECT, GroupKind.SUPPORTED, GroupKind.NETWORKING, GroupKind.PRIORITY_32)
EMPTY = Cell("")


def annexes(names: Iterable[str], year: SchoolYear) -> Iterator[ArticleTable]:
    """Those of the names that are annexes, unless the year has nothing for them."""
    for name in names:
        if name in DRAWN and (table := DRAWN[name](year)) is not None:
            yield table


def _projects(year: SchoolYear) -> ArticleTable | None:
    """Annexe 1. Projects run over several years: they are the same in each."""
    english = (get_language() or "").startswith("en")
    objectives = Objective.objects.select_related("project").order_by("project__number", "number")
    rows = tuple(
        (
            _said(f"{one.project.number}. ", one.project.title, one.project.title_en, english=english),
            Cell(one.number if one.kind == ObjectiveKind.SMART else _("Global")),
            _said("", one.text, one.text_en, english=english),
            Cell(formats.month_long(one.due) if one.due else "—"),
        )
        for one in objectives
    )
    headers = (_("Projet"), _("Nº"), _("Objectif"), _("D’ici"))
    return ArticleTable("projects", _("Projets stratégiques et objectifs"), headers, rows) if rows else None


def _said(before: str, french: str, other: str, *, english: bool) -> Cell:
    """What has no English stays in French, and says so."""
    if english and other:
        return Cell(f"{before}{other}")
    return Cell(f"{before}{french}", "fr" if english else "")


def _communities(year: SchoolYear) -> ArticleTable | None:
    """Annexe 2: the communities that have a plan for the year, by type, those under way first."""
    plans = Plan.objects.filter(year=str(year)).select_related("community__group")
    found = sorted(
        plans.order_by("community__group__number", "community__group__name__plain"),
        key=lambda plan: (KINDS.index(GroupKind(plan.community.group.kind)), plan.status != PlanStatus.ONGOING),
    )
    rows = tuple(
        (
            Cell(str(GroupKind(plan.community.group.kind).label)),
            Cell(plan.community.group.number or "—"),
            Cell(plan.community.group.name, "fr"),
            Cell(str(PlanStatus(plan.status).label)),
        )
        for plan in found
    )
    headers = (_("Type"), _("Nº"), _("Communauté"), _("État"))
    return ArticleTable("communities", _("Communautés de l’année"), headers, rows) if rows else None


def _budget(year: SchoolYear) -> ArticleTable | None:
    """Annexe 3: every printed line; each total is that of its lines, and a printed one that differs says so."""
    lines = list(BudgetLine.objects.filter(year=str(year)).order_by("position"))
    if not lines:
        return None
    declared = dict(BudgetTotal.objects.filter(year=str(year)).values_list("key", "declared"))
    rows = [*_budget_rows(lines, sums_of(published_lines(lines)), declared)]
    headers = (_("Bloc"), _("Poste"), _("Dépenses"), _("Contribution RH prévue"), _("Total"))
    strong = frozenset(at for at, (is_total, _row) in enumerate(rows) if is_total)
    return ArticleTable(
        "budget", _("Budget de l’année"), headers, tuple(row for _is, row in rows), frozenset({2, 3, 4}), strong
    )


def _budget_rows(
    lines: list[BudgetLine], sums: Sums, declared: Mapping[str, Decimal | None]
) -> Iterator[tuple[bool, Row]]:
    """Each row, and whether it is a total."""
    of = {table: [line for line in lines if line.table == table] for table in BudgetTable}
    revenues, together = _("Revenus"), _("Dépenses et solde")
    for line in of[BudgetTable.REVENUE]:
        yield False, _line(revenues, line)
    yield from _total(revenues, _("Total des revenus"), sums.revenue, declared.get("revenue"))
    for block, same in groupby(of[BudgetTable.EXPENSE], key=lambda line: line.block):
        for line in same:
            yield False, _line(block, line)
    amounts = (_money(sums.other), _money(sums.compensation), _money(sums.expenses))
    yield True, (Cell(together), Cell(_("Total des dépenses")), *amounts)
    yield from _printed(together, sums.expenses, declared.get("expense-total"))
    yield True, (Cell(together), Cell(_("Revenus moins dépenses")), EMPTY, EMPTY, _money(sums.balance))
    yield from _of_the_ministry(of, sums, declared)


def _of_the_ministry(
    of: Mapping[BudgetTable, list[BudgetLine]], sums: Sums, declared: Mapping[str, Decimal | None]
) -> Iterator[tuple[bool, Row]]:
    ministry, shared = _("Allocation du ministère"), _("Allocation aux centres")
    for line in sorted(of[BudgetTable.MINISTRY], key=lambda line: line.block != INCOME):
        yield False, _line(ministry, line)
    left = _("Allocation moins ses dépenses")
    yield from _total(ministry, left, sums.ministry_balance, declared.get("ministry-balance"))
    for line in of[BudgetTable.ALLOCATION]:
        yield False, _line(shared, line)
    yield from _total(shared, _("Total alloué aux centres"), sums.allocated, declared.get("allocation"))


def _line(block: str, line: BudgetLine) -> Row:
    name = f"{line.number}-{line.label}" if line.number else line.label
    amounts = (line.declared_other, line.declared_compensation, line.declared_total)
    return (Cell(block, "fr"), Cell(name, "fr"), *(_money(amount) for amount in amounts))


def _total(block: str, name: str, computed: Decimal, printed: Decimal | None) -> Iterator[tuple[bool, Row]]:
    yield True, (Cell(block), Cell(name), EMPTY, EMPTY, _money(computed))
    yield from _printed(block, computed, printed)


def _printed(block: str, computed: Decimal, printed: Decimal | None) -> Iterator[tuple[bool, Row]]:
    """A published total that is not the sum of its lines: both figures and the gap, never a supposed cause."""
    if printed is not None and printed != computed:
        words = _("Total publié, écart de %(gap)s") % {"gap": formats.money(printed - computed)}
        yield False, (Cell(block), Cell(words), EMPTY, EMPTY, _money(printed))


def _money(amount: Decimal | None) -> Cell:
    return Cell(formats.money(amount)) if amount is not None else EMPTY


DRAWN: Mapping[str, Callable[[SchoolYear], ArticleTable | None]] = {
    "projects": _projects,
    "communities": _communities,
    "budget": _budget,
}
