"""School years, periods, portions of a day and verdicts."""

from datetime import date
from decimal import Decimal

import pytest

from cordee.values.period import DateRange
from cordee.values.portion import Portion, days_of, halves_of, planned_portion, portion_from_minutes
from cordee.values.school_year import SchoolYear, UnreadableSchoolYear
from cordee.values.verdict import YES, no

YEAR = SchoolYear(2024)


def test_a_school_year_runs_from_the_first_of_july_to_the_last_of_june() -> None:
    assert SchoolYear.containing(date(2024, 7, 1)) == YEAR == SchoolYear.containing(date(2025, 6, 30))
    assert (YEAR.start, YEAR.end) == (date(2024, 7, 1), date(2025, 7, 1))
    assert date(2025, 6, 30) in YEAR
    assert date(2025, 7, 1) not in YEAR
    assert YEAR.range == DateRange(YEAR.start, YEAR.end)


def test_a_school_year_is_written_and_read_with_both_its_years() -> None:
    assert str(YEAR) == "2024-2025"
    assert SchoolYear.parse(" 2024–2025 ") == YEAR
    assert (YEAR.previous(), YEAR.next()) == (SchoolYear(2023), SchoolYear(2025))


@pytest.mark.parametrize("text", ["2024", "2024-2026", "2024-25", "", "0000-0001"])
def test_another_form_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(UnreadableSchoolYear, match="2024-2025"):
        SchoolYear.parse(text)


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    period = DateRange(date(2024, 9, 1), date(2024, 10, 1))
    assert date(2024, 9, 1) in period
    assert date(2024, 10, 1) not in period
    assert date(2099, 1, 1) in DateRange(date(2024, 9, 1))


def test_periods_that_only_touch_do_not_overlap() -> None:
    september = DateRange(date(2024, 9, 1), date(2024, 10, 1))
    october = DateRange(date(2024, 10, 1), date(2024, 11, 1))
    since = DateRange(date(2024, 9, 15))
    assert not september.overlaps(october)
    assert september.intersection(since) == DateRange(date(2024, 9, 15), date(2024, 10, 1))
    assert since.intersection(DateRange(date(2025, 1, 1))) == DateRange(date(2025, 1, 1))


def test_a_period_that_ends_before_it_starts_cannot_be() -> None:
    with pytest.raises(ValueError, match="2024-09-01"):
        DateRange(date(2024, 9, 1), date(2024, 9, 1))


def test_half_days_count_without_fractions() -> None:
    assert (Portion.NONE.days, Portion.HALF.days, Portion.DAY.days) == (
        Decimal(0),
        Decimal("0.5"),
        Decimal(1),
    )
    assert halves_of(Decimal("2.5")) == 5
    assert halves_of(Decimal("2.75")) == 5
    assert days_of(3) == Decimal("1.5")


def test_connected_minutes_propose_a_portion_thresholds_included() -> None:
    portions = [
        portion_from_minutes(minutes, half_from=120, day_from=270) for minutes in (119, 120, 269, 270)
    ]
    assert portions == [Portion.NONE, Portion.HALF, Portion.HALF, Portion.DAY]


def test_a_planned_day_is_longer_than_its_threshold() -> None:
    assert planned_portion(240, day_over=240) is Portion.HALF
    assert planned_portion(241, day_over=240) is Portion.DAY


def test_a_refusal_is_false_and_says_why() -> None:
    assert YES
    assert not no("Seule la trésorerie approuve une réclamation.")
    assert no("Seule la trésorerie approuve une réclamation.").reason
    with pytest.raises(ValueError, match="reason"):
        no("")
