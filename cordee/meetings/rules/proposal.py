"""Meetings one thinks of holding, as plain values: what the warnings read before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from cordee.reference.rulebook import NoRulebook, Rulebook, RulebookTimeline
from cordee.values.school_year import SchoolYear

HALVES = {"half": 1, "day": 2}
LONG_DAY = "threshold.planned-day"

# (group, school year)
type Season = tuple[int, SchoolYear]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`meeting` is the id of the one that already stands, so that it is not counted twice.

    An empty `portion` is decided by the hours.
    """

    group: int
    slug: str
    kind: str
    day: date
    starts_at: time
    ends_at: time
    portion: str
    modality: str
    meeting: int | None = None

    @property
    def season(self) -> Season:
        return self.group, SchoolYear.containing(self.day)

    @property
    def minutes(self) -> int:
        """By the clock on the wall."""
        return (self.ends_at.hour - self.starts_at.hour) * 60 + self.ends_at.minute - self.starts_at.minute


@dataclass(frozen=True, slots=True)
class Count:
    """How many meetings of a group, and half days they make, in one school year."""

    meetings: int = 0
    halves: int = 0

    def plus(self, portion: str) -> "Count":
        return Count(self.meetings + 1, self.halves + HALVES[portion])


def by_hours(proposal: Proposal, rulebooks: RulebookTimeline) -> Proposal:
    """With the planned portion its hours make by the rules of its day; a half day where there are none."""
    if proposal.portion:
        return proposal
    try:
        rules = rulebooks.on(proposal.day)
    except NoRulebook:
        return replace(proposal, portion="half")
    is_day = rules.has(LONG_DAY) and proposal.minutes > rules.minutes(LONG_DAY)
    return replace(proposal, portion="day" if is_day else "half")


@dataclass(frozen=True)
class Proposals:
    """In the order of their days, with the rules of those days and what already stands beside them."""

    each: tuple[Proposal, ...]
    rulebooks: RulebookTimeline
    standing: Mapping[Season, Count]

    def with_rules(self) -> Iterator[tuple[Proposal, Rulebook]]:
        """Those whose day has rules in force."""
        for proposal in self.each:
            try:
                yield proposal, self.rulebooks.on(proposal.day)
            except NoRulebook:
                continue

    def counted(self) -> Iterator[tuple[Proposal, Rulebook, Count]]:
        """Each with what its group would have in the year once it is held too."""
        running = dict(self.standing)
        for proposal, rules in self.with_rules():
            running[proposal.season] = running.get(proposal.season, Count()).plus(proposal.portion)
            yield proposal, rules, running[proposal.season]
