"""A year that was lived under 2024-2025, and the draft of 2025-2026 one asks « et si? » about."""

from dataclasses import dataclass
from datetime import date

from cordee.charter.actions.scenarios import start_scenario
from cordee.charter.actions.simulations import advance_simulation, join_simulation
from cordee.charter.models import Scenario, Simulation
from cordee.people.models import Group, Person
from cordee.reference.actions import start_next_edition
from cordee.reference.models import Revision
from cordee.treasury.tests import year_sample as sample
from cordee.treasury.tests.desks import someone
from cordee.treasury.tests.year_sample import SAINT_HYACINTHE
from cordee.values.school_year import SchoolYear

TODAY = sample.TODAY
DAY, HALF = "rate.professional.day", "rate.professional.half-day"
OCTOBER = [date(2024, 10, day) for day in range(1, 8)]


@dataclass
class Lived:
    """Camille, a professional of Saint-Hyacinthe, came seven days to a supported community: two beyond the limit of
    five. Dominique, a teacher of the same centre, came one day to a priority 32, and Camille half a day."""

    draft: Revision
    coordinator: Person
    treasurer: Person
    supported: Group
    project: Group
    camille: Person


def lived() -> Lived:
    sample.edition()
    sample.organizations()
    coordinator = someone("Coralie", "coordinator")
    supported, project = sample.group("soutenue", "supported"), sample.group("projet", "priority-32")
    camille = sample.person(SAINT_HYACINTHE)
    dominique = sample.person(SAINT_HYACINTHE, "teacher", "Dominique")
    sample.join(camille, supported, project)
    sample.join(dominique, project)
    for on in OCTOBER:
        sample.attend(camille, sample.meeting(supported, on))
    held = sample.meeting(project, date(2024, 11, 5))
    sample.attend(camille, held, "half")
    sample.attend(dominique, held)
    draft = start_next_edition(year=SchoolYear(2024), by=coordinator, on=date(2025, 3, 10))
    return Lived(draft, coordinator, someone("Tristan", "treasurer"), supported, project, camille)


def scenario(year: Lived, name: str = "Essai", **values: str) -> Scenario:
    """`rate_teacher_day="300.00"` names the rule rate.teacher.day."""
    keys = {key.replace("__", "-").replace("_", "."): value for key, value in values.items()}
    return start_scenario(base=year.draft, name=name, values=keys, by=year.coordinator, on=TODAY)


def simulated(year: Lived, of: Scenario, against: Scenario | None = None) -> Simulation:
    run = join_simulation(scenario=of, against=against, by=year.coordinator, on=TODAY)
    assert advance_simulation(run)
    return run
