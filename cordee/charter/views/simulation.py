"""« Et si? » on a revision: a rate weighed at once on the year’s budget, and the scenarios that were kept."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.charter import policy
from cordee.charter.actions.refusals import FaultyRules
from cordee.charter.actions.scenarios import start_scenario
from cordee.charter.models import Scenario
from cordee.charter.models.planning import budget_of
from cordee.charter.models.sides import Ground
from cordee.charter.rules.balance import HIGHEST_RATE, RATE, BudgetPlan, at_rate
from cordee.charter.views.scope import ground_at, scenarios_of
from cordee.charter.views.weighed import WeighedBudget, signed
from cordee.reference.forms import typed as as_typed
from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import render_page_or_part
from cordee.toolkit.refusals import Refusal
from cordee.values.money import UnreadableAmount, parse_money


@dataclass(frozen=True, slots=True)
class AskedRate:
    """The rate one tries: what was typed, what it comes to, and why it could not be read."""

    typed: str
    amount: Decimal
    error: str = ""

    @classmethod
    def of(cls, text: str, standing: Decimal) -> "AskedRate":
        """The draft’s own while nothing is typed, or nothing that can be read."""
        if not text.strip():
            return cls(as_typed("money", f"{standing:.2f}"), standing)
        try:
            amount = parse_money(text)
        except UnreadableAmount:
            return cls(text, standing, _("Écrivez un montant comme 290,00 $."))
        if not 0 <= amount <= HIGHEST_RATE:
            return cls(text, standing, _("Écrivez un montant entre 0 $ et 10 000 $."))
        return cls(text, amount)


@dataclass(frozen=True, slots=True)
class ListedScenario:
    scenario: Scenario
    changes: int
    gap: Decimal | None

    @property
    def gap_said(self) -> str:
        return "" if self.gap is None else signed(self.gap)


@require_safe
@requires(policy.can_simulate)
def simulation(request: HttpRequest, year: str, number: int) -> HttpResponse:
    context = _context(ground_at(year, number), request.GET.get("taux", ""))
    return render_page_or_part(request, "charter/simulation.html", "weighed", context)


@require_POST
@requires(policy.can_simulate)
def scenario_start(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """Keep the rate one tries as a scenario; its other rules are changed afterwards."""
    ground, text, name = ground_at(year, number), request.POST.get("taux", ""), request.POST.get("nom", "")
    asked = AskedRate.of(text, ground.book.amount(RATE))
    if asked.error:
        return _again(request, ground, text, name, asked.error)
    try:
        made = start_scenario(
            base=ground.base,
            name=name,
            values={RATE: f"{asked.amount:.2f}"},
            by=request.person,  # type: ignore[attr-defined]
            on=clock.today(),
        )
    except FaultyRules as refusal:
        return _again(request, ground, text, name, " ".join(refusal.faults.values()))
    except Refusal as refusal:
        return _again(request, ground, text, name, str(refusal))
    announce(request, _("Le scénario « %(name)s » est gardé.") % {"name": made.name})
    return redirect("charter:scenario", year, number, made.pk)


def _again(request: HttpRequest, ground: Ground, text: str, name: str, said: str) -> HttpResponse:
    context = _context(ground, text) | {"name": name, "refused": said}
    return render(request, "charter/simulation.html", context, status=422)


def _context(ground: Ground, text: str) -> dict[str, Any]:
    budget = budget_of(ground)
    asked = AskedRate.of(text, ground.book.amount(RATE))
    after = at_rate(ground.book, asked.amount)
    return {
        "ground": ground,
        "base": ground.base,
        "name": "",
        "refused": "",
        "asked": asked,
        "weighed": WeighedBudget(budget, ground.in_force, after) if budget else None,
        "scenarios": [_listed(ground, budget, scenario) for scenario in scenarios_of(ground.base)],
    }


def _listed(ground: Ground, budget: BudgetPlan | None, scenario: Scenario) -> ListedScenario:
    gap = None
    if budget:
        gap = budget.compensation(ground.side(scenario).book) - budget.compensation(ground.in_force.book)
    return ListedScenario(scenario, len(scenario.values), gap)
