"""The first eight steps, each about one attendance by itself: is it payable at all?"""

from dataclasses import dataclass

from cordee.treasury.rules.codes import (
    CATEGORY_UNKNOWN,
    NOT_A_MEMBER,
    NOT_A_MEMBER_ORGANIZATION,
    NOT_COMPENSATED,
    NOT_GRANTED,
    NOT_HELD,
    REGION,
    UNVALIDATED,
)
from cordee.treasury.rules.facts import Attendance, Notice, YearFacts
from cordee.treasury.rules.terms import Rate, RevisionTerms, TypeTerms

NO_RATE = Rate((0, 0, 0), ("", "", ""))


@dataclass(slots=True)
class Claimable:
    """An attendance that has a place in a claim. The last steps write here what is left of it."""

    attendance: Attendance
    terms: RevisionTerms
    type: TypeTerms
    rate: Rate
    halves: int
    code: str = ""
    """The step that refused all of it, if one did."""
    day_halves: int = 0
    day_cents: int = 0
    """What the day cap leaves."""
    year_halves: int = 0
    year_cents: int = 0
    """What the yearly limit leaves: what is paid."""

    @property
    def gross(self) -> int:
        return self.rate.cents[self.halves]


def examine(attendance: Attendance, terms: RevisionTerms, facts: YearFacts) -> Claimable | Notice:
    """Walk the first steps in order. A `Notice` is an attendance without a line; see the package for why."""
    rate = terms.rate(attendance.category)
    kind = terms.type(attendance.type)
    halves = min(attendance.portion, attendance.planned)
    code = _without_line(attendance, kind, known=rate is not None)
    if code or kind is None:
        pays = rate is not None and kind is not None and attendance.member_organization
        estimate = rate.cents[halves] if rate and pays and code in (NOT_HELD, UNVALIDATED) else 0
        return Notice(attendance.id, attendance.person, attendance.organization, code, estimate)
    if rate is None:
        return Claimable(attendance, terms, kind, NO_RATE, halves, CATEGORY_UNKNOWN)
    return Claimable(attendance, terms, kind, rate, halves, _refusal(attendance, kind, facts))


def _without_line(attendance: Attendance, kind: TypeTerms | None, *, known: bool) -> str:
    """The first refusal that leaves nothing to claim. An unknown category is said before a type."""
    if not attendance.held:
        return NOT_HELD
    if not attendance.validated:
        return UNVALIDATED
    if not (attendance.organization and attendance.member_organization):
        return NOT_A_MEMBER_ORGANIZATION
    if kind is None:
        return NOT_COMPENSATED if known else CATEGORY_UNKNOWN
    return ""


def _refusal(attendance: Attendance, kind: TypeTerms, facts: YearFacts) -> str:
    """The first refusal of an attendance that has a rate in a compensated type."""
    if kind.on_request and attendance.group not in facts.granted:
        return NOT_GRANTED
    if kind.region and attendance.region != kind.region:
        return REGION
    if not attendance.active_member:
        return NOT_A_MEMBER
    return ""
