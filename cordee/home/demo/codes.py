"""18-TC-TRP of 14 January also had its code on the screen of the room: who used it, who was refused, who asks."""

from collections.abc import Iterator
from datetime import datetime, time

from cordee.home.demo.year import Seat, Year
from cordee.meetings.models import CheckIn, CheckInRefusal, Direction, Portion, RefusedFor
from cordee.toolkit import clock

MEETING = "18-tc-trp/3"
# When they scanned the code, arriving and leaving; who ran out of time only arrived.
SCANNED = {
    "delphine.arete": ("08:52", "15:31"),
    "josee.bivouac": ("08:41", "15:34"),
    "hortense.couloir": ("09:03", ""),
    "irenee.diedre": ("08:58", "15:30"),
    "emile.moraine": ("09:07", "15:32"),
    "anatole.neve": ("08:55", ""),
    "flavie.serac": ("09:01", "15:29"),
}
NOT_EXPECTED = {"alma.ravine": "09:14"}
FROM_HOME = "lucie.balcon"


def declared_at(year: Year, seat: Seat) -> datetime | None:
    """When this mark was declared by the person; None for one that somebody made."""
    key, person = seat
    if key != MEETING or person not in SCANNED:
        return None
    arrival, departure = SCANNED[person]
    return _at(year, departure or arrival)


def scan_codes(year: Year) -> None:
    CheckIn.objects.bulk_create(_check_ins(year))
    meeting = year.meetings[MEETING]
    CheckInRefusal.objects.bulk_create(
        [
            CheckInRefusal(meeting=meeting, why=RefusedFor.UNKNOWN, at=_at(year, "09:05")),
            CheckInRefusal(
                meeting=meeting, why=RefusedFor.LATE, at=_at(year, "10:02"), code="a", person=year.people[FROM_HOME]
            ),
        ]
    )


def _check_ins(year: Year) -> Iterator[CheckIn]:
    for person, scans in SCANNED.items():
        for direction, hour in zip(Direction, scans, strict=True):
            if hour:
                yield _check_in(year, person, direction, hour)
    for person, hour in NOT_EXPECTED.items():
        yield _check_in(year, person, Direction.ARRIVAL, hour)


def _check_in(year: Year, person: str, direction: Direction, hour: str) -> CheckIn:
    return CheckIn(
        meeting=year.meetings[MEETING],
        person=year.people[person],
        direction=direction,
        at=_at(year, hour),
        portion=Portion.DAY,
        signed_in=True,
    )


def _at(year: Year, hour: str) -> datetime:
    return clock.at(year.meetings[MEETING].date, time.fromisoformat(hour))
