"""Several people at once on the roster: each has a meeting, a session and a connection that stays open."""

import http.client
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

from bench.entrance import TOKEN, cookies_of
from cordee.meetings.models import Meeting, Portion, roster_of
from cordee.toolkit import clock

MOST_PEOPLE = 40
UNCOUNTED = 2  # each client’s first taps also open its connection and load what its worker needs
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
class Tapper:
    """One client, who taps until told to stop, once at least. `pause` is the time it leaves between two taps."""

    address: str
    cookies: str
    sheet: Sheet
    stop: Event
    pause: float = 0.0
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def run(self) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        for number, (person, portion) in enumerate(self.sheet.taps()):
            if self.stop.is_set() and (self.seconds or self.errors):
                break
            self._timed(connection, person, portion, counts=number >= UNCOUNTED)
            self.stop.wait(self.pause)
        connection.close()

    def _timed(self, connection: http.client.HTTPConnection, person: int, portion: str, *, counts: bool) -> None:
        started = time.perf_counter()
        try:
            status = self._tap(connection, person, portion)
        except (OSError, http.client.HTTPException) as problem:
            self.errors.append(repr(problem))
            return
        if status != 200:
            self.errors.append(f"{self.sheet.meeting}: {status}")
        elif counts:
            self.seconds.append(time.perf_counter() - started)

    def _tap(self, connection: http.client.HTTPConnection, person: int, portion: str) -> int:
        sheet = self.sheet
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
        return answer.status


class Crowd:
    """`count` clients that tap from `start` to `stop`."""

    def __init__(self, address: str, count: int, pause: float = 0.0) -> None:
        self._stop, cookies = Event(), cookies_of("secretaire")
        self.tappers = [Tapper(address, cookies, sheet, self._stop, pause) for sheet in open_sheets(count)]
        self._threads = [Thread(target=tapper.run) for tapper in self.tappers]

    def start(self) -> None:
        self._started = time.perf_counter()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self.duration = time.perf_counter() - self._started

    @property
    def seconds(self) -> list[float]:
        return [one for tapper in self.tappers for one in tapper.seconds]

    @property
    def errors(self) -> list[str]:
        return [one for tapper in self.tappers for one in tapper.errors]
