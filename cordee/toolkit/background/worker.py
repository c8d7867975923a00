"""The process beside the server: it runs tasks, and from a second thread beats, ticks and revives."""

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cordee.toolkit import pace
from cordee.toolkit.background import revival, schedule
from cordee.toolkit.origin import TASK, Origin, origin

logger = logging.getLogger("cordee.background")
BEAT_SECONDS = 10.0
RESULTS_KEPT = timedelta(days=30)


def work(*, until_empty: bool = False, interval: float = 1.0) -> None:
    """Run tasks until asked to stop (SIGTERM finishes the task under way), or until none is ready."""
    worker_id = get_random_string(32)
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    came_from = origin.set(Origin(TASK))
    stopping = threading.Event()
    _keep_house(worker_id)
    keeper = threading.Thread(target=_keep_until, args=(stopping, worker_id), daemon=True)
    keeper.start()
    try:
        worker.run()
    finally:
        origin.reset(came_from)
        stopping.set()
        keeper.join(BEAT_SECONDS)
        revival.leave(worker_id)


def _keep_until(stopping: threading.Event, worker_id: str) -> None:
    while not stopping.wait(BEAT_SECONDS):
        close_old_connections()
        _keep_house(worker_id)
    connection.close()


def _keep_house(worker_id: str) -> None:
    """A beat, the schedule, the fallen. A database that refuses now is asked again at the next beat."""
    try:
        revival.beat(worker_id)
        revival.revive()
        if schedule.tick():
            _forget()
    except DatabaseError as error:
        logger.warning("background housekeeping put off: %s", type(error).__name__)


def _forget() -> None:
    schedule.forget()
    pace.forget()
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - RESULTS_KEPT).delete()
