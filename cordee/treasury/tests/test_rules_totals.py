"""Sums of claims, announced years and the dates of periods."""

from datetime import date
from decimal import Decimal

import pytest

from cordee.reference.rulebook import MissingRule
from cordee.treasury.rules import PlannedTerm, by_organization, period, periods, planned_year, summarize
from cordee.treasury.tests.rules_sample import attendance, compute, rulebook

PERIODS = {
    "period.year-end.from": ("date", "2025-01-15"),
    "period.year-end.until": ("date", "2025-07-01"),
    "period.year-end.due": ("date", "2025-06-15"),
    "period.mid-year.from": ("date", "2024-07-01"),
    "period.mid-year.until": ("date", "2025-01-15"),
    "period.mid-year.due": ("date", "2025-01-30"),
}


def test_lines_are_summed_for_the_organization_they_are_owed_to() -> None:
    rows = [attendance(1), attendance(2, person=2, organization="861000", active_member=False)]
    lines, _, _ = compute(rows)
    summary = summarize(lines)
    assert list(summary) == ["861000", "862000"]
    assert [(one.claimed, one.held, one.total, one.lines) for one in summary.values()] == [
        (28000, 28000, 0, 2),
        (28000, 0, 28000, 1),
    ]
    assert {code: len(own) for code, own in by_organization(lines).items()} == {"862000": 1, "861000": 2}


def test_notices_of_people_without_an_employer_stand_apart() -> None:
    _, notices, _ = compute([attendance(1, organization="", member_organization=False)])
    assert summarize([], notices)[""].flags == {"not-a-member-organization": 1}


def test_a_planned_year_is_people_times_days_times_rate() -> None:
    rate = Decimal(280)
    assert planned_year([PlannedTerm(8, Decimal(5), rate), PlannedTerm(8, Decimal(3), rate)]) == Decimal("17920.00")
    assert planned_year([]) == Decimal("0.00")


def test_a_period_is_due_before_its_day() -> None:
    mid_year = period(rulebook(PERIODS), "mid-year")
    assert not mid_year.is_late(date(2025, 1, 29))
    assert mid_year.is_late(date(2025, 1, 30))
    assert mid_year.until == date(2025, 1, 15)
    assert date(2025, 1, 15) not in mid_year.range


def test_periods_come_in_the_order_of_the_year() -> None:
    assert [one.key for one in periods(rulebook(PERIODS))] == ["mid-year", "year-end"]


def test_a_period_the_edition_does_not_date_is_named() -> None:
    with pytest.raises(MissingRule, match=r"period\.mid-year\.from"):
        period(rulebook(), "mid-year")
