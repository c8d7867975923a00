"""Files of what is on screen: lists of meetings, the attendance of one, the sheet to sign, the minutes."""

from cordee.meetings.exports.meetings import meetings_sheet
from cordee.meetings.exports.minutes import minutes_document, state_in_words
from cordee.meetings.exports.roster import roster_sheets, roster_title
from cordee.meetings.exports.signing import BLANKS, sheet_document, sheet_title

__all__ = [
    "BLANKS",
    "meetings_sheet",
    "minutes_document",
    "roster_sheets",
    "roster_title",
    "sheet_document",
    "sheet_title",
    "state_in_words",
]
