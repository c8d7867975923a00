"""The event list of 2020: entries and exits by display name, neither end of the meeting nor any address."""

from collections import Counter
from collections.abc import Sequence

from cordee.meetings.rules.teams.report import Participant, Session
from cordee.meetings.rules.teams.stamps import stamp_of
from cordee.values.text import fold

WIDTH = 3
# The beginnings of the words known so far, folded.
ENTRIES = ("join", "entrou", "a rejoint", "rejoint", "s est joint", "arriv", "dolacz", "beigetreten", "se uni")
EXITS = ("left", "saiu", "a quitte", "quitte", "parti", "opusc", "verlassen", "salio", "abandon")


def is_event_list(rows: Sequence[list[str]]) -> bool:
    """Three columns of which only the last is a moment, nearly everywhere."""
    filled = [row for row in rows if row]
    events = sum(_is_event(row) for row in filled)
    return bool(events) and events * 2 >= len(filled) - 1 and all(len(row) <= WIDTH for row in filled)


def participants_of_events(rows: Sequence[list[str]]) -> tuple[Participant, ...]:
    """Each name with its entries and exits, as one-ended sessions in the order of the file."""
    events = [row for row in rows if row and _is_event(row)]
    entries = _entry_words(events)
    found: dict[str, Participant] = {}
    for name, action, moment in events:
        session = Session(joined=moment) if fold(action) in entries else Session(left=moment)
        known = found.get(name.casefold()) or Participant(name)
        found[name.casefold()] = Participant(known.name, sessions=(*known.sessions, session))
    return tuple(found.values())


def _is_event(row: list[str]) -> bool:
    return len(row) == WIDTH and stamp_of(row[2]) is not None and stamp_of(row[1]) is None


def _entry_words(events: Sequence[list[str]]) -> set[str]:
    """Words known, and of the unknown ones those that more often than not come first for someone."""
    words = Counter(fold(action) for _name, action, _moment in events)
    entries = {word for word in words if word.startswith(ENTRIES)}
    unknown = words.keys() - entries - {word for word in words if word.startswith(EXITS)}
    if unknown:
        firsts = Counter(fold(action) for _name, action, _moment in _first_events(events))
        entries |= {word for word in unknown if firsts[word] * 2 > words[word] or len(words) == 1}
    return entries


def _first_events(events: Sequence[list[str]]) -> list[list[str]]:
    """The earliest event of each name. Any order of day and month does: one meeting is compared with itself."""
    firsts: dict[str, tuple[tuple[object, object], list[str]]] = {}
    for event in events:
        stamp = stamp_of(event[2])
        if stamp is not None:
            moment = (stamp.days[0][1].toordinal() if stamp.days else 0, stamp.clock)
            if event[0] not in firsts or moment < firsts[event[0]][0]:  # type: ignore[operator]
                firsts[event[0]] = (moment, event)
    return [event for _moment, event in firsts.values()]
