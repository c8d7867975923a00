"""When a community stops to improve: what the cadre's choice means for one of its meetings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

EACH, TWICE = "each-meeting", "mid-year-and-year-end"


@dataclass(frozen=True, slots=True)
class Span:
    """A period of the year, its last day excluded: `mid-year`, `year-end`."""

    code: str
    start: date
    end: date


def moment_of(choice: str, day: date, days: Iterable[date], spans: Sequence[Span]) -> str:
    """Why a pause is made at the meeting of `day`: `meeting`, the code of the period it closes, or nothing.

    `days` are those of all meetings of the community: the last of a period is the one that closes it.
    """
    if choice == EACH:
        return "meeting"
    held = list(days)
    for span in spans if choice == TWICE else ():
        within = [other for other in held if span.start <= other < span.end]
        if within and day == max(within):
            return span.code
    return ""
