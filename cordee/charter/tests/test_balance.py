"""The budget under other rules, and the rate that balances it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.charter.rules.balance import BudgetPlan, Post, at_rate, curve, highest
from cordee.charter.rules.simulation import with_values
from cordee.reference.rulebook import Rule, Rulebook
from cordee.treasury.rules.budget import Term
from cordee.values.money import from_cents
from cordee.values.school_year import SchoolYear

RULES = (
    Rule("rate.professional.day", "money", "280.00"),
    Rule("type.supported.compensation", "choice", "on-request"),
    Rule("type.supported.yearly-limit", "choice", "fixed"),
    Rule("type.supported.yearly-days", "days", "5"),
    Rule("type.strategic-project.compensation", "choice", "always"),
    Rule("type.strategic-project.yearly-limit", "choice", "plan"),
)
BOOK = Rulebook(SchoolYear(2024), 1, date(2024, 7, 1), RULES)
PROJECT = Post("a", "A", "Projets", 1, "strategic-project", Decimal("2800.00"), (Term(2, 5),))
SUPPORTED = Post("b", "B", "Soutenues", 2, "supported", Decimal("2800.00"), (Term(2, 5),))
PLAN = BudgetPlan("2024-2025", Decimal("280.00"), Decimal("10000.00"), Decimal("4000.00"), (PROJECT, SUPPORTED))


def test_under_the_rules_it_was_made_with_each_line_costs_what_it_declares():
    assert [PLAN.amount(post, BOOK) for post in PLAN.posts] == [Decimal("2800.00")] * 2
    assert PLAN.balance(BOOK) == Decimal("400.00")
    assert PLAN.person_days(BOOK) == 20


def test_a_higher_rate_is_paid_for_the_same_days():
    dearer = at_rate(BOOK, Decimal("290.00"))
    assert PLAN.compensation(dearer) == Decimal("5800.00")
    assert PLAN.balance(dearer) == Decimal("200.00")


def test_a_lower_limit_cuts_the_days_of_a_line():
    assert PLAN.amount(SUPPORTED, with_values(BOOK, {"type.supported.yearly-days": "3"})) == Decimal("1680.00")


def test_a_higher_limit_adds_no_day_to_a_plan():
    assert PLAN.amount(SUPPORTED, with_values(BOOK, {"type.supported.yearly-days": "6"})) == Decimal("2800.00")


@pytest.mark.parametrize("terms", [(Term(2, 5),), ()])
def test_a_type_no_longer_compensated_costs_nothing(terms):
    never = with_values(BOOK, {"type.supported.compensation": "never"})
    assert PLAN.amount(SUPPORTED._replace(terms=terms), never) == 0


def test_a_line_without_people_and_days_keeps_what_it_declares():
    lower = with_values(BOOK, {"type.supported.yearly-days": "3"})
    assert PLAN.amount(SUPPORTED._replace(terms=()), lower) == Decimal("2800.00")


def test_a_line_that_belongs_to_no_community_is_paid_at_the_rate():
    post = Post("c", "C", "Autres", None, "", Decimal("280.00"), (Term(1, 1),))
    assert PLAN.amount(post, at_rate(BOOK, Decimal("300.00"))) == Decimal("300.00")


def test_the_balancing_rate_is_the_highest_without_a_deficit():
    found = PLAN.balanced(BOOK)
    assert found is not None
    assert (found.rate, found.left) == (Decimal("300.00"), Decimal("0.00"))
    assert found.lacking == Decimal("-0.20")


def test_no_rate_balances_a_budget_that_lacks_money_for_the_rest():
    assert replace(PLAN, revenue=Decimal("3999.99")).balanced(BOOK) is None


def test_a_budget_without_compensation_has_no_balancing_rate():
    assert replace(PLAN, posts=()).balanced(BOOK) is None


@given(days=st.integers(1, 5000), money=st.integers(0, 10_000_000))
def test_the_search_is_exact_to_the_cent(days, money):
    def balance(rate):
        return from_cents(money) - rate * days

    found = highest(balance)
    if found is None:
        assert balance(Decimal("10000.00")) >= 0
    else:
        assert balance(found.rate) == found.left >= 0
        assert balance(found.rate + Decimal("0.01")) == found.lacking < 0


def test_the_curve_gives_each_rate_once_in_order():
    rates = [Decimal("300.00"), Decimal("280.00"), Decimal("300.00")]
    assert curve(PLAN, BOOK, rates) == [(Decimal("280.00"), Decimal("400.00")), (Decimal("300.00"), Decimal("0.00"))]
