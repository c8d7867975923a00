"""What upper apps give to lower ones and to the top: one mechanism, no upward import.

An app's `todo.py`, `panels.py`, `navigation.py`, `search.py`, `holds.py`, `acts.py`, `rights.py`, `hand_overs.py` or
`warnings.py` is discovered at start and registers functions here. Each function asks its own policy and costs one query
for a whole list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.tasks import Task as BackgroundTask

from cordee.values.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Task:
    """A line of « À faire ». `due` is the last day that is still on time; None when nothing is due."""

    title: str
    url: str
    action: str
    icon: str
    context: str = ""
    due: date | None = None

    def is_late(self, on: date) -> bool:
        return self.due is not None and self.due < on


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A link of the side bar. `prefix` is the start of the paths for which it is current; `order` is tens by group."""

    label: str
    url: str
    icon: str
    prefix: str
    order: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A block that an upper app shows on a lower app's page: a template and its context."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A result of the search: what it is, and where."""

    label: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Caution:
    """What to weigh before one goes on, never a wall: about which day, in words, and the rule that says so."""

    day: date
    sentence: str
    rule: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A whole day of a calendar; `changed_at` is the same at each reading as long as it says the same."""

    uid: str
    day: date
    title: str
    description: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """What a secret address may give a calendar besides meetings: named by `what`, its days asked for when it is
    read."""

    what: str
    label: str
    days: Callable[[], Iterable[CalendarDay]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry of the journal is about: its kind and key as the journal has them, its name, and where it is."""

    kind: str
    key: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """What rests on someone who leaves: what it is, where one gives it to another, empty when the reader may not."""

    what: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table shows, in the language of who reads unless `lang` says another; `key` is the rule it comes from."""

    text: str
    lang: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[Cell, ...]
    is_total: bool


@dataclass(frozen=True, slots=True)
class ArticleTable:
    """A table of live data that stands in an article, for the page and for the document alike.

    `name` is the one the article asks for. The first column names its row; `numeric` columns stand to the right;
    `strong` rows are totals.
    """

    name: str
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()

    @property
    def is_grouped(self) -> bool:
        """Its first column says the same in row after row: it is then read once, above them."""
        return 2 * len([*groupby(row[0].text for row in self.rows)]) <= len(self.rows)

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Each header under which cells stand, and whether they are figures."""
        first = int(self.is_grouped)
        return tuple((header, at in self.numeric) for at, header in enumerate(self.headers) if at >= first)

    @property
    def figures(self) -> tuple[int, ...]:
        return tuple(at for at, (_header, is_figure) in enumerate(self.columns) if is_figure)

    @property
    def groups(self) -> tuple[tuple[Cell | None, tuple[TableRow, ...]], ...]:
        """What rows share, with their cells; a table that is not grouped is one group without a name."""
        rows = list(enumerate(self.rows))
        if not self.is_grouped:
            return ((None, tuple(TableRow(row, at in self.strong) for at, row in rows)),)
        found = [[*same] for _name, same in groupby(rows, key=lambda numbered: numbered[1][0].text)]
        return tuple((same[0][1][0], tuple(TableRow(row[1:], at in self.strong) for at, row in same)) for same in found)


class Registry[Contribution]:
    def __init__(self) -> None:
        self._functions: list[Callable[..., Iterable[Contribution]]] = []

    def contribute(self, function: Callable[..., Iterable[Contribution]]) -> Callable[..., Iterable[Contribution]]:
        self._functions.append(function)
        return function

    def collect(self, *args: Any, **kwargs: Any) -> list[Contribution]:
        return [found for function in self._functions for found in function(*args, **kwargs)]


todo: Registry[Task] = Registry()  # (person, *, on) -> tasks
navigation: Registry[NavigationEntry] = Registry()  # (person, *, on) -> entries
search: Registry[Found] = Registry()  # (person, *, on, words) -> results
meeting_holds: Registry[Verdict] = Registry()  # (meeting) -> what keeps its validation from being taken back
planning_cautions: Registry[Caution] = Registry()  # (proposals, *, on) -> what to weigh before planning them
duty_holds: Registry[Verdict] = Registry()  # (duty) -> what keeps its end from being written here
hand_overs: Registry[HandOver] = Registry()  # (person, *, on, subject) -> what rests on the subject, for others
rights: Registry[Any] = Registry()  # () -> the rights an app names (`people.rights.Right`)
merge_holds: Registry[Verdict] = Registry()  # (kept, absorbed) -> what forbids making two persons one
meeting_panels: Registry[Panel] = Registry()  # (person, *, on, meeting) -> panels
file_panels: Registry[Panel] = Registry()  # (meeting) -> panels beside where a report of it is dropped
article_tables: Registry[ArticleTable] = Registry()  # (names, *, revision, year) -> those of the names it knows
in_force_tasks: Registry[BackgroundTask[Any, Any]] = (
    Registry()
)  # (revision) -> what is done once it is in force, by its pk
edition_heads: Registry[Panel] = Registry()  # (person, *, on, revision) -> panels under the head of a framework
edition_panels: Registry[Panel] = Registry()  # (person, *, on, revision) -> panels beside its text
demonstrations: Registry[str] = Registry()  # (people by key) -> what it added to the invented year
calendar_feeds: Registry[CalendarFeed] = Registry()  # (person, *, on) -> what this person may subscribe to
home_panels: Registry[Panel] = Registry()  # (person, *, on) -> panels under what awaits them
group_panels: Registry[Panel] = Registry()  # (person, *, on, group) -> panels
act_words: Registry[tuple[str, str]] = Registry()  # () -> each act, and what who did it did, after their name
subjects: Registry[Subject] = Registry()  # (person, *, on, wanted) -> of the keys wanted by kind, those they may see
person_panels: Registry[Panel] = Registry()  # (person, *, on, subject) -> panels
retention_holds: Registry[tuple[int, str]] = Registry()  # () -> persons of whom nothing may go now, and why
