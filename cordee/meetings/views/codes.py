"""What the code of the room leaves to whoever runs the group: people who ask to be added, codes that were refused."""

from collections.abc import Iterable
from typing import Any

from cordee.meetings.models import CheckInRefusal, Declared, Meeting, asking, declared_at, roster_of
from cordee.toolkit import clock

SHOWN = 8


def codes_context(meeting: Meeting) -> dict[str, Any]:
    """What the roster asks again every few seconds on the day of the meeting: three queries."""
    declared = declared_at(meeting)
    listed = {line.person.pk for line in roster_of(meeting, persons=declared).lines} if declared else set()
    return {"meeting": meeting, **codes(meeting, declared, listed)}


def codes(meeting: Meeting, declared: dict[int, Declared], listed: Iterable[int]) -> dict[str, Any]:
    """One query."""
    refusals = CheckInRefusal.objects.filter(meeting=meeting).select_related("person").order_by("-at", "-pk")
    return {
        "asking": asking(declared, listed),
        "refused_codes": refusals[:SHOWN],
        "live": meeting.date == clock.today(),
    }
