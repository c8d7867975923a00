"""Tasks that die or fail run again, and what time alone asks for runs once a slot, whoever ticks."""

import threading
import time as pause
from datetime import date, time, timedelta

import pytest
from django.db import connection, connections
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cordee.toolkit.background import revival, schedule
from cordee.toolkit.models import ScheduledSlot, WorkerBeat
from cordee.toolkit.testing.processes import bring_back, kill, starter

AGES_AGO = timezone.now() - timedelta(days=1)


@task
def count() -> int:
    return 1


@task
def fail() -> None:
    raise RuntimeError("no")


@task
def wait_to_be_killed() -> None:
    print("there", flush=True)
    pause.sleep(60)


@pytest.fixture
def entries(monkeypatch):
    """The schedule of a test alone."""
    mine: list[schedule.Entry] = []
    monkeypatch.setattr(schedule, "_entries", mine)
    return mine


def running(worker_id: str, *, tries: int = 1) -> DBTaskResult:
    found = DBTaskResult.objects.get(pk=count.enqueue().id)
    for at in range(tries):
        found.claim(worker_id if at == tries - 1 else f"before-{at}")
    DBTaskResult.objects.filter(pk=found.pk).update(started_at=AGES_AGO)
    return found


def status(result: DBTaskResult) -> str:
    result.refresh_from_db()
    return result.status


def test_what_a_living_worker_runs_is_left_to_it(db):
    found = running("alive")
    revival.beat("alive")
    assert revival.revive() == 0
    assert status(found) == TaskResultStatus.RUNNING


def test_what_a_silent_worker_was_running_is_ready_again(db):
    found = running("silent")
    WorkerBeat.objects.create(worker_id="silent", seen_at=AGES_AGO)
    assert revival.revive() == 1
    assert status(found) == TaskResultStatus.READY
    assert not WorkerBeat.objects.exists()


def test_two_who_see_the_same_dead_task_give_it_back_once(db):
    found = running("silent")
    seen = DBTaskResult.objects.get(pk=found.pk)
    assert revival.revive() == 1
    found.refresh_from_db()
    found.claim("next")
    assert not revival._settle(seen, status=TaskResultStatus.READY)
    assert status(found) == TaskResultStatus.RUNNING


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, 360)])
def test_a_failed_task_waits_longer_each_time(db, tries, minutes):
    found = running("alive", tries=tries)
    found.set_failed(RuntimeError("no"))
    assert revival.revive() == 1
    assert status(found) == TaskResultStatus.READY
    assert found.run_after - found.finished_at == timedelta(minutes=minutes)


def test_after_all_its_tries_a_task_stays_failed_and_is_counted(db):
    failed, killed = running("one", tries=revival.LIMIT), running("two", tries=revival.LIMIT)
    failed.set_failed(RuntimeError("no"))
    assert revival.revive() == 0
    assert (status(failed), status(killed)) == (TaskResultStatus.FAILED, TaskResultStatus.FAILED)
    assert revival.given_up() == 2


def test_a_worker_killed_in_the_middle_of_a_task_leaves_it_to_the_next(transactional_db, tmp_path):
    wait_to_be_killed.enqueue()
    kill(starter(tmp_path)("manage.py", "work", "--until-empty"))
    bring_back(tmp_path)
    found = DBTaskResult.objects.get(task_path=wait_to_be_killed.module_path)
    assert found.status == TaskResultStatus.RUNNING
    DBTaskResult.objects.filter(pk=found.pk).update(started_at=AGES_AGO)
    WorkerBeat.objects.update(seen_at=AGES_AGO)
    DBTaskResult.objects.exclude(pk=found.pk).delete()
    assert revival.revive() == 1
    assert status(found) == TaskResultStatus.READY


def test_an_entry_of_minutes_is_enqueued_once_a_slot(db, entries):
    schedule.every(minutes=525_600)(count)
    assert [schedule.tick(), schedule.tick()] == [1, 0]
    assert DBTaskResult.objects.ready().count() == 1


def test_a_daily_entry_waits_for_its_hour_in_the_zone_of_the_cooperative(db, entries, at_hour):
    schedule.daily(at=time(6, 0))(count)
    at_hour(date(2025, 3, 9), time(5, 59))
    assert schedule.tick() == 0
    at_hour(date(2025, 3, 9), time(6, 0))
    assert [schedule.tick(), schedule.tick()] == [1, 0]
    at_hour(date(2025, 3, 10), time(23, 0))
    assert schedule.tick() == 1, "an hour that passed while nobody ticked is caught up the same day"


@pytest.fixture
def at_hour(monkeypatch):
    from cordee.toolkit import clock

    def fix(day, hour):
        monkeypatch.setattr(clock, "now", lambda: clock.at(day, hour))

    return fix


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_tick_at_once_enqueue_once(entries):
    schedule.every(minutes=525_600)(count)
    gate = threading.Barrier(2)

    def tick():
        gate.wait()
        schedule.tick()
        connections.close_all()

    both = [threading.Thread(target=tick) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert DBTaskResult.objects.ready().count() == 1
    assert ScheduledSlot.objects.count() == 1


def test_old_slots_are_forgotten(db):
    ScheduledSlot.objects.create(task="old", slot="1", enqueued_at=timezone.now() - timedelta(days=91))
    ScheduledSlot.objects.create(task="new", slot="1", enqueued_at=timezone.now())
    schedule.forget()
    assert list(ScheduledSlot.objects.order_by("pk").values_list("task", flat=True)) == ["new"]


def test_what_fails_is_recorded_and_the_worker_goes_on(transactional_db, entries, monkeypatch):
    from cordee.toolkit.background import worker

    monkeypatch.setattr(worker.Worker, "configure_signals", lambda self: None)
    broken, fine = fail.enqueue(), count.enqueue()
    worker.work(until_empty=True)
    statuses = dict(DBTaskResult.objects.order_by("pk").values_list("pk", "status"))
    assert {str(key): value for key, value in statuses.items()} == {
        broken.id: TaskResultStatus.FAILED,
        fine.id: TaskResultStatus.SUCCESSFUL,
    }
    assert not WorkerBeat.objects.exists(), "a worker that ends in order says so"
    connection.close()
