"""What the outbox and the journal ask of time."""

from cordee.records.outbox import deliver
from cordee.records.sealing import seal

__all__ = ["deliver", "seal"]
