"""Writing a scenario: each rule one may move, with what the base says beside it; nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.charter import policy
from cordee.charter.actions.refusals import FaultyRules
from cordee.charter.actions.scenarios import change_scenario
from cordee.charter.models import Scenario
from cordee.charter.models.sides import Ground
from cordee.charter.rules.levers import levers_of
from cordee.charter.views.scope import ground_at, one_of, scenarios_of
from cordee.reference import forms
from cordee.reference.actions.refusals import WrongValue
from cordee.reference.citation import label_of
from cordee.reference.rulebook import Rule
from cordee.reference.wording import in_words
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal

TITLES = {
    "rates": gettext_lazy("Taux et catégories de personnel"),
    "types": gettext_lazy("Types de communauté et limites"),
    "limits": gettext_lazy("Journée et seuils"),
}


@dataclass
class Field:
    """`typed` is what stands in the field; `saved` what the scenario holds, when someone else wrote it meanwhile."""

    rule: Rule
    typed: str
    saved: str = ""
    error: str = ""

    @property
    def key(self) -> str:
        return self.rule.key

    @property
    def dom(self) -> str:
        return self.rule.key.replace(".", "_")

    @property
    def label(self) -> str:
        return label_of(self.rule)

    @property
    def base(self) -> str:
        return in_words(self.rule)

    @property
    def is_choice(self) -> bool:
        return self.rule.kind in ("choice", "flag")

    @property
    def options(self) -> list[tuple[str, str]]:
        return forms.options_of(self.rule.key, self.rule.kind, self.rule.value)

    @property
    def described_by(self) -> str:
        return f"base-{self.dom}" + (f" error-{self.dom}" if self.error else "")


@dataclass(frozen=True, slots=True)
class FieldGroup:
    title: str
    fields: list[Field]


class ScenarioForm:
    """What is typed of a scenario, field by field."""

    def __init__(self, ground: Ground, scenario: Scenario, post: Mapping[str, str] | None = None) -> None:
        self.ground, self.scenario = ground, scenario
        self.name = scenario.name if post is None else post.get("nom", "")
        self.seen = scenario.version if post is None else _number(post.get("version", ""))
        self.values: dict[str, str] = {}
        self.refused = ""
        held = scenario.values
        self.groups = [
            FieldGroup(str(TITLES[group.name]), [self._field(rule, held, post) for rule in group.rules])
            for group in levers_of(ground.book)
        ]

    def _field(self, rule: Rule, held: Mapping[str, str], post: Mapping[str, str] | None) -> Field:
        """A field the form did not send keeps what the scenario holds; an empty one goes back to the base."""
        saved = held.get(rule.key, rule.value)
        typed = forms.typed(rule.kind, saved) if post is None else post.get(f"value-{rule.key}")
        if typed is None:
            self.values[rule.key] = saved
            return Field(rule, forms.typed(rule.kind, saved))
        field = Field(rule, typed)
        try:
            self.values[rule.key] = forms.written(rule.kind, typed) if typed.strip() else rule.value
        except WrongValue as refusal:
            field.error = str(refusal)
            return field
        if post is not None and self.values[rule.key] != saved:
            field.saved = in_words(replace(rule, value=saved))
        return field

    @property
    def fields(self) -> list[Field]:
        return [field for group in self.groups for field in group.fields]

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the summary at the head: those of fields lead to them."""
        of_fields = [
            {"id": f"value-{field.dom}", "label": field.label, "text": field.error}
            for field in self.fields
            if field.error
        ]
        return [*([{"id": "", "label": "", "text": self.refused}] if self.refused else []), *of_fields]

    def say(self, faults: Mapping[str, str]) -> None:
        """Put each fault at its field, and what has no field at the head."""
        for field in self.fields:
            field.error = faults.get(field.key, field.error)
        known = {field.key for field in self.fields}
        self.refused = " ".join(said for key, said in faults.items() if key not in known)


@require_form
@requires(policy.can_simulate)
def scenario_edit(request: HttpRequest, year: str, number: int, pk: int) -> HttpResponse:
    ground = ground_at(year, number)
    scenario = one_of(scenarios_of(ground.base), pk)
    if request.method != "POST":
        return _page(request, ScenarioForm(ground, scenario))
    form = ScenarioForm(ground, scenario, request.POST)
    if form.errors:
        return _page(request, form, status=422)
    try:
        change_scenario(
            scenario=scenario,
            name=form.name,
            values=form.values,
            seen=form.seen,
            by=request.person,  # type: ignore[attr-defined]
            on=clock.today(),
        )
    except FaultyRules as refusal:
        form.say(refusal.faults)
        return _page(request, form, status=refusal.status)
    except Refusal as refusal:
        form.refused, form.seen = str(refusal), scenario.version
        return _page(request, form, status=refusal.status)
    announce(request, _("Scénario enregistré."))
    return redirect("charter:scenario", year, number, pk)


def _page(request: HttpRequest, form: ScenarioForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "scenario": form.scenario,
        "base": form.ground.base,
        "shows_saved": form.refused != "",
    }
    return render(request, "charter/scenario_edit.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
