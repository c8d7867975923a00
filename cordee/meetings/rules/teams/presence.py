"""How long someone was at a meeting: the union of their connections, on every device, inside its half days.

The reports know no zone: their hours are those of a clock on the wall. Lengths are counted in real seconds, so that
the hour lived twice in autumn counts twice and the one skipped in spring not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from statistics import median

from cordee.meetings.rules.teams.report import Participant, Report, Session, Shape
from cordee.meetings.rules.teams.stamps import Order, seconds_in, stamp_of

HOUR, DAY = 3600, 86400
NOON = time(12)
NEAR = 20 * 60
TOLERANCE, MINUTE = 2, 60

# Seconds since 1970, end excluded.
type Window = tuple[int, int]


class Note(StrEnum):
    """What must be said of a reading, with the text concerned when there is one."""

    NO_TIME = "no-time"
    STILL_THERE = "still-there"
    NO_ENTRY = "no-entry"
    UNREADABLE_TIME = "unreadable-time"
    UNREADABLE_LENGTH = "unreadable-length"
    OTHER_LENGTH = "other-length"


@dataclass(frozen=True, slots=True)
class Presence:
    """Seconds in each half day; `first` and `last` are the ends of what was connected, outside the meeting too."""

    halves: tuple[int, ...]
    first: int | None
    last: int | None

    @property
    def seconds(self) -> int:
        return sum(self.halves)

    @property
    def minutes(self) -> int:
        return self.seconds // MINUTE


def windows_of(day: date, starts_at: time, ends_at: time, zone: tzinfo) -> list[Window]:
    """The half days of a meeting: one, or two parted at noon."""
    start, end = datetime.combine(day, starts_at, zone), datetime.combine(day, ends_at, zone).replace(fold=1)
    noon = datetime.combine(day, NOON, zone)
    edges = [start, noon, end] if starts_at < NOON < ends_at else [start, end]
    moments = [int(edge.timestamp()) for edge in edges]
    return list(pairwise(moments))


def united(spans: Iterable[Window]) -> list[Window]:
    """The same time, each instant once, in order."""
    union: list[Window] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        elif end > start:
            union.append((start, end))
    return union


def presence_of(spans: Iterable[Window], windows: Sequence[Window], *, shift: int = 0) -> Presence:
    """`shift` is added to every connection: whole hours that a clock was wrong by."""
    union = [(start + shift, end + shift) for start, end in united(spans)]
    halves = tuple(
        sum(max(0, min(end, closes) - max(start, opens)) for start, end in union) for opens, closes in windows
    )
    return Presence(halves, union[0][0] if union else None, union[-1][1] if union else None)


def spans_of(
    participant: Participant, report: Report, order: Order, windows: Sequence[Window], zone: tzinfo
) -> tuple[list[Window], list[tuple[Note, str]]]:
    """The connections of one identity as real time, and what must be said of how they were read."""
    reader = _Reader(report, order, windows, zone)
    if not participant.sessions:
        return [], [(Note.NO_TIME, "")]
    spans = reader.paired(participant) if report.shape == Shape.EVENTS else reader.read(participant)
    return spans, reader.notes


def hours_apart(presences: Iterable[Presence], windows: Sequence[Window]) -> int:
    """By how many whole hours a whole report stands beside the meeting: 0 when it does not, or cannot be told."""
    ends = [(presence.first, presence.last) for presence in presences if presence.first and presence.last]
    if not ends:
        return 0
    before = median(first for first, _last in ends) - windows[0][0]
    after = median(last for _first, last in ends) - windows[-1][1]
    hours = round(before / HOUR)
    apart = all(abs(gap - hours * HOUR) <= NEAR for gap in (before, after))
    return hours if apart else 0


class _Reader:
    """One identity at a time; `notes` is what there is to say."""

    def __init__(self, report: Report, order: Order, windows: Sequence[Window], zone: tzinfo) -> None:
        self.report, self.order, self.zone = report, order, zone
        self.opens, self.closes = windows[0][0], windows[-1][1]
        self.day = datetime.fromtimestamp(self.opens, zone).date()
        self.notes: list[tuple[Note, str]] = []

    def read(self, participant: Participant) -> list[Window]:
        spans = [span for session in participant.sessions if (span := self._span(session))]
        lengths = [seconds_in(session.lasted) for session in participant.sessions]
        if self.report.shape == Shape.MERGED and len(spans) == 1 and lengths[0]:
            start, end = spans[0]  # the gaps are unknown: never more than the length that leaves them out
            return [(start, min(end, start + lengths[0]))]
        return spans

    def paired(self, participant: Participant) -> list[Window]:
        """Entries and exits sorted in time; each device is one more inside, and one less when it leaves."""
        marks = sorted(
            (moment, bool(session.joined))
            for session in participant.sessions
            if (moment := self._moment(session.joined or session.left)) is not None
        )
        spans, inside, since = [], 0, 0
        for moment, enters in marks:
            since = moment if enters and not inside else since
            inside += 1 if enters else -1
            if inside < 0:
                inside = self._say(Note.NO_ENTRY)
            elif not inside and not enters:
                spans.append((since, moment))
        if inside:
            self._say(Note.STILL_THERE)
            spans.append((since, max(since, self.closes)))
        return spans

    def _span(self, session: Session) -> Window | None:
        if not session.joined:
            self._say(Note.NO_ENTRY, session.left)
            return None
        starts = self._moments(session.joined)
        ends = self._moments(session.left) if session.left else self._open_end()
        if not starts or not ends:
            self._say(Note.UNREADABLE_TIME, session.left if starts else session.joined)
            return None
        return self._chosen(session, starts, ends)

    def _chosen(self, session: Session, starts: list[int], ends: list[int]) -> Window:
        """In the hour lived twice, the pair that lasted what is written; an exit before its entry is the day after."""
        written = seconds_in(session.lasted) if session.lasted else None
        stamp = stamp_of(session.left)
        if max(ends) < min(starts) and stamp is not None and not stamp.days:
            ends = [end + DAY for end in ends]
        pairs = [(start, end) for start in starts for end in ends if start <= end]
        if not pairs:
            self._say(Note.UNREADABLE_TIME, session.left)
            return starts[0], starts[0]
        wanted = written if written is not None else 0
        start, end = min(pairs, key=lambda pair: abs(pair[1] - pair[0] - wanted)) if len(pairs) > 1 else pairs[0]
        self._check(session, written, end - start)
        return start, end

    def _check(self, session: Session, written: int | None, seconds: int) -> None:
        """The length is only a check. From an hour up, some versions leave the seconds out."""
        if session.lasted and written is None:
            self._say(Note.UNREADABLE_LENGTH, session.lasted)
        elif written is not None and session.left and self.report.shape == Shape.SESSIONS:
            tolerance = MINUTE if written >= HOUR and written % MINUTE == 0 else TOLERANCE
            if abs(seconds - written) > tolerance:
                self._say(Note.OTHER_LENGTH, session.lasted)

    def _open_end(self) -> list[int]:
        """Nobody wrote when they left: the end of the report, else that of the meeting, and it is said."""
        self._say(Note.STILL_THERE)
        return self._moments(self.report.end) or [self.closes]

    def _moment(self, text: str) -> int | None:
        return next(iter(self._moments(text)), None)

    def _moments(self, text: str) -> list[int]:
        """The instants a wall clock may mean: two in the hour lived twice."""
        stamp = stamp_of(text)
        day = (stamp.day(self.order) if stamp.days else self.day) if stamp else None
        if stamp is None or day is None:
            return []
        early = datetime.combine(day, stamp.clock, self.zone)
        late = early.replace(fold=1)
        doubled = (early.utcoffset() or timedelta()) > (late.utcoffset() or timedelta())
        return [int(each.timestamp()) for each in ((early, late) if doubled else (early,))]

    def _say(self, note: Note, text: str = "") -> int:
        if (note, text) not in self.notes:
            self.notes.append((note, text))
        return 0
