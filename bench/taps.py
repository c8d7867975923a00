"""Several people at once on the roster: each has a meeting, a session and a connection that stays open."""

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

from bench.crowd import Caller, Crowd
from bench.entrance import TOKEN, cookies_of
from cordee.meetings.models import Meeting, Portion, roster_of
from cordee.toolkit import clock

MOST_PEOPLE = 40
VERSION = re.compile(rb'name="version-\d+" value="(\d+)"')


@dataclass
class Sheet:
    """A roster still open: the version one has seen of each person's mark, and who is absent now."""

    meeting: int
    longest: str
    versions: dict[int, int]
    absent: set[int]

    def taps(self) -> Iterator[tuple[int, str]]:
        """Everyone in turn, each time another outcome than the one before."""
        for person in cycle(self.versions):
            yield person, self.longest if person in self.absent else "none"
            self.absent ^= {person}


def open_sheets(count: int) -> list[Sheet]:
    """The rosters of `count` meetings held and not closed. Raises LookupError when there are fewer."""
    found = Meeting.objects.filter(date__lte=clock.today(), validation=None, cancellation=None)
    sheets = [sheet for meeting in found.order_by("-pk")[: count * 4] if (sheet := _sheet(meeting)).versions][:count]
    if len(sheets) < count:
        raise LookupError(f"{count} open meetings are needed, {len(sheets)} found")
    return sheets


def _sheet(meeting: Meeting) -> Sheet:
    lines = [line for line in roster_of(meeting).lines if line.employment][:MOST_PEOPLE]
    absent = {line.person.pk for line in lines if line.portion == Portion.NONE}
    return Sheet(meeting.pk, meeting.planned_portion, {line.person.pk: line.version for line in lines}, absent)


@dataclass
class Tapper(Caller):
    cookies: str
    sheet: Sheet

    def calls(self) -> Iterator[tuple[int, str]]:
        return self.sheet.taps()

    def send(self, connection: http.client.HTTPConnection, call: tuple[int, str]) -> str:
        (person, portion), sheet = call, self.sheet
        fields = {f"portion-{person}": portion, f"version-{person}": sheet.versions[person], "since": 0}
        connection.request(
            "POST", f"/rencontres/{sheet.meeting}/presences/{person}/", urlencode(fields),
            {"Cookie": self.cookies, "X-CSRFToken": TOKEN, "HX-Request": "true",
             "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        answer = connection.getresponse()
        shown = VERSION.search(answer.read())
        if shown and answer.status == 200:
            sheet.versions[person] = int(shown[1])
        return "" if answer.status == 200 else f"{sheet.meeting}: {answer.status}"


def tapping(address: str, count: int, pause: float = 0.0) -> Crowd:
    cookies = cookies_of("secretaire")
    return Crowd([Tapper(address=address, pause=pause, cookies=cookies, sheet=sheet) for sheet in open_sheets(count)])
