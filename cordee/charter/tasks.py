"""What follows from a cadre that comes into force: its document is frozen, with the data of that moment. And each
morning, the reminders of its timeline."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django.tasks import Task, task

from cordee.charter.actions.document import freeze
from cordee.charter.actions.reminding import remind_of_rows
from cordee.charter.exports import sources_of
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.toolkit.background import schedule
from cordee.toolkit.contributions import in_force_tasks


@task
def freeze_document(pk: int) -> None:
    """Again is harmless: what is frozen stays."""
    revision = Revision.objects.select_related("edition").get(pk=pk)
    freeze(revision=revision, sources=sources_of(revision, on=clock.today()), by=None, on=clock.today())


@in_force_tasks.contribute
def freezing(revision: Revision) -> Iterator[Task[Any, Any]]:
    """Asked for in the transaction of the adoption, done right after it: composing takes a second."""
    yield freeze_document


@schedule.daily(at=time(6, 45))
@task
def remind_of_timeline() -> None:
    """Whoever answers for a row that comes within a week, is due, or is late by at most a week."""
    remind_of_rows(clock.today())
