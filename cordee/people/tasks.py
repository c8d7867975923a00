"""What the people ask of time: the weekly digest, on Monday morning; the accounts of who left."""

from datetime import time, timedelta

from django.tasks import task

from cordee.people.actions import departures, mailing
from cordee.toolkit import clock
from cordee.toolkit.background import schedule

HOUR = time(6, 45)  # after the reminders of the day, which it takes


@schedule.daily(at=HOUR)
@task
def weekly_digest() -> int:
    """Each day, so that a Monday when no worker ran is caught up: what came after Monday waits for the next one."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    return mailing.send_digests(until=clock.at(monday, HOUR))


@schedule.daily(at=HOUR)
@task
def departed_accounts() -> int:
    """Closes the accounts of those who left, once their day has come; how many."""
    return departures.close_accounts_of_the_departed(on=clock.today())
