"""What the outbox asks of time."""

from cordee.records.outbox import deliver

__all__ = ["deliver"]
