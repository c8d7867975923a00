"""How long the law gives: pure delays, and what becomes of one that ends on a holiday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.privacy.rules import Delays, holidays, not_a_holiday
from cordee.values.period import months_after

DELAYS = Delays(request=20, extension=10, complaint=20, review=30, incident_years=5)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
SUNDAY = 6


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2025, 1, 20), date(2025, 2, 9) + timedelta(days=1)),  # a Sunday: the Monday after
        (date(2025, 1, 17), date(2025, 2, 6)),
        (date(2025, 1, 18), date(2025, 2, 7)),
        (date(2025, 1, 19), date(2025, 2, 8)),  # a Saturday is no holiday
        (date(2024, 12, 5), date(2024, 12, 26)),  # Christmas
        (date(2025, 3, 29), date(2025, 4, 19)),  # Good Friday: the Saturday
        (date(2025, 4, 1), date(2025, 4, 22)),  # Easter Monday
        (date(2025, 6, 4), date(2025, 6, 25)),
    ],
)
def test_twenty_days_count_from_the_day_after_and_go_on_past_a_holiday(received, last):
    assert DELAYS.first_end(received) == last


def test_without_that_rule_a_delay_ends_on_its_day():
    assert Delays(20, 10, 20, 30, 5, past_holidays=False).first_end(date(2025, 1, 20)) == date(2025, 2, 9)


@given(DAYS)
def test_a_delay_never_ends_early_nor_on_a_holiday_and_at_most_three_days_late(received):
    end = DELAYS.first_end(received)
    assert 20 <= (end - received).days <= 23
    assert end.weekday() != SUNDAY
    assert end not in set(holidays(end.year))


@given(DAYS, st.integers(1, 10))
def test_an_extension_counts_on_from_the_days_of_the_law_and_never_shortens(received, days):
    extended = DELAYS.extended_end(received, days)
    assert received + timedelta(days=20 + days) <= extended <= received + timedelta(days=23 + days)
    assert DELAYS.extended_end(received, 10) >= extended >= not_a_holiday(received + timedelta(days=20 + days))


@given(DAYS)
def test_a_later_receipt_never_ends_earlier(received):
    assert DELAYS.first_end(received) <= DELAYS.first_end(received + timedelta(days=1))


def test_the_holidays_of_a_year_are_those_of_the_interpretation_act():
    days = ("01-01", "04-18", "04-21", "05-19", "06-24", "07-01", "09-01", "10-13", "12-25")
    assert [day.strftime("%m-%d") for day in holidays(2025)] == list(days)
    assert date(2029, 7, 2) in set(holidays(2029))  # the 1st is a Sunday


@given(DAYS, st.integers(1, 10))
def test_an_incident_is_kept_whole_years(aware, years):
    until = Delays(20, 10, 20, 30, years).kept_until(aware)
    assert until.year == aware.year + years
    assert (until.month, until.day) in {(aware.month, aware.day), (3, 1)}


def test_months_go_past_the_end_of_a_short_month():
    assert months_after(date(2025, 1, 31), 1) == date(2025, 3, 1)
    assert months_after(date(2024, 12, 15), 2) == date(2025, 2, 15)
    assert months_after(date(2024, 2, 29), 60) == date(2029, 3, 1)
