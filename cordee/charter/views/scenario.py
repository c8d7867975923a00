"""A scenario: what it changes, what that does to the plan or to a year’s attendance, and its run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from cordee.charter import policy
from cordee.charter.actions.scenarios import remove_scenario, restore_scenario
from cordee.charter.actions.simulations import advance_simulation, join_simulation, rules_of
from cordee.charter.exports import Table, simulation_sheets
from cordee.charter.models import Scenario, Simulation
from cordee.charter.models.planning import YearPlan, budget_of, plan_of
from cordee.charter.models.sides import Side
from cordee.charter.rules.balance import BudgetPlan
from cordee.charter.rules.simulation import Cells
from cordee.charter.views.results import COMMUNITY, DIMENSIONS, LINE, Result, result, result_by_line
from cordee.charter.views.scope import ground_at, one_of, scenarios_of
from cordee.charter.views.weighed import WeighedBudget
from cordee.reference.citation import label_of
from cordee.reference.rulebook import Rule
from cordee.reference.wording import in_words
from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.tabular import as_download, workbook

PLAN, ATTENDANCE = "plan", "presences"
# A request works no longer than this before it answers: the page shows where the run stands.
STEP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule of the scenario beside what is in force."""

    label: str
    before: str
    after: str


class ScenarioPage:
    """Two sides and what they come to. Every query is made once, and only for what is shown."""

    def __init__(self, request: HttpRequest, year: str, number: int, pk: int) -> None:
        self.ground = ground_at(year, number)
        self.scenarios = scenarios_of(self.ground.base)
        self.scenario = one_of(self.scenarios, pk)
        asked = request.POST if request.method == "POST" else request.GET
        face = asked.get("face", "")
        self.against = one_of(self.scenarios, int(face)) if face.isdecimal() and int(face) != pk else None
        self.basis = ATTENDANCE if asked.get("sur") == ATTENDANCE else PLAN
        self.dimension = asked.get("par") if asked.get("par") in DIMENSIONS else COMMUNITY

    @cached_property
    def before(self) -> Side:
        return self.ground.side(self.against)

    @cached_property
    def after(self) -> Side:
        return self.ground.side(self.scenario)

    @cached_property
    def budget(self) -> BudgetPlan | None:
        return budget_of(self.ground)

    @cached_property
    def weighed(self) -> WeighedBudget | None:
        return WeighedBudget(self.budget, self.before, self.after.book) if self.budget else None

    @cached_property
    def plan(self) -> YearPlan:
        return plan_of(self.ground, on=clock.today())

    @cached_property
    def run(self) -> Simulation | None:
        runs = self.scenario.simulations.filter(against=self.against, year=str(self.ground.year))
        return runs.order_by("pk").first()

    @property
    def is_fresh(self) -> bool:
        """The rules of both sides are still those the run was made with."""
        return self.run is not None and self.run.rules == rules_of(self.ground, self.scenario, self.against)

    @property
    def cells(self) -> Cells:
        if self.basis == PLAN:
            return self.plan.cells(self.before, self.after)
        return self.run.read_cells() if self.run and self.run.finished_at else {}

    def result(self, dimension: str) -> Result:
        if dimension == LINE and self.basis == PLAN and self.budget:
            return result_by_line(self.budget, self.before, self.after)
        return result(dimension, self.cells, self.budget)

    def results(self) -> Iterator[tuple[str, Result]]:
        """Every way of adding the year up, with its name."""
        for dimension, name in DIMENSIONS.items():
            yield str(name), self.result(dimension)

    @property
    def has_result(self) -> bool:
        return self.basis == PLAN or bool(self.run and self.run.finished_at)

    @property
    def year_shown(self) -> str:
        return self.plan.year if self.basis == PLAN else str(self.ground.year)

    @property
    def changes(self) -> list[ChangedRule]:
        """In the order of the edition."""
        values = self.scenario.values
        standing = self.ground.in_force.book
        return [
            ChangedRule(label_of(rule), _said(standing.find(rule.key)), _said(rule))
            for rule in self.scenario.rulebook(self.ground.book).rules
            if rule.key in values
        ]

    def address(self, name: str = "scenario", **changed: str) -> str:
        """This page with another view; what is as one finds it is not said."""
        face = str(self.against.pk) if self.against else ""
        query = {"sur": self.basis, "par": self.dimension, "face": face} | changed
        said = urlencode({key: value for key, value in query.items() if value})
        base = self.ground.base
        here = reverse(f"charter:{name}", args=[base.edition.year, base.number, self.scenario.pk])
        return f"{here}?{said}"

    @property
    def bases(self) -> list[dict[str, Any]]:
        names = {PLAN: _("Sur le plan"), ATTENDANCE: _("Sur les présences %(year)s") % {"year": self.ground.year}}
        return [_view(text, self.address(sur=code), current=code == self.basis) for code, text in names.items()]

    @property
    def dimensions(self) -> list[dict[str, Any]]:
        return [
            _view(str(text), self.address(par=code), current=code == self.dimension)
            for code, text in DIMENSIONS.items()
        ]

    @property
    def xlsx(self) -> str:
        return self.address("scenario_xlsx")

    @property
    def sent(self) -> dict[str, str]:
        """What the run is asked with: the same two sides."""
        return {"sur": ATTENDANCE, "par": self.dimension, "face": str(self.against.pk) if self.against else ""}

    @property
    def sent_as_json(self) -> str:
        return json.dumps(self.sent)

    @property
    def differs_by_base(self) -> bool:
        """Its revision is not what it is compared with: that too makes a difference."""
        return self.against is None and self.ground.base.is_draft

    @property
    def others(self) -> list[Scenario]:
        return [one for one in self.scenarios if one.pk != self.scenario.pk]


def _view(label: str, url: str, *, current: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current, "count": None}


def _said(rule: Rule | None) -> str:
    return in_words(rule) if rule else "—"


@require_safe
@requires(policy.can_simulate)
def scenario(request: HttpRequest, year: str, number: int, pk: int) -> HttpResponse:
    return render(request, "charter/scenario.html", _context(ScenarioPage(request, year, number, pk)))


@require_POST
@requires(policy.can_simulate)
def scenario_run(request: HttpRequest, year: str, number: int, pk: int) -> HttpResponse:
    """Start the run of a year’s attendance, or go on with the one under way; one step a request."""
    page = ScenarioPage(request, year, number, pk)
    target = page.address(sur=ATTENDANCE)
    run = join_simulation(
        scenario=page.scenario,
        against=page.against,
        by=request.person,  # type: ignore[attr-defined]
        on=clock.today(),
    )
    if advance_simulation(run, seconds=STEP_SECONDS):
        announce(request, _("La simulation est à jour."))
        return HttpResponseClientRedirect(target) if wants_part(request) else redirect(target)
    if wants_part(request):
        return render(request, "charter/scenario.html#progress", {"view": page, "run": run})
    return redirect(target)


@require_safe
@requires(policy.can_simulate)
def scenario_xlsx(request: HttpRequest, year: str, number: int, pk: int) -> HttpResponse:
    page = ScenarioPage(request, year, number, pk)
    if not page.has_result:
        return redirect(page.address())
    title = f"{page.scenario.name}, {page.year_shown}"
    tables = [Table(name, shown.head, shown.amounts) for name, shown in page.results()]
    changes = [(change.label, change.before, change.after) for change in page.changes]
    names = (_name_of(page.against), page.scenario.name)
    sheets = simulation_sheets(title, names, changes, page.weighed.amounts if page.weighed else [], tables)
    return as_download(workbook(sheets, title=title), f"simulation-{year}-{number}-{pk}.xlsx")


@require_POST
@requires(policy.can_simulate)
def scenario_removal(request: HttpRequest, year: str, number: int, pk: int) -> HttpResponse:
    found = _held(year, number, pk)
    remove_scenario(scenario=found, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    undo = reverse("charter:scenario_removal_undo", args=[year, number, pk])
    announce(request, _("Le scénario « %(name)s » est retiré.") % {"name": found.name}, undo=undo)
    return redirect("charter:simulation", year, number)


@require_POST
@requires(policy.can_simulate)
def scenario_removal_undo(request: HttpRequest, year: str, number: int, pk: int) -> HttpResponse:
    found = _held(year, number, pk)
    restore_scenario(scenario=found, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    announce(request, _("Le scénario « %(name)s » est de retour.") % {"name": found.name})
    return redirect("charter:scenario", year, number, pk)


def _held(year: str, number: int, pk: int) -> Scenario:
    return get_object_or_404(Scenario, pk=pk, base__edition__year=year, base__number=number)


def _name_of(scenario: Scenario | None) -> str:
    return scenario.name if scenario else _("En vigueur")


def _context(page: ScenarioPage) -> dict[str, Any]:
    shown = page.result(page.dimension) if page.has_result else None
    return {
        "view": page,
        "run": page.run if page.basis == ATTENDANCE else None,
        "result": shown,
        # What the budget would be left with if the attendance known today were all that is paid.
        "balance": page.budget.balance_with(shown.total.after) if shown and page.budget else None,
        "weighed": page.weighed,
        "base": page.ground.base,
        "scenario": page.scenario,
        "against_name": _name_of(page.against),
    }
