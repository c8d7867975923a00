"""Rows to a report, by shape: the number of a section, the order of columns, two moments in a row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cordee.meetings.rules.teams.columns import Columns, columns_of
from cordee.meetings.rules.teams.events import is_event_list, participants_of_events
from cordee.meetings.rules.teams.refusals import NotAReport, refuse_others
from cordee.meetings.rules.teams.report import Participant, Report, Session, Shape
from cordee.meetings.rules.teams.rows import rows_of, tidy_rows
from cordee.meetings.rules.teams.stamps import seconds_in, stamp_of

HEADING = re.compile(r"([1-9])\. ?\S.*")
PARTICIPANTS, CONNECTIONS, ENGAGEMENT = 2, 3, 4
NO_TITLE = "null"


def read(content: bytes) -> Report:
    """Raises NotAReport or AnotherExport, each with the sentence to show."""
    return read_rows(rows_of(content))


def read_rows(rows: Iterable[Iterable[str]]) -> Report:
    """The same for the rows of a spreadsheet."""
    tidied = tidy_rows(rows)
    refuse_others(tidied)
    if is_event_list(tidied):
        return Report(Shape.EVENTS, "", "", "", None, participants_of_events(tidied))
    summary, tables = _parts(tidied)
    if not tables:
        raise NotAReport
    return _report(summary, tables)


@dataclass(slots=True)
class _Table:
    """A header and its rows; `section` is the number above it, 0 when there is none."""

    section: int
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)

    @property
    def columns(self) -> Columns:
        return columns_of(self.header, self.rows)


def _parts(rows: Sequence[list[str]]) -> tuple[list[list[str]], list[_Table]]:
    """The lines of the summary, and the tables that follow. A table starts at a row of titles, three or more."""
    summary: list[list[str]] = []
    tables: list[_Table] = []
    section, table = 0, None
    for row in rows:
        heading = HEADING.fullmatch(row[0]) if len(row) == 1 else None
        if not row or heading:
            table = None
            section = int(heading[1]) if heading else section
        elif table is not None:
            table.rows.append(row)
        elif len(row) > 2 and not any(map(stamp_of, row)):
            table = _Table(section, row)
            tables.append(table)
        elif not tables:
            summary.append(row)
    return summary, [table for table in tables if table.section < ENGAGEMENT and (table.section or _is_timed(table))]


def _is_timed(table: _Table) -> bool:
    """Outside any numbered section, a table is one of ours when a row of it holds two moments."""
    return any(sum(stamp_of(cell) is not None for cell in row) > 1 for row in table.rows)


def _report(summary: Sequence[list[str]], tables: Sequence[_Table]) -> Report:
    """Of two tables the first lists people, the last their connections; with one, its number tells which it is."""
    people = tables[0] if len(tables) > 1 or tables[0].section == PARTICIPANTS else None
    connections = tables[-1] if tables[-1] is not people else None
    title, counted, start, end = _summary(summary)
    shape = Shape.SESSIONS if connections else Shape.MERGED
    listed = _participants(people) if people else {}
    for key, participant in (_participants(connections) if connections else {}).items():
        known = listed.get(key) or _same_name(listed, participant)
        listed[known.key if known else key] = replace(participant, upn=(known.upn if known else "") or participant.upn)
    if connections and people:
        listed = _without_merged(listed, _participants(connections))
    return Report(shape, title, start, end, counted, tuple(listed.values()))


def _same_name(listed: dict[str, Participant], participant: Participant) -> Participant | None:
    """Connections do not repeat the account of a guest: the row of that name has it."""
    if participant.email:
        return None
    found = [each for each in listed.values() if not each.email and each.name.casefold() == participant.name.casefold()]
    return found[0] if len(found) == 1 else None


def _without_merged(listed: dict[str, Participant], connected: dict[str, Participant]) -> dict[str, Participant]:
    """Who has a row but no connection was not there: the first join and last leave of that row are no presence."""
    seen = {(each.email.casefold(), each.name.casefold()) for each in connected.values()}
    return {
        key: each if (each.email.casefold(), each.name.casefold()) in seen else replace(each, sessions=())
        for key, each in listed.items()
    }


def _participants(table: _Table) -> dict[str, Participant]:
    """Each identity once, with all its rows; the first spelling of a name stays."""
    columns = table.columns
    found: dict[str, Participant] = {}
    for row in table.rows:
        one = _participant(row, columns)
        if one is not None:
            known = found.get(one.key)
            found[one.key] = replace(known, sessions=known.sessions + one.sessions) if known else one
    return found


def _participant(row: list[str], columns: Columns) -> Participant | None:
    def cell(at: int) -> str:
        return row[at] if 0 <= at < len(row) else ""

    name, email = cell(0), cell(columns.email)
    session = Session(cell(columns.joined), cell(columns.left), cell(columns.lasted))
    if not name and "@" not in email:
        return None
    timed = session.joined or session.left
    return Participant(name, email if "@" in email else "", cell(columns.upn), (session,) if timed else ())


def _summary(rows: Sequence[list[str]]) -> tuple[str, int | None, str, str]:
    """Title, number of people, start and end, told by what the values look like."""
    values = [row[1] for row in rows if len(row) > 1]
    moments = [value for value in values if stamp_of(value) and seconds_in(value) is None]
    numbers = [int(value) for value in values if value.isdecimal()]
    texts = [v for v in values if v not in moments and not v.isdecimal() and seconds_in(v) is None]
    title = texts[0] if texts and texts[0] != NO_TITLE else ""
    start, end = [*moments, "", ""][:2]
    return title, numbers[0] if numbers else None, start, end
