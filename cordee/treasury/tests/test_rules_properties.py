"""What holds for every year: checked on generated ones, and against a second, slower computation."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.treasury.rules import SETTLED_BY, Attendance, FrozenLine, Line, YearFacts, summarize
from cordee.treasury.tests.rules_sample import (
    ESTRIE,
    MANAGER,
    MONTEREGIE,
    NETWORKING,
    P32,
    PROFESSIONAL,
    STRATEGIC,
    SUPPORTED,
    TEACHER,
    compute,
    facts,
    frozen,
    paid,
    rulebook,
)

QUICK = settings(derandomize=True, max_examples=120, deadline=None, database=None)
# A half day dearer than half of a day, and a limit that a revision lowers then raises: the hard cases.
FIRST = rulebook({"rate.professional.half-day": ("money", "150.01"), "type.supported.yearly-days": ("days", "2.5")})
SECOND = rulebook({"type.supported.yearly-days": ("days", "2")}, revision=2, since=date(2024, 10, 12))
THIRD = rulebook({"type.supported.yearly-days": ("days", "3")}, revision=3, since=date(2024, 10, 20))
DAY_RATE = {PROFESSIONAL: 28000, TEACHER: 26000, MANAGER: 0}
LIMITS = {1: 5, 2: 4, 3: 6}
GROUPS = [("24-francais", SUPPORTED), ("40-ccq", SUPPORTED), ("07-dau", P32), ("16-ehdaa", STRATEGIC)]
OTHER_GROUPS = [("21-controle", SUPPORTED), ("douance", NETWORKING), ("comite", "")]

mostly = st.sampled_from([True] * 6 + [False])
attendances = st.builds(
    lambda group, **facts: Attendance(id=0, meeting=0, group=group[0], type=group[1], **facts),
    group=st.sampled_from(GROUPS * 3 + OTHER_GROUPS),
    person=st.integers(1, 2),
    on=st.integers(0, 8).map(lambda at: date(2024, 10, 4) + timedelta(3 * at)),
    start=st.sampled_from([500, 540, 780]),
    portion=st.sampled_from([1, 2, 2]),
    planned=st.sampled_from([1, 2, 2, 2]),
    held=mostly,
    validated=mostly,
    organization=st.sampled_from(["861000", "862000", "863000"]),
    member_organization=mostly,
    region=st.sampled_from([MONTEREGIE] * 4 + [ESTRIE]),
    category=st.sampled_from([PROFESSIONAL] * 5 + [TEACHER, MANAGER, ""]),
    active_member=mostly,
)
# One category a date, as affiliations never overlap.
years = st.lists(attendances, max_size=24).map(lambda rows: [row._replace(id=at) for at, row in enumerate(rows)])
decided = st.builds(
    lambda agreed, extra: facts(
        FIRST,
        SECOND,
        THIRD,
        agreements=frozenset(agreed),
        plan_days={(1, "16-ehdaa"): Decimal(3), (2, "16-ehdaa"): Decimal("0.5")},
        extra_days={(1, "24-francais"): Decimal(extra)},
    ),
    st.sets(st.sampled_from([1, 2]), max_size=1),
    st.integers(0, 1),
)


def one_category_a_date(rows: list[Attendance]) -> list[Attendance]:
    known: dict[tuple[int, date], str] = {}
    return [row._replace(category=known.setdefault((row.person, row.on), row.category)) for row in rows]


years = years.map(one_category_a_date)


@QUICK
@given(years, decided, st.randoms(use_true_random=False))
def test_the_order_of_input_never_changes_a_cent(rows: list[Attendance], given: YearFacts, random: object) -> None:
    expected = compute(rows, given)
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert compute(rows, given) == expected


@QUICK
@given(years, decided)
def test_lines_sum_to_totals(rows: list[Attendance], given: YearFacts) -> None:
    lines, notices, _ = compute(rows, given)
    summary = summarize(lines, notices)
    assert sum(one.total for one in summary.values()) == sum(line.cents for line in lines)
    assert sum(one.claimed for one in summary.values()) == sum(line.cents for line in lines if not line.code)
    for organization, one in summary.items():
        own = [line for line in lines if line.organization == organization]
        assert one.held == -sum(line.cents for line in own if line.code in SETTLED_BY)
        assert one.claimed + sum(line.cents for line in own if line.code) == one.total
    for line in lines:
        assert (line.cents >= 0) if not line.code else (line.cents <= 0)


@QUICK
@given(years, decided)
def test_every_attendance_has_lines_or_a_notice_and_pays_between_nothing_and_its_gross(
    rows: list[Attendance], given: YearFacts
) -> None:
    lines, notices, _ = compute(rows, given)
    with_lines, with_notice = {line.attendance for line in lines}, {one.attendance for one in notices}
    assert with_lines | with_notice == {row.id for row in rows}
    assert not with_lines & with_notice
    assert all(amount >= 0 for amount in paid(lines).values())


@QUICK
@given(years, decided)
def test_nobody_is_paid_more_than_a_day_a_date(rows: list[Attendance], given: YearFacts) -> None:
    within_a_day(rows, compute(rows, given)[0])


def within_a_day(rows: Iterable[Attendance], lines: list[Line]) -> None:
    on = {row.id: row.on for row in rows}
    cents: dict[tuple[int, date], int] = defaultdict(int)
    halves: dict[tuple[int, date], int] = defaultdict(int)
    rate: dict[tuple[int, date], int] = {}
    for line in lines:
        key = (line.person, on[line.attendance])
        cents[key] += line.cents
        halves[key] += line.halves
        rate[key] = DAY_RATE.get(line.category, 0)
    assert all(cents[key] <= rate[key] for key in cents)
    assert all(taken <= 2 for taken in halves.values())


@QUICK
@given(years, decided)
def test_the_yearly_limit_is_never_exceeded(rows: list[Attendance], given: YearFacts) -> None:
    within_the_year(rows, compute(rows, given)[0])


def within_the_year(rows: list[Attendance], lines: list[Line]) -> None:
    """At every attendance that took something, the year so far is within the limit of its date."""
    group = {row.id: row for row in rows}
    taken: dict[tuple[int, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    revision = {}
    for line in lines:
        if group[line.attendance].type == SUPPORTED:
            taken[line.person, group[line.attendance].group][line.attendance] += line.halves
            revision[line.attendance] = line.revision
    for attended in taken.values():
        used = 0
        for number in sorted(attended, key=lambda one: (group[one].on, group[one].start, one)):
            used += attended[number]
            assert not attended[number] or used <= LIMITS[revision[number]] + 2


@QUICK
@given(years, decided)
def test_computing_twice_equals_computing_once(rows: list[Attendance], given: YearFacts) -> None:
    lines, notices, due = compute(rows, given)
    assert due == lines
    assert compute(rows, given, frozen(lines)) == (lines, notices, [])


@QUICK
@given(years, decided, st.permutations(["861000", "862000", "863000"]))
def test_a_submission_never_changes_what_anyone_is_owed(
    rows: list[Attendance], given: YearFacts, submitting: list[str]
) -> None:
    lines, _, _ = compute(rows, given)
    held: list[FrozenLine] = []
    for rank, organization in enumerate(submitting):
        held += frozen((line for line in lines if line.organization == organization), rank)
        today, _, due = compute(rows, given, held)
        assert today == lines
        assert {line.organization for line in due} <= set(submitting[rank + 1 :])


@QUICK
@given(years, decided, years, decided, st.sampled_from(["861000", "862000"]))
def test_frozen_lines_and_their_adjustments_are_the_entitlement_of_today(
    before: list[Attendance],
    decided_before: YearFacts,
    after: list[Attendance],
    now: YearFacts,
    submitted: str,
) -> None:
    """Any year may turn into any other: corrected, taken back, moved to another employer."""
    persons = {row.id: row.person for row in before}
    after = one_category_a_date([row._replace(person=persons.get(row.id, row.person)) for row in after])
    held = frozen(line for line in compute(before, decided_before)[0] if line.organization == submitted)
    today, _, due = compute(after, now, held)
    assert by_name([*(one.line for one in held), *due]) == by_name(today)
    within_a_day(after, today)
    within_the_year(after, today)


def by_name(lines: Iterable[Line]) -> dict[tuple[int, str, str], tuple[int, int]]:
    sums: dict[tuple[int, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for line in lines:
        name = (line.attendance, line.organization, line.code)
        sums[name] = (sums[name][0] + line.cents, sums[name][1] + line.halves)
    return {name: value for name, value in sums.items() if value != (0, 0)}


@QUICK
@given(years, decided, st.integers(0, 20))
def test_what_is_validated_late_never_takes_back_what_a_submission_pays(
    rows: list[Attendance], given: YearFacts, late: int
) -> None:
    in_time = [row for row in rows if row.id != late]
    lines, _, _ = compute(in_time, given)
    today, _, _ = compute(rows, given, frozen(lines))
    was, is_now = paid(lines), paid(today)
    assert all(is_now[number] >= amount for number, amount in was.items())


@QUICK
@given(years, decided)
def test_a_second_slower_computation_finds_the_same(rows: list[Attendance], given: YearFacts) -> None:
    assert paid(compute(rows, given)[0]) == naive(rows, given)


def naive(rows: list[Attendance], given: YearFacts) -> dict[int, Decimal]:
    """The pipeline one attendance after the other, everything before it recounted each time."""
    amounts: dict[int, Decimal] = {}
    past: list[tuple[Attendance, int, Decimal, int]] = []
    for row in sorted(rows, key=lambda one: (one.on, one.start, one.group, one.id)):
        if not (row.held and row.validated and row.member_organization) or row.type in (NETWORKING, ""):
            continue
        amounts[row.id] = Decimal(0)
        if not row.category or row.group == "21-controle" or not row.active_member:
            continue
        if (row.type == P32 and row.region == ESTRIE) or second_participation(row, past, given):
            continue
        rates = naive_rates(row, given)
        that_day = [(halves, amount) for one, halves, amount, _ in past if (one.person, one.on) == (row.person, row.on)]
        halves = min(row.portion, row.planned, 2 - sum(taken for taken, _ in that_day))
        capped = min(rates[halves], rates[2] - sum((amount for _, amount in that_day), Decimal(0)))
        year = sum(taken for one, _, _, taken in past if (one.person, one.group) == (row.person, row.group))
        fits = max(0, min(halves, naive_limit(row, given) - year))
        amounts[row.id] = min(rates[fits], capped)
        past.append((row, halves, capped, fits))
    return amounts


def second_participation(row: Attendance, past: list[tuple[Attendance, int, Decimal, int]], given: YearFacts) -> bool:
    """A professional without an agreement, in a supported community that was not the person's first."""
    before = [one.group for one, *_ in past if (one.person, one.type) == (row.person, SUPPORTED)]
    bound = row.type == SUPPORTED and row.category == PROFESSIONAL and row.person not in given.agreements
    return bound and bool(before) and before[0] != row.group


def naive_rates(row: Attendance, given: YearFacts) -> list[Decimal]:
    book = given.timeline.on(row.on)
    return [Decimal(0), book.amount(f"rate.{row.category}.half-day"), book.amount(f"rate.{row.category}.day")]


def naive_limit(row: Attendance, given: YearFacts) -> int:
    of = (row.person, row.group)
    fixed = given.timeline.on(row.on).optional_days(f"type.{row.type}.yearly-days")
    days = given.plan_days.get(of, Decimal(0)) if fixed is None else fixed
    return int(2 * (days + given.extra_days.get(of, Decimal(0))))
