"""`python -m bench.simulation --database NAME`: a scenario run over the whole year, in the steps of its page.

Under what is in force and under other rates, a higher limit and a type more: both sides of each attendance.
"""

import argparse
import json
import time

import django

YEAR, NAME = "2025-2026", "Mesure"
VALUES = {
    "rate.professional.day": "290.00",
    "type.supported.yearly-days": "6",
    "type.priority-32.yearly-days": "4",
    "threshold.planned-day": "300",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options.database)))


def measure(database: str) -> dict[str, object]:
    """From the button to the result: what the first request reads, then each step of a second."""
    from cordee.charter.actions.simulations import advance_simulation, join_simulation
    from cordee.people.models import Person
    from cordee.toolkit import clock

    by, on = Person.objects.get(email="blandine.cordelette@crdp.exemple.test"), clock.today()
    made = scenario(by, on)
    started = time.perf_counter()
    run = join_simulation(scenario=made, against=None, by=by, on=on)
    steps = 1
    while not advance_simulation(run, seconds=1.0):
        steps += 1
    seconds = round(time.perf_counter() - started, 1)
    return {"database": database, "attendances": run.done, "seconds": seconds, "steps": steps}


def scenario(by, on):
    """Made anew, so that nothing of an earlier measure is there."""
    from cordee.charter.actions.scenarios import start_scenario
    from cordee.charter.models import Scenario
    from cordee.reference.models import Revision

    Scenario.objects.filter(name=NAME).delete()
    base = Revision.objects.get(edition__year=YEAR, number=1)
    return start_scenario(base=base, name=NAME, values=VALUES, by=by, on=on)


if __name__ == "__main__":
    main()
