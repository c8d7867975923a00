"""Tasks that died or failed are run again: the backend of the database leaves both as they fell.

A killed worker leaves its task RUNNING for ever; a task that raised stays FAILED. `revive` gives both back after a
pause, until LIMIT tries. Whoever calls it may call it at the same time as others.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cordee.toolkit.models import WorkerBeat

# A worker beats every 10 s; six missed beats and it is dead, or so slow that its task is better run twice.
SILENCE = timedelta(seconds=60)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
LIMIT = len(PAUSES) + 1


def beat(worker_id: str) -> None:
    """Say that this worker lives."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": timezone.now()})


def leave(worker_id: str) -> None:
    """A worker that stops in order says so: nobody has to wait for its silence."""
    WorkerBeat.objects.filter(worker_id=worker_id).delete()


def revive() -> int:
    """Give back what dead workers were running and what failed; the number of tasks given back."""
    now = timezone.now()
    alive = set(WorkerBeat.objects.filter(seen_at__gt=now - SILENCE).order_by("pk").values_list("pk", flat=True))
    WorkerBeat.objects.exclude(pk__in=alive).delete()
    lost = Q(status=TaskResultStatus.RUNNING, started_at__lt=now - SILENCE)
    fallen = DBTaskResult.objects.filter(lost | Q(status=TaskResultStatus.FAILED)).order_by("enqueued_at")
    return sum(_give_back(one, alive, now) for one in fallen.exclude(worker_ids=[]).iterator())


def _give_back(fallen: DBTaskResult, alive: set[str], now: datetime) -> bool:
    """One condition decides between two who see the same fallen task: only the first finds it as it was."""
    tries = len(fallen.worker_ids)
    if fallen.status == TaskResultStatus.RUNNING:
        if fallen.worker_ids[-1] in alive:
            return False
        if tries >= LIMIT:
            return (
                _settle(fallen, status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="killed")
                and False
            )
        return _settle(fallen, status=TaskResultStatus.READY, run_after=now)
    if tries >= LIMIT:
        return False
    return _settle(fallen, status=TaskResultStatus.READY, run_after=(fallen.finished_at or now) + PAUSES[tries - 1])


def _settle(fallen: DBTaskResult, **values: object) -> bool:
    same = DBTaskResult.objects.filter(pk=fallen.pk, status=fallen.status, started_at=fallen.started_at)
    return bool(same.update(**values))


def given_up() -> int:
    """How many tasks stay failed after all their tries, for people to see."""
    failed = (
        DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("pk").values_list("worker_ids", flat=True)
    )
    return sum(len(workers) >= LIMIT for workers in failed)
