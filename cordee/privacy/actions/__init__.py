"""Every write of the registers the law asks for."""

from cordee.privacy.actions.answering import Decided, Employment, accept_rectification, answer
from cordee.privacy.actions.incidents import correct_incident, record_incident, remove_incident
from cordee.privacy.actions.requests import (
    Asked,
    Requester,
    ask,
    extend,
    keep_note,
    record_request,
    refuse_unless_extendable,
    refuse_unless_notable,
    refuse_unless_waiting,
    resume,
    withdraw,
)

__all__ = [
    "Asked",
    "Decided",
    "Employment",
    "Requester",
    "accept_rectification",
    "answer",
    "ask",
    "correct_incident",
    "extend",
    "keep_note",
    "record_incident",
    "record_request",
    "refuse_unless_extendable",
    "refuse_unless_notable",
    "refuse_unless_waiting",
    "remove_incident",
    "resume",
    "withdraw",
]
