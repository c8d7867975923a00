"""What the computation of claims reads and writes: plain values, integer cents, half days counted as 1 and 2.

They are named tuples because a year can hold a million of them and a database row becomes one with
`Attendance._make(row)`, without a copy. `values.money` turns cents into dollars at the borders.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cordee.reference.rulebook import RulebookTimeline


class Attendance(NamedTuple):
    """One person at one meeting, with every fact the rules need, as it was on the meeting's date."""

    id: int
    person: int
    meeting: int
    on: date
    start: int
    """Minutes from midnight: the earliest start takes the day."""
    group: str
    """The key of the group that met: a community, or a body."""
    type: str
    """The type of the community (`supported`, …), empty for a body."""
    portion: int
    """Half days recorded: 0, 1 or 2."""
    planned: int
    """Half days the meeting was planned for, 1 or 2: nobody is paid for more."""
    held: bool
    validated: bool
    organization: str
    """The code of the employer on the date, empty when there is none."""
    member_organization: bool
    """The employer was a member of the cooperative that year."""
    region: str
    """The cooperative's region of the employer on the date (`region_crdp`)."""
    category: str
    """The staff category on the date, empty when unknown."""
    active_member: bool
    """In the community on the date, or confirmed since by the responsible manager."""


class Line(NamedTuple):
    """One amount of a claim. A gross line has no code; a refusal or reduction is negative and names its
    rule."""

    attendance: int
    person: int
    organization: str
    code: str
    halves: int
    cents: int
    rate_key: str
    revision: int
    category: str
    adjusts: bool = False
    """The difference with what a submission already holds for this attendance."""


class FrozenLine(NamedTuple):
    """A line a submission holds. `rank` orders the submissions in time (an identifier that only grows)."""

    rank: int
    line: Line


class Notice(NamedTuple):
    """An attendance that has no line, and why. `estimate` is the gross it would have, before any limit."""

    attendance: int
    person: int
    organization: str
    code: str
    estimate: int = 0


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What was decided for the school year, beside the attendance itself."""

    timeline: RulebookTimeline
    granted: frozenset[str] = frozenset()
    """Groups whose compensation, given on request, was granted."""
    agreements: frozenset[int] = frozenset()
    """People whose immediate superior agreed to a second supported community."""
    plan_days: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    """Days the plan approves for the team of a person in a community, by (person, group). Absent: none."""
    extra_days: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    """Days the executive committee added, by (person, group)."""


class PersonEntitlement(NamedTuple):
    """One person's year. `lines` is what is owed today; `due` is what no submission holds yet of it."""

    person: int
    lines: list[Line]
    notices: list[Notice]
    due: list[Line]
