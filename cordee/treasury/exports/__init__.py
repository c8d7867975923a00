"""What leaves the treasury: a claim, a period or the budget, as a workbook, a CSV or a document."""

from cordee.treasury.exports.budget import budget_sheets
from cordee.treasury.exports.claim import claim_sheets
from cordee.treasury.exports.period import period_document, period_sheets

__all__ = ["budget_sheets", "claim_sheets", "period_document", "period_sheets"]
