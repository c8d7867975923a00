"""Who is payable, at which rate, and which step names the refusal."""

from datetime import date
from decimal import Decimal

import pytest

from cordee.reference.rulebook import MissingRule, NoRulebook
from cordee.treasury.rules import IN_ORDER, SETTLED_BY, Attendance, rule_key, summarize
from cordee.treasury.tests.rules_sample import (
    ESTRIE,
    MANAGER,
    NETWORKING,
    P32,
    PROFESSIONAL,
    STRATEGIC,
    TEACHER,
    TES,
    attendance,
    codes,
    compute,
    facts,
    paid,
    rulebook,
)


@pytest.mark.parametrize(
    ("category", "day", "half"),
    [(PROFESSIONAL, 280, 140), (TEACHER, 260, 130), (TES, 260, 130), (MANAGER, 0, 0)],
)
def test_each_category_has_its_rates(category: str, day: int, half: int) -> None:
    rows = [
        attendance(1, category=category),
        attendance(2, category=category, portion=1, on=date(2024, 11, 5)),
    ]
    lines, notices, _ = compute(rows)
    assert paid(lines) == {1: day, 2: half}
    assert [line.rate_key for line in lines] == [f"rate.{category}.day", f"rate.{category}.half-day"]
    assert notices == []


def test_a_line_says_where_its_amount_comes_from() -> None:
    (line,), _, _ = compute([attendance(7, person=3)])
    assert line._asdict() == {
        "attendance": 7,
        "person": 3,
        "organization": "862000",
        "code": "",
        "halves": 2,
        "cents": 28000,
        "rate_key": "rate.professional.day",
        "revision": 1,
        "category": PROFESSIONAL,
        "adjusts": False,
    }


def test_nobody_is_paid_for_more_than_the_meeting_was_planned_for() -> None:
    lines, _, _ = compute([attendance(1, portion=2, planned=1)])
    assert paid(lines) == {1: 140}


def test_someone_who_did_not_come_has_nothing() -> None:
    assert compute([attendance(1, portion=0)]) == ([], [], [])


def test_rates_are_those_in_force_on_the_date_of_the_meeting() -> None:
    later = rulebook({"rate.professional.day": ("money", "290")}, revision=2, since=date(2025, 1, 1))
    rows = [attendance(1, on=date(2024, 12, 31)), attendance(2, on=date(2025, 1, 1))]
    lines, _, _ = compute(rows, facts(rulebook(), later))
    assert paid(lines) == {1: 280, 2: 290}
    assert [line.revision for line in lines] == [1, 2]


def test_category_and_employer_are_those_of_the_person_on_that_date() -> None:
    rows = [
        attendance(1, category=TEACHER, organization="861000"),
        attendance(2, on=date(2024, 11, 5), category=PROFESSIONAL),
    ]
    lines, _, _ = compute(rows)
    assert [(line.organization, line.cents) for line in lines] == [("861000", 26000), ("862000", 28000)]


WITHOUT_LINE = [
    ("not-held", {"held": False}, 28000),
    ("unvalidated", {"validated": False}, 28000),
    ("unvalidated", {"validated": False, "category": ""}, 0),
    ("unvalidated", {"validated": False, "type": NETWORKING}, 0),
    ("unvalidated", {"validated": False, "member_organization": False}, 0),
    ("not-a-member-organization", {"member_organization": False}, 0),
    ("not-a-member-organization", {"organization": "", "member_organization": False}, 0),
    ("not-compensated", {"type": NETWORKING}, 0),
    ("not-compensated", {"type": "managers"}, 0),
    ("not-compensated", {"type": ""}, 0),
    ("category-unknown", {"type": NETWORKING, "category": ""}, 0),
]


@pytest.mark.parametrize(("code", "change", "estimate"), WITHOUT_LINE)
def test_what_nobody_could_claim_has_a_notice_and_no_line(code: str, change: dict[str, object], estimate: int) -> None:
    lines, (notice,), due = compute([attendance(1, **change)])
    assert (lines, due) == ([], [])
    assert (notice.attendance, notice.code, notice.estimate) == (1, code, estimate)


REFUSED = [
    ("category-unknown", {"category": ""}, 0),
    ("category-unknown", {"category": "external"}, 0),
    ("not-granted", {"group": "21-controle"}, 28000),
    ("region", {"type": P32, "region": ESTRIE}, 28000),
    ("not-a-member", {"active_member": False}, 28000),
    ("yearly-limit", {"type": STRATEGIC, "group": "16-ehdaa"}, 28000),
]


@pytest.mark.parametrize(("code", "change", "gross"), REFUSED)
def test_a_refusal_is_a_second_line_that_takes_the_gross_back(code: str, change: dict[str, object], gross: int) -> None:
    lines, notices, _ = compute([attendance(1, **change)])
    assert [(line.code, line.cents, line.halves) for line in lines] == [("", gross, 2), (code, -gross, -2)]
    assert notices == []


FAILING: dict[str, dict[str, object]] = {
    "not-held": {"held": False},
    "unvalidated": {"validated": False},
    "not-a-member-organization": {"member_organization": False},
    "category-unknown": {"category": ""},
    "not-granted": {"group": "21-controle"},
    "region": {"region": ESTRIE},
    "not-a-member": {"active_member": False},
}


@pytest.mark.parametrize("first", range(len(FAILING)))
def test_the_first_step_that_fails_names_the_refusal(first: int) -> None:
    """Each step fails together with all those after it; the type asks for a grant and for a region."""
    names = list(FAILING)
    together: dict[str, object] = {}
    for name in names[first:]:
        together |= FAILING[name]
    book = rulebook({"type.supported.region": ("choice", "Montérégie")})
    lines, notices, _ = compute([attendance(1, **together)], facts(book))
    assert [*codes(lines).values(), *(notice.code for notice in notices)] == [names[first]]


def test_an_uncompensated_type_comes_after_the_category_and_before_the_grant() -> None:
    _, (notice,), _ = compute([attendance(1, type=NETWORKING, group="21-controle", active_member=False)])
    assert notice.code == "not-compensated"


def test_a_grant_pays_a_supported_community_and_a_project_needs_none() -> None:
    rows = [attendance(1, group="21-controle"), attendance(2, on=date(2024, 11, 5), type=P32, group="07-dau")]
    lines, _, _ = compute(rows, facts(granted=frozenset({"21-controle"})))
    assert paid(lines) == {1: 280, 2: 280}


def test_priority_32_takes_the_people_whose_employer_is_of_the_cooperative_s_monteregie() -> None:
    rows = [
        attendance(1, type=P32, group="07-dau", organization="823000", region="Montérégie"),
        attendance(2, type=P32, group="07-dau", on=date(2024, 11, 5), region=ESTRIE),
        attendance(3, type=STRATEGIC, group="16-ehdaa", on=date(2024, 12, 3), region=ESTRIE),
    ]
    lines, _, _ = compute(rows, facts(plan_days={(1, "16-ehdaa"): Decimal(5)}))
    assert paid(lines) == {1: 280, 2: 0, 3: 280}


def test_a_walk_in_is_paid_once_the_responsible_manager_confirms() -> None:
    walk_in = attendance(1, active_member=False)
    assert paid(compute([walk_in])[0]) == {1: 0}
    assert paid(compute([walk_in._replace(active_member=True)])[0]) == {1: 280}


def test_an_edition_without_a_needed_rate_names_it() -> None:
    with pytest.raises(MissingRule, match=r"rate\.teacher\.half-day.*2024-2025, révision 1"):
        compute([attendance(1, category=TEACHER)], facts(rulebook(without="rate.teacher.half-day")))


def test_an_unused_rate_that_is_missing_stops_nothing() -> None:
    lines, _, _ = compute([attendance(1)], facts(rulebook(without="rate.teacher.half-day")))
    assert paid(lines) == {1: 280}


def test_attendance_outside_every_edition_names_the_date() -> None:
    with pytest.raises(NoRulebook, match="2025-07-01"):
        compute([attendance(1, on=date(2025, 7, 1))])


def test_input_that_is_not_sorted_by_person_is_refused() -> None:
    from cordee.treasury.rules import entitlements

    rows: list[Attendance] = [attendance(1, person=2), attendance(2, person=1)]
    with pytest.raises(ValueError, match="sorted by person"):
        list(entitlements(rows, facts()))


def test_held_is_what_somebody_can_still_settle() -> None:
    rows = [
        attendance(1),
        attendance(2, on=date(2024, 11, 5), group="21-controle"),
        attendance(3, on=date(2024, 11, 6), type=P32, region=ESTRIE),
        attendance(4, on=date(2024, 11, 7), validated=False),
        attendance(5, on=date(2024, 11, 8), category=""),
    ]
    lines, notices, _ = compute(rows)
    summary = summarize(lines, notices, organizations=["862000", "861000"])
    mine = summary["862000"]
    assert (mine.claimed, mine.held, mine.total) == (84000, 28000, 28000)
    assert mine.flags == {"unvalidated": 1, "category-unknown": 1, "not-granted": 1, "region": 1}
    nothing = summary["861000"]
    assert (nothing.lines, nothing.claimed, nothing.held, nothing.total, nothing.flags) == (0, 0, 0, 0, {})


def test_every_flag_names_the_rule_it_applies() -> None:
    assert [rule_key(code, community_type=P32) for code in IN_ORDER if code in ("region", "yearly-limit")] == [
        "type.priority-32.region",
        "type.priority-32.yearly-limit",
    ]
    assert all(rule_key(code) for code in IN_ORDER)
    assert set(SETTLED_BY) < set(IN_ORDER)
