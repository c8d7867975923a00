"""What holds for every set of revisions: the rule of a fact is that of its own day, never of the day one asks."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cordee.reference import rulebook
from cordee.reference.rulebook import MissingRule, NoRulebook, Rule, Rulebook, RulebookTimeline, WrongKind
from cordee.toolkit import clock
from cordee.values.school_year import SchoolYear

QUICK = settings(derandomize=True, max_examples=200, deadline=None, database=None)
YEARS = (SchoolYear(2023), SchoolYear(2024))
days = st.dates(date(2023, 7, 1), date(2025, 6, 30))
names = st.from_regex(r"[a-z]{1,6}(\.[a-z]{1,6}){1,2}", fullmatch=True)
amounts = st.integers(0, 100_000).map(lambda cents: Decimal(cents) / 100)
# One revision a day of effect: two of one day are told apart by their number, in a test of their own.
revisions = st.lists(st.tuples(days, amounts), min_size=1, max_size=6, unique_by=lambda one: one[0])


def book(at: date, amount: Decimal, number: int = 1) -> Rulebook:
    rule = Rule("rate.teacher.day", "money", f"{amount:.2f}")
    return Rulebook(SchoolYear.containing(at), number, at, (rule,))


def books(found: list[tuple[date, Decimal]]) -> list[Rulebook]:
    return [book(at, amount, number) for number, (at, amount) in enumerate(found, 1)]


def in_force(found: list[Rulebook], on: date) -> Rulebook | None:
    """Slowly, and the other way round: of those of that year that began, the last to begin."""
    begun = [one for one in found if one.year.contains(on) and one.effective_from <= on]
    return max(begun, key=lambda one: one.effective_from, default=None)


@QUICK
@given(revisions, days)
def test_the_revision_in_force_is_the_last_of_its_year_to_begin(found, on):
    all_books = books(found)
    expected = in_force(all_books, on)
    if expected is None:
        with pytest.raises(NoRulebook) as refused:
            RulebookTimeline(all_books).on(on)
        assert refused.value.values == {"on": on}
    else:
        assert RulebookTimeline(all_books).on(on) is expected


@QUICK
@given(revisions.flatmap(st.permutations), days)
def test_the_order_in_which_revisions_are_given_changes_nothing(found, on):
    again = sorted(found, reverse=True)
    assert answer(books(found), on) == answer(books(again), on)


def holder(timeline: RulebookTimeline, on: date) -> Rulebook | None:
    try:
        return timeline.on(on)
    except NoRulebook:
        return None


def answer(found: list[Rulebook], on: date) -> Decimal | None:
    """What a teacher’s day is worth on that day; None where nothing is in force."""
    held = holder(RulebookTimeline(found), on)
    return held.amount("rate.teacher.day") if held else None


@QUICK
@given(revisions, days, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_judging_a_fact_never_depends_on_the_day_it_is_computed(found, fact, computed):
    before = answer(books(found), fact)
    with mock.patch.object(clock, "today", return_value=computed):
        assert answer(books(found), fact) == before


def test_nothing_in_the_rulebook_can_know_what_day_it_is():
    for path in Path(rulebook.__path__[0]).glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"today\(|\.now\(|import time|toolkit", text), path.name


@QUICK
@given(revisions, days, amounts)
def test_a_later_revision_never_changes_what_came_before_it(found, start, amount):
    """A revision put in force on a day leaves every earlier fact as it was judged."""
    all_books = books(found)
    assume(start not in {one.effective_from for one in all_books})
    later = [*all_books, book(start, amount, len(all_books) + 1)]
    for at in {one.effective_from for one in all_books} | {start - timedelta(1)}:
        if at < start:
            assert answer(later, at) == answer(all_books, at)


@QUICK
@given(revisions)
def test_dates_of_effect_are_half_open(found):
    """A revision holds on its first day, and no longer on the first day of the next nor of the next year."""
    timeline = RulebookTimeline(books(found))
    for at, one in enumerate(timeline.rulebooks):
        assert timeline.on(one.effective_from) is one
        following = [later for later in timeline.rulebooks[at + 1 :] if later.year == one.year]
        end = following[0].effective_from if following else one.year.end
        assert timeline.on(end - timedelta(1)) is one
        assert holder(timeline, end) is not one


def test_of_two_revisions_of_one_day_the_higher_number_holds():
    first, second = book(date(2024, 7, 1), Decimal(1), 1), book(date(2024, 7, 1), Decimal(2), 2)
    assert RulebookTimeline([second, first]).on(date(2024, 7, 1)) is second


@QUICK
@given(st.dictionaries(names, amounts, max_size=5), names)
def test_a_missing_rule_names_itself_and_is_never_guessed(held, wanted):
    rules = tuple(Rule(key, "money", f"{amount:.2f}") for key, amount in held.items())
    cadre = Rulebook(YEARS[1], 3, date(2024, 7, 1), rules)
    if wanted in held:
        assert cadre.amount(wanted) == held[wanted]
        return
    assert cadre.optional_amount(wanted) is None
    for read in (
        cadre.amount,
        cadre.days,
        cadre.count,
        cadre.minutes,
        cadre.date,
        cadre.choice,
        cadre.flag,
        cadre.rule,
    ):
        with pytest.raises(MissingRule) as refused:
            read(wanted)
        assert refused.value.values == {"key": wanted, "year": YEARS[1], "revision": 3}


@QUICK
@given(st.sampled_from(["amount", "days", "minutes", "count", "date", "flag"]), st.text(max_size=12))
def test_a_value_that_does_not_read_as_its_kind_is_refused_by_name(reader, value):
    kind = "money" if reader == "amount" else reader
    cadre = Rulebook(YEARS[1], 1, date(2024, 7, 1), (Rule("rule.one", kind, value),))
    try:
        read = getattr(cadre, reader)("rule.one")
    except WrongKind as refused:
        assert refused.values["key"] == "rule.one"
    else:
        assert isinstance(read, (bool, int, Decimal, date))
    with pytest.raises(WrongKind):
        cadre.text("rule.one")
