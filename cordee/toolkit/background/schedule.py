"""What time alone asks for. Each slot of an entry is enqueued once, however many workers tick.

every(minutes=1)(deliver)           # slots are those of the real clock
daily(at=time(6, 0))(remind)        # slots are days of the cooperative: the demonstration's day is one
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.tasks import Task
from django.utils import timezone

from cordee.toolkit import clock
from cordee.toolkit.models import ScheduledSlot

AnyTask = Task[Any, Any]
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Entry:
    task: AnyTask
    minutes: int = 0
    at: time | None = None

    def slot(self) -> str:
        """The last slot that has begun, as text; empty when none has yet today."""
        if self.at is not None:
            here = clock.now()
            return here.date().isoformat() if here.time() >= self.at else ""
        now = timezone.now()
        return datetime.fromtimestamp(
            now.timestamp() // (60 * self.minutes) * 60 * self.minutes, tz=now.tzinfo
        ).isoformat()


_entries: list[Entry] = []


def every(*, minutes: int) -> Callable[[AnyTask], AnyTask]:
    """Run the task (without arguments) each so many minutes."""
    return _adding(lambda task: Entry(task, minutes=minutes))


def daily(*, at: time) -> Callable[[AnyTask], AnyTask]:
    """Run the task (without arguments) each day from that hour on, in the zone of the cooperative.

    A day whose hour passed while no worker ran is caught up when one starts the same day.
    """
    return _adding(lambda task: Entry(task, at=at))


def _adding(entry: Callable[[AnyTask], Entry]) -> Callable[[AnyTask], AnyTask]:
    def add(task: AnyTask) -> AnyTask:
        _entries.append(entry(task))
        return task

    return add


def tick() -> int:
    """Enqueue what is due; the number of tasks enqueued."""
    return sum(_enqueue_once(entry.task, slot) for entry, slot in _due())


def _due() -> Iterator[tuple[Entry, str]]:
    slots = {(entry.task.module_path, slot): entry for entry in _entries if (slot := entry.slot())}
    done = set(
        ScheduledSlot.objects.filter(task__in={task for task, _slot in slots}, slot__in={slot for _task, slot in slots})
        .order_by("pk")
        .values_list("task", "slot")
    )
    for (task, slot), entry in slots.items():
        if (task, slot) not in done:
            yield entry, slot


@transaction.atomic
def _enqueue_once(task: AnyTask, slot: str) -> bool:
    """The unique slot decides between two workers; the other one sees it taken and enqueues nothing."""
    made = ScheduledSlot.objects.bulk_create(
        [ScheduledSlot(task=task.module_path, slot=slot, enqueued_at=timezone.now())], ignore_conflicts=True
    )
    taken = ScheduledSlot.objects.select_for_update().get(task=task.module_path, slot=slot)
    if taken.result_id is not None:
        return False
    taken.result_id = task.enqueue().id
    taken.save(update_fields=["result_id"])
    return bool(made)


def forget() -> None:
    """Drop slots nobody asks about any more."""
    ScheduledSlot.objects.filter(enqueued_at__lt=timezone.now() - KEPT).delete()
