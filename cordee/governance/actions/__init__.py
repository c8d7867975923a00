"""Every write of the bodies: naming their members, their notices, their decisions, the adoption of a cadre."""

from cordee.governance.actions.adopting import decide_step, take_step, withdraw_step
from cordee.governance.actions.deciding import Said, correct_decision, record_decision
from cordee.governance.actions.mandates import give_notice, name_member, withdraw_mandate, withdraw_notice

__all__ = [
    "Said",
    "correct_decision",
    "decide_step",
    "give_notice",
    "name_member",
    "record_decision",
    "take_step",
    "withdraw_mandate",
    "withdraw_notice",
    "withdraw_step",
]
