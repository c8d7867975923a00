"""Attendance reports of Teams: files become a proposal, a preview, and then one act (`actions.teams`).

How a report is read is `rules.teams`; here is whom it speaks of, and what that changes on the roster.
"""

from cordee.meetings.imports.teams.files import proposal_of
from cordee.meetings.imports.teams.lines import Line, TeamsStatus
from cordee.meetings.imports.teams.preview import TeamsPreview

__all__ = ["Line", "TeamsPreview", "TeamsStatus", "proposal_of"]
