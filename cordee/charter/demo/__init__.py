"""What the demonstration has of the living cadre: one « et si? » kept on the edition that is being drafted, and what
people said is done of its timeline."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta

from cordee.charter.actions.scenarios import start_scenario
from cordee.charter.actions.ticks import tick
from cordee.charter.models.dated import YearTasks
from cordee.people.models import DutyCode, Person
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.toolkit.contributions import demonstrations
from cordee.values.school_year import SchoolYear

KEPT = date(2025, 1, 17)
NAME = "Le taux qui équilibre"
VALUES = {"rate.professional.day": "275.44", "rate.professional.half-day": "137.72"}


@demonstrations.contribute
def keep_a_scenario(people: Mapping[str, Person]) -> Iterator[str]:
    draft = Revision.objects.get(edition__year="2025-2026", number=1)
    with clock.standing_at(clock.at(KEPT, time(10))):
        made = start_scenario(base=draft, name=NAME, values=VALUES, by=people["gaspard.relais"], on=KEPT)
    yield made.name


YEAR = SchoolYear(2024)
# Row, who says it is done, when, what they say of it.
BY_HAND = (
    ("timeline.2", "gaspard.relais", date(2024, 9, 12), "Planification présentée à la TDG et approuvée."),
    ("deadline.contribution-update", "gaspard.relais", date(2024, 11, 14), "Tableau des cotisations mis à jour."),
    ("review.mid-year", "helene.surplomb", date(2025, 1, 17), "Bilan déposé dans l’espace du projet."),
)
# The forecast of expenses, by the billing officer of each centre; one has not sent theirs.
FORECAST, FIRST_DAY, NOT_SENT = "timeline.1", date(2024, 9, 9), "olympe.quartz"
SENT, SENT_IN_ENGLISH = "Formulaire de dépenses prévisionnelles remis.", "Forecast expense form sent."


@demonstrations.contribute
def tick_the_timeline(people: Mapping[str, Person]) -> Iterator[str]:
    for row, who, on, note in (*BY_HAND, *_forecasts(people)):
        yield _ticked(row, people[who], on, note)


def _forecasts(people: Mapping[str, Person]) -> Iterator[tuple[str, str, date, str]]:
    """One a working day."""
    officers = [key for key, person in people.items() if person.holds(DutyCode.BILLING_OFFICER, on=FIRST_DAY)]
    for number, key in enumerate(sorted(officers)):
        if key != NOT_SENT:
            boards = people[key].duties.filter(organization__kind="cs").exists()
            day = FIRST_DAY + timedelta(days=number + 2 * (number // 5))
            yield FORECAST, key, day, SENT_IN_ENGLISH if boards else SENT


def _ticked(row: str, by: Person, on: date, note: str) -> str:
    year = YearTasks.of(YEAR, on=on)
    assert year is not None
    deadline = next(deadline for deadline in year.rows if deadline.key == row)
    own = next(task for task in year.tasks_of(deadline) if task.is_of(by.standing(on)))
    with clock.standing_at(clock.at(on, time(11))):
        tick(task=own, done_on=on, note=note, by=by, on=on)
    return own.title
