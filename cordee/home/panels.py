"""What the demonstration adds to the pages of others: a file to play with where one is asked for."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from cordee.meetings.models import Meeting
from cordee.toolkit.contributions import Panel, file_panels

REPORTED = ("18-tc-trp", date(2025, 1, 14))


@file_panels.contribute
def sample_report(meeting: Meeting) -> Iterator[Panel]:
    """At the meeting whose invented report is at hand."""
    if settings.DEMO and (meeting.group.slug, meeting.date) == REPORTED:
        yield Panel("home/sample_report.html", {})
