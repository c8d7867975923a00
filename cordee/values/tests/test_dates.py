"""Dates as people write them, in both languages."""

from datetime import date

import pytest

from cordee.values.dates import UnreadableDate, likely_order, parse_date

TWELFTH = date(2024, 9, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2024-09-12",
        "2024/09/12",
        "2024-09-12 00:00:00",
        "2024-09-12T09:30",
        "12/09/2024",
        "12-9-2024",
        "12.09.2024",
        "12 sept. 2024",
        "12 septembre 2024",
        "12-sept-2024",
        "jeudi 12 septembre 2024",
        "le 12\u00a0septembre\u202f2024",
        "Sept 12, 2024",
        "September 12th, 2024",
        "Thursday, September 12, 2024",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert parse_date(text) == TWELFTH


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("1er juin 2024", 6, 1),
        ("15 août 2024", 8, 15),
        ("29 févr. 2024", 2, 29),
        ("3 déc. 2024", 12, 3),
        ("4 juill. 2024", 7, 4),
        ("4 juil 2024", 7, 4),
        ("Jun 5, 2024", 6, 5),
        ("mar 5, 2024", 3, 5),
        ("May 31st 2024", 5, 31),
    ],
)
def test_every_month_has_its_short_names(text: str, month: int, day: int) -> None:
    assert parse_date(text) == date(2024, month, day)


def test_an_ambiguous_date_is_day_first_unless_said_otherwise() -> None:
    assert parse_date("03/04/2024") == date(2024, 4, 3)
    assert parse_date("03/04/2024", order="month-first") == date(2024, 3, 4)


def test_a_date_that_can_be_read_in_one_order_only_is_read_so() -> None:
    assert parse_date("09/13/2024") == date(2024, 9, 13)
    assert parse_date("13/09/2024", order="month-first") == date(2024, 9, 13)


def test_a_whole_column_tells_its_order() -> None:
    assert likely_order(["03/04/2024", "09/13/2024"]) == "month-first"
    assert likely_order(["03/04/2024", "13/09/2024", "09/13/2024"]) == "day-first"
    assert likely_order(["", "2024-09-12"]) == "day-first"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "demain",
        "12/09/24",
        "2024-13-01",
        "30 février 2024",
        "12 jui 2024",
        "31/02/2024",
        "12 xx 2024",
        "45000",
        "0/0/2024",
    ],
)
def test_what_is_no_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(UnreadableDate) as refusal:
        parse_date(text)
    assert f"«\u00a0{text}\u00a0»" in str(refusal.value)
