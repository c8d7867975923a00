"""What follows from a cadre that comes into force: its document is frozen, with the data of that moment."""

from collections.abc import Iterator
from typing import Any

from django.tasks import Task, task

from cordee.charter.actions.document import freeze
from cordee.charter.exports import sources_of
from cordee.reference.models import Revision
from cordee.toolkit import clock
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
