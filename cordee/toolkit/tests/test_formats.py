"""Amounts and dates as Québec writes them."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import translation

from cordee.toolkit import formats

NB = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        (Decimal("1234.56"), f"1{NB}234,56{NB}$", "$1,234.56"),
        (Decimal("-840"), f"−840,00{NB}$", "−$840.00"),
        (Decimal(0), f"0,00{NB}$", "$0.00"),
    ],
)
def test_money(amount, french, english):
    with translation.override("fr"):
        assert formats.money(amount) == french
    with translation.override("en"):
        assert formats.money(amount) == english


def test_money_without_cents():
    with translation.override("fr"):
        assert formats.money(Decimal("671040"), cents=False) == f"671{NB}040{NB}$"


@pytest.mark.parametrize(
    ("day", "french"),
    [
        (date(2024, 9, 12), "12 septembre 2024"),
        (date(2024, 6, 1), "1er juin 2024"),
        (date(2024, 6, 21), "21 juin 2024"),
        (date(2024, 12, 31), "31 décembre 2024"),
    ],
)
def test_long_dates(day, french):
    with translation.override("fr"):
        assert formats.date_long(day).replace(NB, " ") == french


def test_full_dates():
    with translation.override("fr"):
        assert formats.date_full(date(2025, 1, 20)) == "lundi 20 janvier 2025"
    with translation.override("en"):
        assert formats.date_full(date(2025, 1, 20)) == "Monday, January 20, 2025"


def test_hours():
    with translation.override("fr"):
        assert formats.time_short(time(9)) == f"9{NB}h"
        assert formats.time_short(time(13, 30)) == f"13{NB}h{NB}30"
    with translation.override("en"):
        assert formats.time_short(time(13, 30)) == "1:30 p.m."


def test_percent():
    with translation.override("fr"):
        assert formats.percent(Decimal("0.103")) == f"10,3{NB}%"
