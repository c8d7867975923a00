"""Money: read, rounded and shared out without ever losing a cent."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.values.money import UnreadableAmount, allocate, from_cents, parse_money, round_to_cents, to_cents

CENTS = st.integers(min_value=-(10**12), max_value=10**12)
QUICK = settings(derandomize=True, max_examples=100, deadline=None, database=None)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,56 $", "1234.56"),
        ("1\u00a0234,56\u00a0$", "1234.56"),
        ("1\u202f234,56\u202f$", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("$1,234.56", "1234.56"),
        ("$1,234", "1234.00"),
        ("1,234,567", "1234567.00"),
        ("2 000\\$", "2000.00"),
        ("2 000\\ $".replace("\\ ", "\\"), "2000.00"),
        ("260$", "260.00"),
        ("- $", "0.00"),
        ("- \\$", "0.00"),
        ("−840,00 $", "-840.00"),
        ("-5", "-5.00"),
        ("-$1,234.50", "-1234.50"),
        ("(1 234,50 $)", "-1234.50"),
        (",50", "0.50"),
        ("5,5", "5.50"),
        ("280 CAD", "280.00"),
    ],
)
def test_an_amount_is_read_as_people_type_it(text: str, amount: str) -> None:
    assert parse_money(text) == Decimal(amount)
    assert parse_money(text).as_tuple().exponent == -2


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "$",
        "abc",
        "1,234",
        "1.234",
        "12 34",
        "1,2,3",
        "1.234.56",
        "12,345",
        "1e5",
        "--5",
        "5-5-5",
        "١٢",
        "NaN",
    ],
)
def test_an_amount_that_could_be_two_or_none_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(UnreadableAmount) as refusal:
        parse_money(text)
    assert f"«\u00a0{text}\u00a0»" in str(refusal.value)
    assert refusal.value.values == {"text": text}


@QUICK
@given(CENTS)
def test_cents_and_dollars_are_the_same_money(cents: int) -> None:
    assert to_cents(from_cents(cents)) == cents
    assert parse_money(f"{from_cents(cents)}") == from_cents(cents)


def test_less_than_a_cent_is_never_dropped_in_silence() -> None:
    with pytest.raises(ValueError, match=r"0\.005"):
        to_cents(Decimal("0.005"))
    with pytest.raises(ValueError, match="NaN"):
        to_cents(Decimal("NaN"))


def test_a_half_cent_goes_away_from_zero() -> None:
    assert round_to_cents(Decimal("0.005")) == Decimal("0.01")
    assert round_to_cents(Decimal("-0.005")) == Decimal("-0.01")
    assert round_to_cents(Decimal("0.0049")) == Decimal("0.00")


@QUICK
@given(CENTS, st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=30).filter(any))
def test_shares_always_add_up_and_none_is_a_cent_off(cents: int, weights: list[int]) -> None:
    parts = allocate(from_cents(cents), weights)
    assert sum(parts) == from_cents(cents)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - from_cents(cents) * weight) < Decimal("0.01") * sum(weights)


def test_the_allocation_of_the_ministry_adds_up_where_the_sheet_had_a_cent_too_many() -> None:
    weights = [10049, 14418, 5302, 27246, 20202, 35182, 17091, 17316, 40305]
    parts = allocate(Decimal(343800), weights)
    assert parts[:3] == [Decimal("18464.15"), Decimal("26491.80"), Decimal("9741.96")]
    assert sum(parts) == Decimal("343800.00")


def test_weights_that_share_nothing_are_refused() -> None:
    for weights in ([], [0, 0], [1, -1]):
        with pytest.raises(ValueError, match="Weights"):
            allocate(Decimal(10), weights)
