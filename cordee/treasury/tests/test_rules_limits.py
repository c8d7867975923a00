"""One participation, the day cap and the yearly limit."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cordee.treasury.rules import Attendance
from cordee.treasury.tests.rules_sample import (
    AUTUMN,
    NETWORKING,
    P32,
    PROFESSIONAL,
    STRATEGIC,
    TEACHER,
    attendance,
    codes,
    compute,
    facts,
    paid,
    rulebook,
)


def days(count: int, **facts: object) -> list[Attendance]:
    """Whole days a fortnight apart, numbered from 1."""
    return [attendance(at + 1, **{"on": AUTUMN + timedelta(14 * at), **facts}) for at in range(count)]


def second(number: int = 90, **facts: object) -> Attendance:
    """A day in the other supported community, before Christmas."""
    return attendance(number, **{"group": "40-ccq", "on": date(2024, 12, 20), **facts})


def test_a_professional_is_refused_in_a_second_supported_community() -> None:
    lines, _, _ = compute([*days(2), second()])
    assert paid(lines) == {1: 280, 2: 280, 90: 0}
    assert codes(lines)[90] == "second-supported"


def test_the_first_community_is_that_of_the_earliest_attendance() -> None:
    lines, _, _ = compute([*days(2), second(on=date(2024, 9, 3))])
    assert paid(lines) == {1: 0, 2: 0, 90: 280}


def test_an_attendance_refused_earlier_does_not_make_its_community_the_first() -> None:
    early = {"on": date(2024, 9, 3)}
    for unpaid in ({"validated": False}, {"active_member": False}, {"category": ""}):
        lines, _, _ = compute([*days(1), second(**early, **unpaid)])
        assert paid(lines)[1] == 280


def test_an_agreement_covers_the_year() -> None:
    lines, _, _ = compute([*days(2), second(), second(91, on=date(2025, 3, 4))], facts(agreements=frozenset({1})))
    assert sum(paid(lines).values()) == 4 * 280


def test_a_teacher_may_take_part_in_two_supported_communities() -> None:
    lines, _, _ = compute([*days(1, category=TEACHER), second(category=TEACHER)])
    assert paid(lines) == {1: 260, 90: 260}


def test_strategic_and_supported_together_are_allowed() -> None:
    both = [*days(1), second(type=STRATEGIC, group="16-ehdaa"), second(91, type=P32, on=date(2025, 2, 4))]
    lines, _, _ = compute(both, facts(plan_days={(1, "16-ehdaa"): Decimal(5)}))
    assert paid(lines) == {1: 280, 90: 280, 91: 280}


def test_the_category_limited_to_one_participation_is_the_edition_s() -> None:
    book = rulebook({"type.supported.single-participation.category": ("choice", TEACHER)})
    lines, _, _ = compute([*days(1), second()], facts(book))
    assert paid(lines) == {1: 280, 90: 280}


def test_one_date_never_pays_more_than_a_day_and_the_earliest_start_has_it() -> None:
    rows = [attendance(1, start=780, type=P32, group="07-dau"), attendance(2, start=540)]
    lines, _, _ = compute(rows)
    assert paid(lines) == {1: 0, 2: 280}
    assert codes(lines)[1] == "day-cap"


def test_at_the_same_time_the_group_then_the_attendance_decide() -> None:
    rows = [attendance(1, type=P32, group="07-dau"), attendance(2, type=P32, group="04-ircm")]
    assert paid(compute(rows)[0]) == {1: 0, 2: 280}
    rows = [attendance(2), attendance(1)]
    assert paid(compute(rows)[0]) == {1: 280, 2: 0}


def test_two_half_days_in_two_communities_are_both_paid() -> None:
    rows = [attendance(1, portion=1), attendance(2, portion=1, start=780, type=P32, group="07-dau")]
    lines, _, _ = compute(rows)
    assert paid(lines) == {1: 140, 2: 140}


def test_two_half_days_pay_at_most_the_rate_of_a_day() -> None:
    book = rulebook({"rate.professional.half-day": ("money", "150.10")})
    rows = [attendance(1, portion=1), attendance(2, portion=1, start=780, type=P32, group="07-dau")]
    lines, _, _ = compute(rows, facts(book))
    assert paid(lines) == {1: Decimal("150.10"), 2: Decimal("129.90")}
    assert [(line.code, line.halves, line.cents) for line in lines if line.code] == [("day-cap", 0, -2020)]


def test_a_day_after_a_half_day_is_cut_to_a_half_and_pays_the_half_day_rate() -> None:
    book = rulebook({"rate.professional.half-day": ("money", "120")})
    rows = [attendance(1, portion=1), attendance(2, start=780, type=P32, group="07-dau")]
    lines, _, _ = compute(rows, facts(book))
    assert paid(lines) == {1: 120, 2: 120}
    assert [(line.code, line.halves, line.cents) for line in lines if line.code] == [("day-cap", -1, -16000)]


def test_an_uncompensated_meeting_uses_up_nothing() -> None:
    rows = [attendance(1, start=500, type=NETWORKING, group="douance"), attendance(2)]
    lines, _, _ = compute(rows)
    assert paid(lines) == {2: 280}


def test_what_a_step_refuses_does_not_use_up_the_day() -> None:
    rows = [attendance(1, start=500, active_member=False), attendance(2, type=P32, group="07-dau")]
    assert paid(compute(rows)[0]) == {1: 0, 2: 280}


def test_a_day_the_yearly_limit_refuses_has_still_used_up_its_date() -> None:
    rows = days(6)
    other = attendance(90, on=rows[5].on, start=780, type=P32, group="07-dau")
    lines, _, _ = compute([*rows, other])
    assert (codes(lines)[6], codes(lines)[90]) == ("yearly-limit", "day-cap")


def test_two_people_on_one_date_do_not_meet() -> None:
    lines, _, _ = compute([attendance(1), attendance(2, person=2)])
    assert paid(lines) == {1: 280, 2: 280}


@pytest.mark.parametrize("change", [{}, {"type": P32, "group": "07-dau"}])
def test_the_sixth_day_of_a_year_is_refused(change: dict[str, object]) -> None:
    lines, _, _ = compute(days(6, **change))
    assert paid(lines) == {**dict.fromkeys(range(1, 6), 280), 6: 0}
    assert codes(lines)[6] == "yearly-limit"


def test_a_half_day_counts_for_a_half_and_a_day_of_which_half_fits_is_cut() -> None:
    rows = [*days(5), attendance(9, on=date(2025, 3, 4), start=540)]
    rows[0] = rows[0]._replace(portion=1)
    lines, _, _ = compute(rows)
    assert paid(lines) == {1: 140, 2: 280, 3: 280, 4: 280, 5: 280, 9: 140}
    assert [(line.code, line.halves, line.cents) for line in lines if line.code] == [("yearly-limit", -1, -14000)]


def test_the_limit_counts_all_employers_of_the_year_together() -> None:
    rows = [row._replace(organization="861000" if row.id < 4 else "862000") for row in days(6)]
    assert paid(compute(rows)[0])[6] == 0


def test_the_limit_is_apart_for_each_community() -> None:
    rows = days(5) + [
        row._replace(id=row.id + 50, on=row.on + timedelta(1), type=P32, group="07-dau") for row in days(5)
    ]
    assert sum(paid(compute(rows)[0]).values()) == 10 * 280


def test_a_project_pays_the_days_approved_for_the_person_s_team() -> None:
    rows = days(5, type=STRATEGIC, group="04-transitions")
    teva = [row._replace(id=row.id + 50, person=2) for row in rows]
    approved = {(1, "04-transitions"): Decimal(5), (2, "04-transitions"): Decimal(3)}
    lines, _, _ = compute(rows + teva, facts(plan_days=approved))
    assert [number for number, amount in paid(lines).items() if not amount] == [54, 55]


def test_more_days_come_by_a_recorded_decision_only() -> None:
    rows = days(7)
    assert paid(compute(rows, facts(extra_days={(1, "24-francais"): Decimal(1)}))[0])[6] == 280
    assert paid(compute(rows, facts(extra_days={(1, "24-francais"): Decimal("1.5")}))[0])[7] == 140
    assert paid(compute(rows, facts(extra_days={(2, "24-francais"): Decimal(2)}))[0])[6] == 0


def test_the_limit_is_that_of_the_revision_in_force_on_the_date() -> None:
    more = rulebook({"type.supported.yearly-days": ("days", "6")}, revision=2, since=date(2024, 12, 17))
    rows = [*days(5), attendance(6, on=date(2024, 12, 16)), attendance(7, on=date(2024, 12, 17))]
    lines, _, _ = compute(rows, facts(rulebook(), more))
    assert (paid(lines)[6], paid(lines)[7]) == (0, 280)


def test_a_type_without_a_limit_has_none() -> None:
    book = rulebook({"type.supported.yearly-limit": ("choice", "none")})
    assert sum(paid(compute(days(15, category=PROFESSIONAL), facts(book))[0]).values()) == 15 * 280


def test_without_the_cap_of_a_date_every_portion_is_paid() -> None:
    book = rulebook({"cap.one-day-per-date": ("flag", "false")})
    rows = [attendance(1), attendance(2, start=780, type=P32, group="07-dau")]
    assert paid(compute(rows, facts(book))[0]) == {1: 280, 2: 280}
