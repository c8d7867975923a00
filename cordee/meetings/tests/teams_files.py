"""Reports as Teams writes them, in each version, language and order of dates; the people are invented."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FILES = Path(__file__).parent / "files" / "teams"
NBSP = "\u00a0"


@dataclass(frozen=True)
class Dialect:
    """`labels` are those of sections, summary and columns, in order; `number` and `moment` write lengths and dates."""

    version: int
    moment: str
    units: tuple[str, str, str] = ("h", "m", "s")
    gap: str = ""
    labels: tuple[str, ...] = ()
    encoding: str = "utf-16-le"
    mark: bytes = codecs.BOM_UTF16_LE
    delimiter: str = "\t"
    newline: str = "\r\n"


@dataclass(frozen=True)
class Connection:
    name: str
    joined: datetime
    left: datetime
    email: str = ""


V2_FRENCH = (
    "Résumé de la réunion", "Nombre total de participants", "Titre de la réunion", "Heure de début de la réunion",
    "Heure de fin", "Nom complet", "Heure d'arrivée", "Heure de départ", "Durée", "E-mail", "Rôle",
    "ID du participant (UPN)", "Présentateur",
)  # fmt: skip
V2_ENGLISH = (
    "Meeting Summary", "Total Number of Participants", "Meeting Title", "Meeting Start Time", "Meeting End Time",
    "Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role", "Participant ID (UPN)", "Presenter",
)  # fmt: skip
V3_ENGLISH = (
    "Summary", "Meeting title", "Attended participants", "Start time", "End time", "Meeting duration",
    "Average attendance time", "Participants", "Name", "First Join", "Last Leave", "In-Meeting Duration", "Email",
    "Participant ID (UPN)", "Role", "In-Meeting Activities", "Name", "Join Time", "Leave Time", "Duration", "Email",
    "Role", "Presenter",
)  # fmt: skip
V3_FRENCH = (
    "Résumé", "Titre de la réunion", "Participants présents", "Heure de début", "Heure de fin", "Durée de la réunion",
    "Temps de présence moyen", "Participants", "Nom", "Première arrivée", "Dernier départ", "Durée en réunion",
    "E-mail", "ID du participant (UPN)", "Rôle", "Activités en réunion", "Nom", "Heure d’arrivée", "Heure de départ",
    "Durée", "E-mail", "Rôle", "Présentateur",
)  # fmt: skip
V3_POLISH = (
    "Podsumowanie", "Tytuł spotkania", "Liczba uczestniczących", "Godzina rozpoczęcia", "Godzina zakończenia",
    "Czas trwania spotkania", "Średni czas uczestnictwa", "Uczestnicy", "Imię i nazwisko", "Pierwsze dołączenie",
    "Ostatnie wyjście", "Czas udziału w spotkaniu", "Adres e-mail", "Identyfikator uczestnika (UPN)", "Rola",
    "Działania podczas spotkania", "Imię i nazwisko", "Godzina dołączenia", "Godzina opuszczenia", "Czas trwania",
    "Adres e-mail", "Rola", "Osoba prowadząca",
)  # fmt: skip
US, UK, FRENCH, ISO = "{0.month}/{0.day}/{0:%y}, {1}:{0:%M:%S} {0:%p}", "{0:%d/%m/%Y}, {0:%H:%M:%S}", "{0:%d/%m/%Y} à {0:%H:%M:%S}", "{0:%Y-%m-%d} {0.hour} h {0:%M} min {0:%S} s"  # fmt: skip # noqa: E501
POLISH = "{0:%d.%m.%Y}, {0:%H:%M:%S}"
UTF8 = {"encoding": "utf-8", "mark": b""}
DIALECTS = {
    "v2-french": Dialect(2, FRENCH, gap=NBSP, labels=V2_FRENCH, newline="\n"),
    "v2-english": Dialect(2, US, labels=V2_ENGLISH, newline="\n"),
    "v2-canadian": Dialect(2, ISO, units=("h", "min", "s"), gap="\u202f", labels=V2_FRENCH, newline="\n"),
    "v3-english": Dialect(3, US, labels=V3_ENGLISH),
    "v3-french": Dialect(3, US, gap=NBSP, labels=V3_FRENCH),
    "v3-british": Dialect(3, UK, labels=V3_ENGLISH),
    "v3-polish": Dialect(3, US, units=("godz.", "min", "s"), gap=" ", labels=V3_POLISH),
    "v3-polish-dots": Dialect(3, POLISH, units=("godz.", "min", "s"), gap=" ", labels=V3_POLISH),
    "v3-big-endian": Dialect(3, UK, labels=V3_ENGLISH, encoding="utf-16-be", mark=codecs.BOM_UTF16_BE),
    "v3-bare-utf16": Dialect(3, US, labels=V3_FRENCH, mark=b""),
    "v3-excel-semicolon": Dialect(3, UK, labels=V3_FRENCH, delimiter=";", encoding="cp1252", mark=b""),
    "v3-excel-comma": Dialect(3, US, labels=V3_ENGLISH, delimiter=",", **UTF8),
    "v3-excel-tab": Dialect(3, US, labels=V3_FRENCH, encoding="utf-8", mark=codecs.BOM_UTF8),
}


def report_file(dialect: Dialect, connections: Sequence[Connection], *, title: str = "Rencontre") -> bytes:
    rows = (
        _summary_first(dialect, connections, title) if dialect.version == 2 else _sections(dialect, connections, title)
    )
    return written(rows, dialect)


def written(rows: Sequence[Sequence[str]], dialect: Dialect) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=dialect.delimiter, lineterminator=dialect.newline).writerows(rows)
    return dialect.mark + text.getvalue().encode(dialect.encoding)


def event_list(events: Sequence[tuple[str, str, datetime]], moment: str = UK) -> bytes:
    rows = [("Full Name", "User Action", "Timestamp"), *((name, act, at(moment, when)) for name, act, when in events)]
    return written(rows, Dialect(1, moment, newline="\n"))


def at(moment: str, when: datetime) -> str:
    return moment.format(when, when.hour % 12 or 12)


def length(dialect: Dialect, span: timedelta) -> str:
    """Version 2 leaves the seconds out from an hour up; version 3 leaves out what is zero."""
    total = int(span.total_seconds())
    numbers = (total // 3600, total % 3600 // 60, total % 60)
    shown = numbers[:2] if dialect.version == 2 and numbers[0] else numbers
    parts = [f"{n}{dialect.gap}{unit}" for n, unit in zip(shown, dialect.units, strict=False) if n]
    return " ".join(parts) or f"0{dialect.gap}{dialect.units[2]}"


def _summary_first(dialect: Dialect, connections: Sequence[Connection], title: str) -> list[list[str]]:
    words = dialect.labels
    start, end = min(c.joined for c in connections), max(c.left for c in connections)
    rows = [
        [words[0]],
        [words[1], str(len({c.email or c.name for c in connections}))],
        [words[2], title],
        [words[3], at(dialect.moment, start)],
        [words[4], at(dialect.moment, end)],
        [],
        list(words[5:12]),
    ]
    return rows + [[*_times(dialect, c), c.email, words[12], c.email] for c in connections]


def _sections(dialect: Dialect, connections: Sequence[Connection], title: str) -> list[list[str]]:
    words = dialect.labels
    start, end = min(c.joined for c in connections), max(c.left for c in connections)
    people = dict.fromkeys(c.email or c.name for c in connections)
    rows = [
        [f"1. {words[0]}"],
        [words[1], title],
        [words[2], str(len(people))],
        [words[3], at(dialect.moment, start)],
        [words[4], at(dialect.moment, end)],
        [words[5], length(dialect, end - start)],
        [words[6], length(dialect, end - start)],
        [],
        [f"2. {words[7]}"],
        list(words[8:15]),
    ]
    for person in people:
        theirs = [c for c in connections if (c.email or c.name) == person]
        whole = Connection(theirs[0].name, min(c.joined for c in theirs), max(c.left for c in theirs), theirs[0].email)
        lasted = sum((c.left - c.joined for c in theirs), timedelta())
        rows.append([*_times(dialect, whole)[:3], length(dialect, lasted), whole.email, whole.email, words[22]])
    rows += [[], [f"3. {words[15]}"], list(words[16:22])]
    return rows + [[*_times(dialect, c), c.email, words[22]] for c in connections]


def _times(dialect: Dialect, one: Connection) -> list[str]:
    return [
        one.name,
        at(dialect.moment, one.joined),
        at(dialect.moment, one.left),
        length(dialect, one.left - one.joined),
    ]


def sole_connection(meeting: Any) -> Connection:
    """A guest, from the start of a meeting to its end."""
    hours = (datetime.combine(meeting.date, hour) for hour in (meeting.starts_at, meeting.ends_at))
    return Connection("Visiteuse (Invité)", *hours)
