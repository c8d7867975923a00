"""Running a scenario over a year: it advances in steps, by whoever asks, and writes nothing but its own row.

    simulation = join_simulation(scenario=…, against=None, by=person, on=today)
    while not advance_simulation(simulation, seconds=1):
        …  # show simulation.done / simulation.total

Each step reads the people after those already counted, some thousands of attendances at a time, and runs them through
the rules of claims twice: under what is in force (or another scenario) and under the scenario. The year is counted as
if nothing of it had been submitted, so that both sides share their limits out alike. Facts or rules that changed
meanwhile start it anew. Two people who ask at once go on with the same one: the step that comes second is left out.
"""

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

from django.db import transaction

from cordee.charter import policy
from cordee.charter.actions.refusals import NoAnswer, ScenarioRemoved
from cordee.charter.models import Scenario, Simulation
from cordee.charter.models.scenario import as_rows
from cordee.charter.models.sides import Ground, Side, replanned
from cordee.charter.rules.simulation import Cells, add_up, weigh
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.treasury.models.facts import LAST_PERSON, PeopleFacts, SharedFacts, digest, people_in_parts
from cordee.values.sentence import SpokenError

# Attendances read at a time: some 10 MB.
PART_SIZE = 4000
# Facts that never stop changing would never end: after so many rounds it stands as it was last read.
MOST_ROUNDS = 3


def join_simulation(*, scenario: Scenario, against: Scenario | None, by: Person, on: date) -> Simulation:
    """The run of these two sides that is under way, else a new one in the place of the last. Raises ScenarioRemoved."""
    enforce(policy.can_simulate(by, on=on))
    if scenario.removed_at or (against and against.removed_at):
        raise ScenarioRemoved
    work = _Work.of(scenario, against, on)
    facts = work.before.fingerprint()
    total = sum(count for _first, _last, count in work.parts(0))
    with transaction.atomic():
        Scenario.objects.select_for_update().get(pk=scenario.pk)  # of two at once, the second sees the first
        of: dict[str, Any] = {"scenario": scenario, "against": against, "year": str(work.ground.year)}
        known = Simulation.objects.filter(**of).first()
        if known and known.finished_at is None and (known.rules, known.as_of) == (work.rules, on):
            return known
        begun = {"round": 1, "done": 0, "next_person": 0, "cells": [], "is_unsettled": False, "finished_at": None}
        found = {"as_of": on, "rules": work.rules, "facts": facts, "total": total}
        who = {"started_by": by, "started_at": clock.now()}
        simulation, _new = Simulation.objects.update_or_create(defaults={**begun, **found, **who}, **of)
        journal.write("simulation.started", scenario, by=by, year=of["year"], against=against.pk if against else None)
    return simulation


def advance_simulation(simulation: Simulation, *, seconds: float | None = None) -> bool:
    """Go on for about `seconds` (to the end when None); True once it is finished. Raises NoAnswer."""
    end = None if seconds is None else monotonic() + seconds
    while True:
        simulation.refresh_from_db()
        if simulation.finished_at is not None:
            return True
        work = _Work.of(simulation.scenario, simulation.against, simulation.as_of)
        if work.rules != simulation.rules:
            _begin_again(simulation, work, rules=work.rules)
        _step(simulation, work, end)
        if end is not None and monotonic() > end:
            return simulation.finished_at is not None


@dataclass(frozen=True)
class _Work:
    """What every part shares."""

    ground: Ground
    before: SharedFacts
    after: SharedFacts
    rules: str

    @classmethod
    def of(cls, scenario: Scenario, against: Scenario | None, on: date) -> "_Work":
        ground = Ground.of(scenario.base)
        sides = ground.side(against), ground.side(scenario)
        facts = SharedFacts(ground.in_force.timeline, ground.year, until=ground.year.end, as_of=on, afresh=True)
        before, after = (facts.under(side.timeline, replanned(facts, side)) for side in sides)
        return cls(ground, before, after, _name(*sides))

    def parts(self, first: int) -> list[tuple[int, int, int]]:
        return list(people_in_parts(self.ground.year, self.ground.year.end, size=PART_SIZE, first=first))

    def weigh(self, first: int, last: int) -> Cells:
        people = PeopleFacts(self.before, first, last)
        try:
            return weigh(people.entitlements(), people.under(self.after).entitlements(), people.where())
        except SpokenError as error:
            raise NoAnswer(error) from None


def _name(before: Side, after: Side) -> str:
    return digest(before.digest, after.digest)


def rules_of(ground: Ground, scenario: Scenario, against: Scenario | None) -> str:
    """The name of both sets of rules, as `Simulation.rules` keeps it."""
    return _name(ground.side(against), ground.side(scenario))


def _step(simulation: Simulation, work: _Work, end: float | None) -> None:
    """Part after part until the time is up, then what they came to in one short write."""
    cells, done, here = simulation.read_cells(), simulation.done, simulation.next_person
    last = here - 1
    for first, last, count in work.parts(here):
        add_up(cells, work.weigh(first, last))
        done += count
        if end is not None and monotonic() > end:
            break
    ends = last == LAST_PERSON
    facts = work.before.fingerprint() if ends else simulation.facts
    if ends and facts != simulation.facts and simulation.round < MOST_ROUNDS:
        _begin_again(simulation, work, facts=facts)
        return
    state = {"cells": as_rows(cells), "done": done, "next_person": here if ends else last + 1}
    if ends:
        state |= {"finished_at": clock.now(), "is_unsettled": facts != simulation.facts}
    _write(simulation, state)


def _begin_again(simulation: Simulation, work: _Work, **changed: str) -> None:
    state = {"cells": [], "done": 0, "next_person": 0, "round": simulation.round + 1}
    _write(simulation, state | {"total": sum(count for _first, _last, count in work.parts(0))} | changed)


@transaction.atomic
def _write(simulation: Simulation, state: dict[str, object]) -> None:
    """Unless someone else has gone on with it since it was read."""
    mine = (simulation.round, simulation.next_person, simulation.started_at)
    row = Simulation.objects.select_for_update(of=("self",)).get(pk=simulation.pk)
    if row.finished_at is None and (row.round, row.next_person, row.started_at) == mine:
        Simulation.objects.filter(pk=row.pk).update(**state)
    simulation.refresh_from_db()
