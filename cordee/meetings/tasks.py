"""What the meetings ask of time, each morning."""

from datetime import time

from django.db import transaction
from django.tasks import task

from cordee.meetings.actions import reminding, telling
from cordee.meetings.models import Meeting
from cordee.toolkit import clock
from cordee.toolkit.background import schedule


@schedule.daily(at=time(6, 0))
@task
def keep_invitations_up() -> None:
    """Whoever joined a group or left it since its meetings were announced."""
    today = clock.today()
    meetings = Meeting.objects.filter(date__gt=today, announcement__isnull=False, cancellation__isnull=True)
    for meeting in meetings.select_related("group").order_by("pk"):
        with transaction.atomic():
            telling.keep_up(meeting)


@schedule.daily(at=time(6, 30))
@task
def remind() -> None:
    """Those invited, a week and a day before; whoever has yesterday’s attendance to finish."""
    reminding.remind_of_meetings(clock.today())
    reminding.remind_of_attendance(clock.today())
