"""Bodies with their seats and mandates, the register of their decisions, and the adoption of a cadre."""

from cordee.governance.models.adoption import Act, AdoptionStep
from cordee.governance.models.body import EXECUTIVE, Body, Mandate, MandateNotice, Seat, Wish, last_day_in_time
from cordee.governance.models.decision import LONGEST, Decision, Outcome

__all__ = [
    "EXECUTIVE",
    "LONGEST",
    "Act",
    "AdoptionStep",
    "Body",
    "Decision",
    "Mandate",
    "MandateNotice",
    "Outcome",
    "Seat",
    "Wish",
    "last_day_in_time",
]
