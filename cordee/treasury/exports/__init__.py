"""What leaves the treasury: a claim or a whole period, as a workbook, a CSV or a document."""

from cordee.treasury.exports.claim import claim_document, claim_sheets
from cordee.treasury.exports.period import period_document, period_sheets

__all__ = ["claim_document", "claim_sheets", "period_document", "period_sheets"]
