"""A small edition and attendance to compute with: the numbers of 2024-2025, so that tests are read alone."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from cordee.reference.rulebook import Rule, Rulebook, RulebookTimeline
from cordee.treasury.rules import Attendance, FrozenLine, Line, Notice, YearFacts, entitlements
from cordee.values.school_year import SchoolYear

PROFESSIONAL, TEACHER, TES, MANAGER = "professional", "teacher", "special-education-technician", "manager"
STRATEGIC, SUPPORTED, NETWORKING, P32 = "strategic-project", "supported", "networking", "priority-32"
MONTEREGIE, ESTRIE = "Montérégie", "Estrie"
AUTUMN = date(2024, 10, 8)

RATES = {PROFESSIONAL: ("280", "140"), TEACHER: ("260", "130"), TES: ("260", "130"), MANAGER: ("0", "0")}
OTHERS = {
    "category.external.compensated": ("flag", "false"),
    "cap.one-day-per-date": ("flag", "true"),
    "type.strategic-project.compensation": ("choice", "always"),
    "type.strategic-project.yearly-limit": ("choice", "plan"),
    "type.supported.compensation": ("choice", "on-request"),
    "type.supported.yearly-limit": ("choice", "fixed"),
    "type.supported.yearly-days": ("days", "5"),
    "type.supported.single-participation": ("flag", "true"),
    "type.supported.single-participation.category": ("choice", PROFESSIONAL),
    "type.networking.compensation": ("choice", "never"),
    "type.managers.compensation": ("choice", "never"),
    "type.priority-32.compensation": ("choice", "always"),
    "type.priority-32.yearly-limit": ("choice", "fixed"),
    "type.priority-32.yearly-days": ("days", "5"),
    "type.priority-32.region": ("choice", MONTEREGIE),
}


def rulebook(
    changed: Mapping[str, tuple[str, str]] | None = None,
    *,
    revision: int = 1,
    since: date = date(2024, 7, 1),
    without: str = "",
) -> Rulebook:
    """A revision of 2024-2025, with the kind and value of some rules `changed`."""
    rules = {f"category.{name}.compensated": ("flag", "true") for name in RATES}
    for name, (day, half) in RATES.items():
        rules[f"rate.{name}.day"] = ("money", day)
        rules[f"rate.{name}.half-day"] = ("money", half)
    rules |= OTHERS | dict(changed or {})
    listed = tuple(Rule(key, kind, value) for key, (kind, value) in rules.items() if key != without)
    return Rulebook(SchoolYear(2024), revision, since, listed)


def facts(*books: Rulebook, **others: object) -> YearFacts:
    """Every supported community of the sample is granted unless told otherwise."""
    given: dict[str, object] = {"granted": frozenset({"24-francais", "40-ccq"}), **others}
    return YearFacts(RulebookTimeline(books or (rulebook(),)), **given)  # type: ignore[arg-type]


def attendance(number: int = 1, **facts: object) -> Attendance:
    """A professional's whole day in the supported community 24, held, validated and payable."""
    usual = Attendance(
        id=number,
        person=1,
        meeting=number,
        on=AUTUMN,
        start=540,
        group="24-francais",
        type=SUPPORTED,
        portion=2,
        planned=2,
        held=True,
        validated=True,
        organization="862000",
        member_organization=True,
        region=MONTEREGIE,
        category=PROFESSIONAL,
        active_member=True,
    )
    return usual._replace(**facts)  # type: ignore[arg-type]


def compute(
    rows: Iterable[Attendance], given: YearFacts | None = None, frozen: Iterable[FrozenLine] = ()
) -> tuple[list[Line], list[Notice], list[Line]]:
    """Lines of today, notices, and lines due, of everyone."""
    rows = sorted(rows, key=lambda one: one.person)
    held = sorted(frozen, key=lambda one: one.line.person)
    people = list(entitlements(rows, given or facts(), held))
    return (
        [line for one in people for line in one.lines],
        [notice for one in people for notice in one.notices],
        [line for one in people for line in one.due],
    )


def paid(lines: Iterable[Line]) -> dict[int, Decimal]:
    """Dollars by attendance."""
    sums: dict[int, Decimal] = {}
    for line in lines:
        sums[line.attendance] = sums.get(line.attendance, Decimal(0)) + Decimal(line.cents) / 100
    return sums


def codes(lines: Iterable[Line]) -> dict[int, str]:
    """The last refusal of each attendance, empty when it has none."""
    return {line.attendance: line.code for line in lines}


def frozen(lines: Iterable[Line], rank: int = 1) -> list[FrozenLine]:
    return [FrozenLine(rank, line) for line in lines]
