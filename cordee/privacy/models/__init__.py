"""The registers the law asks for: requests about personal information, and confidentiality incidents."""

from cordee.privacy.models.delays import delays_on
from cordee.privacy.models.incident import FIELDS, SAID, Degree, Incident, IncidentCorrection, IncidentKind
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

__all__ = [
    "COPIED",
    "FIELDS",
    "SAID",
    "WRITTEN",
    "Answer",
    "Datum",
    "Degree",
    "Extension",
    "Incident",
    "IncidentCorrection",
    "IncidentKind",
    "Means",
    "Note",
    "Outcome",
    "PrivacyRequest",
    "RequestKind",
    "RequestState",
    "Withdrawal",
    "delays_on",
]
