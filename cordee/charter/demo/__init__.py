"""What the demonstration has of the living cadre: one « et si? » kept on the edition that is being drafted."""

from collections.abc import Iterator, Mapping
from datetime import date, time

from cordee.charter.actions.scenarios import start_scenario
from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.toolkit.contributions import demonstrations

KEPT = date(2025, 1, 17)
NAME = "Le taux qui équilibre"
VALUES = {"rate.professional.day": "275.44", "rate.professional.half-day": "137.72"}


@demonstrations.contribute
def keep_a_scenario(people: Mapping[str, Person]) -> Iterator[str]:
    draft = Revision.objects.get(edition__year="2025-2026", number=1)
    with clock.standing_at(clock.at(KEPT, time(10))):
        made = start_scenario(base=draft, name=NAME, values=VALUES, by=people["gaspard.relais"], on=KEPT)
    yield made.name
