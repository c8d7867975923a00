"""The route of an adoption, the length of mandates, and what a text is told apart by."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.governance.rules import ADOPTION, Step, Term, end_of_term, fingerprint, in_a_row, route_of
from cordee.reference.rulebook import MissingRule, Rule, Rulebook
from cordee.values.school_year import SchoolYear


def book(*rules):
    return Rulebook(SchoolYear(2024), 1, date(2024, 7, 1), tuple(Rule(*rule) for rule in rules))


def test_the_steps_come_in_the_order_of_their_numbers_whatever_the_order_of_the_rules():
    steps = [(10, "tdg", "approve"), (2, "managers", "validate"), (1, "executive", "draft")]
    rules = [
        (f"adoption.{n}.{end}", "choice", value)
        for n, *both in steps
        for end, value in zip(("body", "act"), both, strict=True)
    ]
    route = route_of(book(*rules, ("adoption.2.due", "date", "2025-04-30")), ADOPTION)
    assert [step.number for step in route] == [1, 2, 10]
    assert route[1] == Step(2, "managers", "validate", due=date(2025, 4, 30))
    assert route_of(book(), ADOPTION) == ()


def test_a_step_without_its_body_names_the_rule_that_is_missing():
    with pytest.raises(MissingRule, match=r"adoption\.1\.body"):
        route_of(book(("adoption.1.act", "choice", "draft")), ADOPTION)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 5))
def test_a_mandate_ends_the_same_day_some_years_later(start, years):
    end = end_of_term(start, years)
    assert end.year == start.year + years
    assert (end.month, end.day) == (
        (3, 1) if (start.month, start.day) == (2, 29) and end.month == 3 else (start.month, start.day)
    )


def test_mandates_follow_each_other_only_without_a_gap():
    first, second = Term(date(2021, 7, 1), date(2023, 7, 1)), Term(date(2023, 7, 1), date(2025, 7, 1))
    assert in_a_row([], start=date(2025, 7, 1)) == 1
    assert in_a_row([second, first], start=date(2025, 7, 1)) == 3
    assert in_a_row([first], start=date(2025, 7, 1)) == 1
    assert in_a_row([first, second], start=date(2025, 7, 2)) == 1


def test_one_word_more_is_another_text():
    rule = Rule("prose.half-day", "prose", "La demi-journée vaut la moitié.")
    assert fingerprint([rule]) == fingerprint([replace(rule)])
    assert fingerprint([rule]) != fingerprint([replace(rule, value=rule.value + " ")])
    assert fingerprint([rule]) != fingerprint([rule, rule])
