"""The year's budget as published, and the claims assembled from attendance."""

from cordee.treasury.models.budget import BudgetLine, BudgetRemark, BudgetTotal
from cordee.treasury.models.claim import Claim, ClaimLine, ClaimRun, ClaimState, DraftVisit, RunPart
from cordee.treasury.models.steps import Approval, Payment, Return, Submission, Verification

__all__ = [
    "Approval",
    "BudgetLine",
    "BudgetRemark",
    "BudgetTotal",
    "Claim",
    "ClaimLine",
    "ClaimRun",
    "ClaimState",
    "DraftVisit",
    "Payment",
    "Return",
    "RunPart",
    "Submission",
    "Verification",
]
