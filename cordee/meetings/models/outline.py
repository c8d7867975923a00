"""The parts of a meeting's minutes in order, written or not: the points of its agenda, then what is drawn from them."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from cordee.meetings.models.meeting import Meeting
from cordee.meetings.models.minutes import MinutesSection, Part
from cordee.meetings.models.planning import AgendaItem, agenda_of
from cordee.toolkit import markdown

DRAWN = (Part.LEARNINGS, Part.REFLECTIONS, Part.DECISIONS)
# The page has its name and the title of the part above what is written in it.
TOP = 3


@dataclass
class Entry:
    """`version` is what a writing must name: 0 while nothing is written."""

    key: str
    title: str
    part: str
    item: AgendaItem | None = None
    section: MinutesSection | None = None

    @property
    def text(self) -> str:
        return self.section.text if self.section else ""

    @property
    def version(self) -> int:
        return self.section.version if self.section else 0

    @cached_property
    def blocks(self) -> list[markdown.Block]:
        return markdown.read(self.text, top=TOP)

    @property
    def html(self) -> SafeString:
        return markdown.to_html(self.blocks)


def outline_of(meeting: Meeting) -> list[Entry]:
    """Two queries. A point that left the agenda stays as long as something is written under it."""
    written = {section.key: section for section in sections_of(meeting)}
    points = [Entry(f"point-{item.pk}", item.title, Part.POINT, item) for item in agenda_of(meeting)]
    known = {entry.key for entry in points}
    left = [
        Entry(key, section.title, Part.POINT, None, section)
        for key, section in written.items()
        if section.part == Part.POINT and key not in known and section.text
    ]
    entries = points + left + [Entry(str(part), str(part.label), part) for part in DRAWN]
    for entry in entries:
        entry.section = written.get(entry.key)
    return entries


def sections_of(meeting: Meeting) -> list[MinutesSection]:
    return list(meeting.minutes_sections.select_related("written_by").order_by("pk"))
