"""Prints what a killed worker left, how many tasks are given back once its silence is long enough, and as what."""

from datetime import timedelta

import django

if __name__ == "__main__":
    django.setup()
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from cordee.toolkit.background.revival import revive
    from cordee.toolkit.models import WorkerBeat
    from cordee.toolkit.tests.test_background import wait_to_be_killed

    mine = DBTaskResult.objects.filter(task_path=wait_to_be_killed.module_path)
    print(mine.get().status)
    long_ago = timezone.now() - timedelta(hours=1)
    mine.update(started_at=long_ago)
    WorkerBeat.objects.update(seen_at=long_ago)
    DBTaskResult.objects.exclude(pk=mine.get().pk).delete()
    print(revive())
    print(mine.get().status)
