from datetime import date

import pytest

from cordee.values.months import months_later


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 15), -84, date(2018, 1, 15)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
    ],
)
def test_a_month_that_is_shorter_ends_on_its_last_day(day, months, then):
    assert months_later(day, months) == then
