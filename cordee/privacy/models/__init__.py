"""The registers the law asks for (requests, incidents), and retention: plans, what they did, who is kept out."""

from cordee.privacy.models.delays import delays_on
from cordee.privacy.models.incident import FIELDS, SAID, Degree, Incident, IncidentCorrection, IncidentKind
from cordee.privacy.models.participation import Participation
from cordee.privacy.models.request import (
    COPIED,
    WRITTEN,
    Answer,
    Datum,
    Extension,
    Means,
    Note,
    Outcome,
    PrivacyRequest,
    RequestKind,
    RequestState,
    Withdrawal,
)
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
    "COPIED",
    "FIELDS",
    "SAID",
    "WRITTEN",
    "Answer",
    "Datum",
    "Degree",
    "Extension",
    "HoldReason",
    "Incident",
    "IncidentCorrection",
    "IncidentKind",
    "Means",
    "Note",
    "Outcome",
    "Participation",
    "PlannedPerson",
    "PlannedRows",
    "PrivacyRequest",
    "RequestKind",
    "RequestState",
    "RetentionHold",
    "RetentionRun",
    "RunState",
    "Withdrawal",
    "delays_on",
    "kept_out",
]
