"""Later changes: what submissions hold never moves, and the next claim makes up the difference."""

from datetime import date, timedelta
from decimal import Decimal

from cordee.treasury.rules import Line, adjust, summarize
from cordee.treasury.tests.rules_sample import (
    AUTUMN,
    P32,
    TEACHER,
    attendance,
    codes,
    compute,
    facts,
    frozen,
    paid,
    rulebook,
)


def short(lines: list[Line]) -> list[tuple[str, str, int, bool]]:
    return [(line.organization, line.code, line.cents, line.adjusts) for line in lines]


def test_nothing_is_due_for_what_did_not_change() -> None:
    rows = [attendance(at, on=AUTUMN + timedelta(7 * at)) for at in range(1, 8)]
    lines, _, _ = compute(rows)
    again, _, due = compute(rows, frozen=frozen(lines))
    assert (again, due) == (lines, [])


def test_what_is_validated_late_goes_to_the_next_claim_at_the_rates_of_its_own_date() -> None:
    more = rulebook({"rate.professional.day": ("money", "290")}, revision=2, since=date(2025, 1, 1))
    book = facts(rulebook(), more)
    lines, _, _ = compute([attendance(1), attendance(2, on=date(2024, 11, 5), validated=False)], book)
    _, _, due = compute([attendance(1), attendance(2, on=date(2024, 11, 5))], book, frozen(lines))
    assert short(due) == [("862000", "", 28000, False)]


def test_a_portion_corrected_after_the_submission_gives_the_difference() -> None:
    lines, _, _ = compute([attendance(1)])
    _, _, due = compute([attendance(1, portion=1)], frozen=frozen(lines))
    assert sum(line.cents for line in due) == -14000
    assert all(line.adjusts for line in due)
    assert sorted(line.rate_key for line in due) == ["rate.professional.day", "rate.professional.half-day"]


def test_an_attendance_taken_back_is_a_minus() -> None:
    lines, _, _ = compute([attendance(1)])
    for gone in ([attendance(1, portion=0)], [attendance(1, held=False)], []):
        _, _, due = compute(gone, frozen=frozen(lines))
        assert short(due) == [("862000", "", -28000, True)]


def test_a_corrected_employer_is_a_minus_in_one_and_a_plus_in_the_other() -> None:
    lines, _, _ = compute([attendance(1)])
    _, _, due = compute([attendance(1, organization="861000")], frozen=frozen(lines))
    assert short(due) == [("861000", "", 28000, True), ("862000", "", -28000, True)]


def test_a_corrected_category_takes_the_old_rate_back_and_gives_the_new_one() -> None:
    lines, _, _ = compute([attendance(1)])
    _, _, due = compute([attendance(1, category=TEACHER)], frozen=frozen(lines))
    assert [(line.rate_key, line.cents) for line in due] == [
        ("rate.professional.day", -28000),
        ("rate.teacher.day", 26000),
    ]


def test_a_settled_refusal_comes_back_as_a_positive_line_of_its_code() -> None:
    rows = [attendance(1), attendance(2, group="40-ccq", on=date(2024, 11, 5))]
    lines, _, _ = compute(rows)
    _, _, due = compute(rows, facts(agreements=frozenset({1})), frozen(lines))
    assert short(due) == [("862000", "second-supported", 28000, True)]
    before, after = summarize(lines)["862000"], summarize(lines + due)["862000"]
    assert (before.held, before.total, before.flags) == (28000, 28000, {"second-supported": 1})
    assert (after.held, after.total, after.flags) == (0, 56000, {})
    alone = summarize(due)["862000"]
    assert (alone.claimed, alone.held, alone.total, alone.flags) == (0, 0, 28000, {})


def test_a_category_found_later_pays_what_was_held_at_nothing() -> None:
    lines, _, _ = compute([attendance(1, category="")])
    _, _, due = compute([attendance(1)], frozen=frozen(lines))
    assert paid([*lines, *due]) == {1: 280}


def test_two_adjustments_in_a_row_add_up() -> None:
    lines, _, _ = compute([attendance(1)])
    _, _, minus = compute([attendance(1, portion=1)], frozen=frozen(lines))
    held = [*frozen(lines), *frozen(minus, rank=2)]
    _, _, plus = compute([attendance(1)], frozen=held)
    assert paid([*lines, *minus, *plus]) == {1: 280}
    assert compute([attendance(1)], frozen=[*held, *frozen(plus, rank=3)])[2] == []


def test_a_frozen_day_keeps_its_date_from_an_earlier_start_validated_late() -> None:
    afternoon = attendance(1, start=780)
    lines, _, _ = compute([afternoon])
    morning = attendance(2, start=500, type=P32, group="07-dau")
    today, _, due = compute([afternoon, morning], frozen=frozen(lines))
    assert paid(today) == {1: 280, 2: 0}
    assert codes(due) == {2: "day-cap"}


def test_a_frozen_half_day_keeps_its_amount_from_an_earlier_half_validated_late() -> None:
    dear = facts(rulebook({"rate.professional.half-day": ("money", "150.00")}))
    afternoon = attendance(1, portion=1, start=780)
    lines, _, _ = compute([afternoon], dear)
    morning = attendance(2, portion=1, type=P32, group="07-dau")
    today, _, _ = compute([afternoon, morning], dear, frozen(lines))
    assert paid(today) == {1: 150, 2: 130}


def test_a_frozen_day_keeps_its_place_in_the_year_from_an_earlier_one_validated_late() -> None:
    rows = [attendance(at, on=AUTUMN + timedelta(7 * at)) for at in range(1, 6)]
    lines, _, _ = compute(rows)
    late = attendance(9, on=date(2024, 9, 3))
    today, _, due = compute([*rows, late], frozen=frozen(lines))
    assert paid(today)[9] == 0
    assert sum(line.cents for line in due) == 0


def test_a_frozen_community_stays_the_first_one() -> None:
    lines, _, _ = compute([attendance(1)])
    late = attendance(2, group="40-ccq", on=date(2024, 9, 3))
    today, _, _ = compute([attendance(1), late], frozen=frozen(lines))
    assert paid(today) == {1: 280, 2: 0}


def test_the_submission_of_one_employer_does_not_move_what_the_other_is_owed() -> None:
    """Six days, the first three for one centre, the last three for another that submits first."""
    rows = [
        attendance(at, on=AUTUMN + timedelta(7 * at), organization="861000" if at < 4 else "862000")
        for at in range(1, 7)
    ]
    lines, _, _ = compute(rows)
    assert paid(lines)[6] == 0
    _, _, due = compute(rows, frozen=frozen(line for line in lines if line.organization == "862000"))
    assert due == [line for line in lines if line.organization == "861000"]


def test_a_day_freed_by_a_correction_goes_to_the_next_in_order() -> None:
    rows = [attendance(at, on=AUTUMN + timedelta(7 * at)) for at in range(1, 7)]
    lines, _, _ = compute(rows)
    rows[1] = rows[1]._replace(portion=0)
    _, _, due = compute(rows, frozen=frozen(lines))
    assert short(due) == [("862000", "", -28000, True), ("862000", "yearly-limit", 28000, True)]


def test_when_the_limit_shrinks_the_latest_submission_gives_back() -> None:
    """A sixth day was granted, then the decision was withdrawn: the first submission keeps its five."""
    rows = [attendance(at, on=AUTUMN + timedelta(7 * at)) for at in range(1, 7)]
    granted = facts(extra_days={(1, "24-francais"): Decimal(1)})
    first, _, _ = compute(rows[1:], granted)
    late, _, _ = compute(rows, granted)
    second = [line for line in late if line.attendance == 1]
    today, _, due = compute(rows, frozen=[*frozen(first, rank=1), *frozen(second, rank=2)])
    assert paid(today)[1] == 0
    assert short(due) == [("862000", "yearly-limit", -28000, True)]


def test_an_attendance_keeps_the_rank_of_its_first_submission() -> None:
    rows = [attendance(1), attendance(2, start=780, type=P32, group="07-dau")]
    first, _, _ = compute(rows[1:])
    held = [*frozen(first, rank=1), *frozen(compute(rows[:1])[0], rank=2)]
    held += frozen([line._replace(halves=0, cents=0) for line in first], rank=3)
    assert paid(compute(rows, frozen=held)[0]) == {1: 0, 2: 280}


def test_adjusting_nothing_gives_the_lines_themselves() -> None:
    lines, _, _ = compute([attendance(1)])
    assert adjust(lines, []) == lines
