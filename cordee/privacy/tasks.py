"""What privacy asks of time: each night, what is past its time and needs nobody’s judgement."""

from datetime import time, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cordee.privacy.actions.carrying_out import end_of_the_day
from cordee.toolkit.background import schedule

FAILURES_KEPT = timedelta(days=365)


@schedule.daily(at=time(2, 30))
@task
def keep_nothing_longer() -> int:
    """Rows past their time; sessions, counts of wrong passwords and failed tasks that are over."""
    gone = end_of_the_day()
    gone += Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    over = timezone.now() - FAILURES_KEPT
    gone += DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=over).delete()[0]
    return gone + _forget_counts()


def _forget_counts() -> int:
    """What processes counted together until an instant that is past; a table Django makes, without a model."""
    quoted, now = connection.ops.quote_name, timezone.now().replace(microsecond=0)
    table, expires = quoted(settings.CACHES["default"]["LOCATION"]), quoted("expires")
    with connection.cursor() as cursor:
        # Both names come from our settings and from Django.
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [connection.ops.adapt_datetimefield_value(now)])
        return int(cursor.rowcount)
