"""Attendance from the spreadsheets centres keep: a file becomes a proposal, a preview, and then one act.

Dates and groups written once for a block are carried down; see `layout`. What is doubtful is asked; see `matching`.
"""

from cordee.meetings.imports.files import fingerprint, proposal_of
from cordee.meetings.imports.preview import Line, Preview
from cordee.meetings.imports.statuses import Status

__all__ = ["Line", "Preview", "Status", "fingerprint", "proposal_of"]
