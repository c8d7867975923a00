"""Attendance reports of Microsoft Teams, whatever their version, language and the hands they went through.

`read` makes a `Report` of bytes, `read_rows` of the rows of a spreadsheet; neither decides what day `9/10/26` is.
`orders_on` says in which orders the dates of a report fall on the day of a meeting; `presence_of` says how long
someone was there. A report is recognised by its shape and never by its words: those change with the language.
"""

from cordee.meetings.rules.teams.dates import ORDERS, Order, days_of, orders_on
from cordee.meetings.rules.teams.presence import (
    Note,
    Presence,
    Window,
    hours_apart,
    presence_of,
    spans_of,
    united,
    windows_of,
)
from cordee.meetings.rules.teams.reading import read, read_rows
from cordee.meetings.rules.teams.refusals import AnotherExport, NotAReport
from cordee.meetings.rules.teams.report import Participant, Report, Session, Shape, report_from

__all__ = [
    "ORDERS",
    "AnotherExport",
    "NotAReport",
    "Note",
    "Order",
    "Participant",
    "Presence",
    "Report",
    "Session",
    "Shape",
    "Window",
    "days_of",
    "hours_apart",
    "orders_on",
    "presence_of",
    "read",
    "read_rows",
    "report_from",
    "spans_of",
    "united",
    "windows_of",
]
