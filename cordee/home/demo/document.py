"""What followed from the adoption of the cadre, the same day: its document, with the communities and the budget."""

from datetime import date

from cordee.home.demo.year import YEAR, at
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.toolkit.contributions import in_force_tasks

APPROVED = date(2024, 9, 12)


def load() -> None:
    """By hand, once the year is there: no one works while it is loaded. Asked for again later, it changes nothing."""
    revision = Revision.objects.get(edition__year=YEAR, number=1)
    with clock.standing_at(at(APPROVED, 16)):
        for task in in_force_tasks.collect(revision):
            task.call(revision.pk)
