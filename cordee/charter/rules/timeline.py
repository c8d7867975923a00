"""The dated rows of an edition: by when, whose they are, what counts as having done them.

A row is a date of the edition beside which a `role` stands (`timeline.3.due` and `timeline.3.role`); a `deadline.…`
without a role is a landmark of the year, nobody's task. Rows of the timeline say « at the latest »; a day after
`before` is excluded; others say so themselves (`…-included`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cordee.reference.rulebook import Rule, Rulebook

BILLING_OFFICER = "billing-officer"
PER_ORGANIZATION = (BILLING_OFFICER, "educational-director", "director-general")
PER_COMMUNITY = ("responsible-manager", "liaison")
HAND = "hand"
LANDMARK = "deadline."
AT_THE_LATEST = "timeline."
DAY_AFTER, WEEK = timedelta(days=1), timedelta(days=7)
# From when a row stands on « À faire », and for how long after its day when the year has ended.
SOON = timedelta(days=60)


class Reach(StrEnum):
    """Whom one row makes tasks for: the cooperative once, each organization, or each community."""

    COOPERATIVE = "c"
    ORGANIZATION = "o"
    COMMUNITY = "g"


class State(StrEnum):
    LATE = "late"
    COMING = "coming"
    DONE = "done"


class Stage(StrEnum):
    """When one is reminded."""

    BEFORE = "before"
    ON_THE_DAY = "day"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`day` as the edition names it; `last` is the last day in time. The titles are what its date, `rule`, is about."""

    key: str
    rule: str
    title_fr: str
    title_en: str
    day: date
    last: date
    role: str
    done_by: str

    @property
    def reach(self) -> Reach:
        if self.role in PER_ORGANIZATION:
            return Reach.ORGANIZATION
        return Reach.COMMUNITY if self.role in PER_COMMUNITY else Reach.COOPERATIVE

    @property
    def is_task(self) -> bool:
        return bool(self.role)

    @property
    def is_by_hand(self) -> bool:
        return self.done_by == HAND


def deadlines(book: Rulebook) -> tuple[Deadline, ...]:
    """In the order of their days, then of the edition."""
    dated = (_deadline(rule, book) for rule in book.rules if rule.kind == "date")
    return tuple(sorted(filter(None, dated), key=lambda one: one.day))


def _deadline(rule: Rule, book: Rulebook) -> Deadline | None:
    key = rule.key.removesuffix(".due").removesuffix(".before")
    role = book.optional_choice(f"{key}.role") or ""
    if not (role or rule.key.startswith(LANDMARK)):
        return None
    day = book.date(rule.key)
    last = day if _is_included(rule.key, book) else day - DAY_AFTER
    said = last if _is_before(rule) else day
    done_by = book.optional_choice(f"{key}.done-by") or HAND
    return Deadline(key, rule.key, _subject(rule.label_fr), _subject(rule.label_en), said, last, role, done_by)


def _subject(label: str) -> str:
    """« Révision du cadre, au plus tard le »: what it is about."""
    return label.partition(", ")[0]


def _is_before(rule: Rule) -> bool:
    """« Janvier, donc avant le 1er février »: nobody waits for that day."""
    return rule.key.endswith(".before")


def _is_included(key: str, book: Rulebook) -> bool:
    said = f"{key}-included"
    return book.flag(said) if book.has(said) else key.startswith(AT_THE_LATEST)


def state_of(deadline: Deadline, done_on: date | None, *, on: date) -> State:
    if done_on is not None:
        return State.DONE
    return State.LATE if on > deadline.last else State.COMING


def stage_on(deadline: Deadline, on: date) -> Stage | None:
    """The reminder of that day: from a week before, on the last day in time, up to a week after.

    Each is told once, so that a day when no worker ran is caught up.
    """
    ahead = deadline.last - on
    if not ahead:
        return Stage.ON_THE_DAY
    if -WEEK <= ahead <= WEEK:
        return Stage.BEFORE if ahead > timedelta() else Stage.AFTER
    return None


def claimed_in(deadline: Deadline, periods: Iterable[tuple[str, date]]) -> str:
    """The period (key, due) a claim of this row is about: the row's own, else the first that is due from its day on.

    Empty when the edition has none.
    """
    named = deadline.key.removeprefix("period.")
    ordered = sorted(periods, key=lambda period: period[1])
    if any(key == named for key, _due in ordered):
        return named
    after = [key for key, due in ordered if due >= deadline.day]
    return after[0] if after else (ordered[-1][0] if ordered else "")


def reporting_kinds(book: Rulebook) -> tuple[str, ...]:
    """The types whose communities answer for rows: those that owe their reviews."""
    return tuple(name for name in book.branches("type") if book.optional_choice(f"type.{name}.reviews") == "required")


def knots(found: Iterable[Deadline]) -> list[list[Deadline]]:
    """Rows of one day together, and of days that follow each other: the knots of the cord, in order."""
    together: list[list[Deadline]] = []
    for one in sorted(found, key=lambda one: one.day):
        if together and one.day - together[-1][-1].day <= DAY_AFTER:
            together[-1].append(one)
        else:
            together.append([one])
    return together
