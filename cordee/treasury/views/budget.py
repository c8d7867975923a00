"""The year’s budget as published, each declared amount beside what its lines give."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.tabular import as_download, workbook
from cordee.treasury import policy
from cordee.treasury.actions.budget import reopen_remark, settle_remark
from cordee.treasury.exports import budget_sheets
from cordee.treasury.exports.words import remark_words
from cordee.treasury.models import BudgetLine, BudgetRemark, BudgetTotal
from cordee.treasury.models.budget import BudgetTable
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.spending import spending_of
from cordee.treasury.rules.budget import EXPENSE, INCOME, Sums, balanced_shares, sums_of
from cordee.values.money import ZERO
from cordee.values.school_year import UnreadableSchoolYear


@dataclass(frozen=True, slots=True)
class LineShown:
    """A printed line with what its own terms give."""

    line: BudgetLine
    computed: Decimal | None

    @property
    def differs(self) -> bool:
        declared = self.line.declared_compensation if self.line.table == EXPENSE else self.line.declared_total
        return self.computed is not None and self.computed != declared


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    rows: list[LineShown]

    @property
    def other(self) -> Decimal:
        return sum((row.line.declared_other or ZERO for row in self.rows), ZERO)

    @property
    def compensation(self) -> Decimal:
        return sum((row.line.declared_compensation or ZERO for row in self.rows), ZERO)

    @property
    def total(self) -> Decimal:
        return sum((row.line.published().computed_total for row in self.rows), ZERO)


@dataclass(frozen=True, slots=True)
class TotalShown:
    """A printed total held against its lines."""

    declared: Decimal | None
    computed: Decimal

    @property
    def differs(self) -> bool:
        return self.declared is not None and self.declared != self.computed

    @property
    def gap(self) -> Decimal | None:
        return self.declared - self.computed if self.declared is not None else None


class BudgetPage:
    """One year: three queries and the rules."""

    def __init__(self, year: str) -> None:
        self.year = year
        self.lines = list(BudgetLine.objects.filter(year=year).order_by("position"))
        self.declared = dict(BudgetTotal.objects.filter(year=year).values_list("key", "declared"))
        self.remarks = list(BudgetRemark.objects.filter(year=year).order_by("code"))

    @cached_property
    def rate(self) -> Decimal | None:
        """The day’s rate of professional staff, with which the plan was made."""
        books = YearPeriods.of(self.year).timeline.rulebooks
        return books[0].optional_amount("rate.professional.day") if books else None

    @cached_property
    def sums(self) -> Sums:
        return sums_of(line.published() for line in self.lines)

    def of(self, table: str) -> list[BudgetLine]:
        return [line for line in self.lines if line.table == table]

    @cached_property
    def expenses(self) -> list[Block]:
        rows = [LineShown(line, self._by_terms(line)) for line in self.of(BudgetTable.EXPENSE)]
        return [Block(name, list(same)) for name, same in groupby(rows, key=lambda row: row.line.block)]

    @cached_property
    def revenues(self) -> list[BudgetLine]:
        return self.of(BudgetTable.REVENUE)

    @cached_property
    def income(self) -> list[BudgetLine]:
        return [line for line in self.of(BudgetTable.MINISTRY) if line.block == INCOME]

    @cached_property
    def ministry(self) -> list[BudgetLine]:
        return [line for line in self.of(BudgetTable.MINISTRY) if line.block != INCOME]

    @cached_property
    def shares(self) -> list[LineShown]:
        lines, to_share = self.of(BudgetTable.ALLOCATION), self.declared.get("allocation")
        weighted = [line.published() for line in lines]
        if to_share is None or not any(line.weight for line in weighted):
            return [LineShown(line, None) for line in lines]
        return [LineShown(*pair) for pair in zip(lines, balanced_shares(weighted, to_share), strict=True)]

    @property
    def shared(self) -> Decimal:
        return sum((row.computed or ZERO for row in self.shares), ZERO)

    @cached_property
    def totals(self) -> dict[str, TotalShown]:
        sums = self.sums
        computed = {
            "other": ("expense-other", sums.other),
            "compensation": ("expense-compensation", sums.compensation),
            "expenses": ("expense-total", sums.expenses),
            "revenue": ("revenue", sums.revenue),
            "ministry_expenses": ("ministry-expenses", sums.ministry_expenses),
            "ministry_balance": ("ministry-balance", sums.ministry_balance),
            "allocation": ("allocation", sums.allocated),
        }
        return {name: TotalShown(self.declared.get(key), amount) for name, (key, amount) in computed.items()}

    @property
    def balance(self) -> TotalShown:
        income, spent = self.declared.get("revenue"), self.declared.get("expense-total")
        implied = income - spent if income is not None and spent is not None else None
        return TotalShown(implied, self.sums.balance)

    @property
    def open_remarks(self) -> list[BudgetRemark]:
        return [remark for remark in self.remarks if remark.settled_at is None]

    def _by_terms(self, line: BudgetLine) -> Decimal | None:
        return line.published().computed_compensation(self.rate) if self.rate is not None else None


@require_safe
@requires(signed_in)
def budget(request: HttpRequest, year: str) -> HttpResponse:
    on, person = clock.today(), request.person  # type: ignore[attr-defined]
    page = _page(year)
    context = {
        "budget": page,
        "remarks": [(remark, remark_words(remark)) for remark in page.remarks],
        "settles": bool(policy.settles_remarks(person, on=on)),
        "spending": spending_of(year) if policy.oversees_claims(person, on=on) else None,
    }
    return render(request, "treasury/budget.html", context)


@require_safe
@requires(signed_in)
def budget_xlsx(request: HttpRequest, year: str) -> HttpResponse:
    page = _page(year)
    if not page.lines:
        raise Http404
    sheets = budget_sheets(year, page.lines, page.declared, page.remarks, rate=page.rate)
    return as_download(workbook(sheets), f"budget-{year}.xlsx")


def _page(year: str) -> BudgetPage:
    try:
        page = BudgetPage(year)
        page.rate  # noqa: B018 (an unreadable year is no page)
    except UnreadableSchoolYear:
        raise Http404 from None
    return page


@require_POST
@requires(policy.settles_remarks)
def remark(request: HttpRequest, year: str, code: str) -> HttpResponse:
    """The treasurer says that a remark is settled."""
    found = get_object_or_404(BudgetRemark, year=year, code=code)
    settle_remark(remark=found, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    undo = reverse("treasury:budget_remark_undo", args=[year, code])
    announce(request, _("La remarque %(code)s est réglée.") % {"code": code}, undo=undo)
    return redirect("treasury:budget", year=year)


@require_POST
@requires(policy.settles_remarks)
def remark_undo(request: HttpRequest, year: str, code: str) -> HttpResponse:
    found = get_object_or_404(BudgetRemark, year=year, code=code)
    reopen_remark(remark=found, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    announce(request, _("La remarque %(code)s est ouverte de nouveau.") % {"code": code})
    return redirect("treasury:budget", year=year)
