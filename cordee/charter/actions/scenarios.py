"""Naming a scenario, giving its rules other values, taking it away and back."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cordee.charter import policy
from cordee.charter.actions.refusals import FaultyRules, NameTaken, NoName, ScenarioRemoved, StaleScenario
from cordee.charter.models import Override, Scenario
from cordee.charter.rules.levers import is_lever
from cordee.charter.rules.simulation import with_values
from cordee.people.models import Person
from cordee.records import journal
from cordee.reference.models import Revision
from cordee.reference.rulebook import Problem, Rulebook, problems_of
from cordee.toolkit import clock
from cordee.toolkit.access import enforce

LONGEST_NAME = 80
type Values = Mapping[str, str]


@transaction.atomic
def start_scenario(*, base: Revision, name: str, values: Values, by: Person, on: date) -> Scenario:
    """Keep these values under a name. Raises NoName, NameTaken, FaultyRules."""
    enforce(policy.can_simulate(by, on=on))
    changed = _changed(base.rulebook(), values)
    scenario = Scenario(base=base, name=_named(name), made_by=by, made_at=clock.now())
    _save(scenario)
    _write(scenario, changed)
    journal.write("scenario.started", scenario, by=by, name=scenario.name, values=changed)
    return scenario


@transaction.atomic
def change_scenario(*, scenario: Scenario, name: str, values: Values, seen: int, by: Person, on: date) -> Scenario:
    """Give it this name and these values, and no other. Raises StaleScenario when it is no longer what was seen."""
    enforce(policy.can_simulate(by, on=on))
    scenario = Scenario.objects.select_for_update(of=("self",)).select_related("base__edition").get(pk=scenario.pk)
    if scenario.removed_at is not None:
        raise ScenarioRemoved
    if scenario.version != seen:
        raise StaleScenario
    before, changed = scenario.values, _changed(scenario.base.rulebook(), values)
    name = _named(name)
    if (scenario.name, before) == (name, changed):
        return scenario
    scenario.name, scenario.version = name, scenario.version + 1
    _save(scenario)
    _write(scenario, changed)
    journal.write("scenario.changed", scenario, by=by, name=name, values=changed, before=before)
    return scenario


@transaction.atomic
def remove_scenario(*, scenario: Scenario, by: Person, on: date) -> None:
    _hide(scenario, by=by, on=on, act="scenario.removed", hidden=True)


@transaction.atomic
def restore_scenario(*, scenario: Scenario, by: Person, on: date) -> None:
    """Take back a removal. Raises NameTaken when another scenario took the name meanwhile."""
    _hide(scenario, by=by, on=on, act="scenario.restored", hidden=False)


def _hide(scenario: Scenario, *, by: Person, on: date, act: str, hidden: bool) -> None:
    enforce(policy.can_simulate(by, on=on))
    scenario = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    if (scenario.removed_at is not None) == hidden:
        return
    scenario.removed_at = clock.now() if hidden else None
    _save(scenario)
    journal.write(act, scenario, by=by, name=scenario.name)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise NoName
    return name


def _save(scenario: Scenario) -> None:
    fields = None if scenario._state.adding else ["name", "version", "removed_at"]
    try:
        with transaction.atomic():
            scenario.save(update_fields=fields)
    except IntegrityError:
        raise NameTaken(scenario.name) from None


def _write(scenario: Scenario, values: Values) -> None:
    scenario.overrides.all().delete()
    Override.objects.bulk_create(Override(scenario=scenario, key=key, value=value) for key, value in values.items())


def _changed(base: Rulebook, values: Values) -> dict[str, str]:
    """What of these values is not already the base’s. Raises FaultyRules for what makes the rules worse."""
    known = {key: rule for key in values if (rule := base.find(key)) and is_lever(rule)}
    unknown = {key: _("Cette règle n’est pas de celles qu’un scénario change.") for key in values if key not in known}
    changed = {key: value for key, value in values.items() if key in known and value != known[key].value}
    faults = unknown | _faults(base, changed)
    if faults:
        raise FaultyRules(faults)
    return changed


def _faults(base: Rulebook, changed: Values) -> dict[str, str]:
    before = {_said(problem) for problem in problems_of(base.rules, year=base.year)}
    after = problems_of(with_values(base, changed).rules, year=base.year)
    return {problem.key: _said(problem)[1] for problem in _new(after, before)}


def _new(problems: Iterable[Problem], known: set[tuple[str, str]]) -> Iterable[Problem]:
    return (problem for problem in problems if _said(problem) not in known)


def _said(problem: Problem) -> tuple[str, str]:
    return problem.key, _(problem.sentence) % problem.values
