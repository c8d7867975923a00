"""What privacy keeps of its own: plans of retention with what they did, and who is kept out of them."""

from cordee.privacy.models.participation import Participation
from cordee.privacy.models.retention import (
    HoldReason,
    PlannedPerson,
    PlannedRows,
    RetentionHold,
    RetentionRun,
    RunState,
    kept_out,
)

__all__ = [
    "HoldReason",
    "Participation",
    "PlannedPerson",
    "PlannedRows",
    "RetentionHold",
    "RetentionRun",
    "RunState",
    "kept_out",
]
