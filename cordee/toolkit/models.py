"""What the processes of the house know together: slots of the schedule, the sign of life of each worker, counts."""

from django.db import models


class ScheduledSlot(models.Model):
    """A slot of a scheduled task that was enqueued (`result_id`): unique, so that each is enqueued once."""

    task = models.CharField(max_length=200)
    slot = models.CharField(max_length=40)
    enqueued_at = models.DateTimeField()
    result_id = models.CharField(max_length=40, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "slot"], name="scheduled_once")]

    def __str__(self) -> str:
        return f"{self.task} {self.slot}"


class WorkerBeat(models.Model):
    """The last sign of life of a worker. One that is silent is dead: what it was running is taken up again."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id


class Count(models.Model):
    """How often something was done since an instant (seconds of the epoch); `what` is a hash. See `pace.py`."""

    what = models.CharField(max_length=64, primary_key=True)
    since = models.BigIntegerField()
    done = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.what
