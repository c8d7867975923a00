"""Which rows of an edition are tasks, by when, and when one is reminded of them: rules alone."""

from datetime import date

import pytest

from cordee.charter.models.facts import ACTS
from cordee.charter.rules.timeline import Reach, Stage, State, claimed_in, deadlines, knots, stage_on, state_of
from cordee.reference.rulebook import Rule, Rulebook
from cordee.reference.rulebook.checks import CHOICES
from cordee.values.school_year import SchoolYear

YEAR = SchoolYear(2024)


def book(*rules: tuple[str, str, str]) -> Rulebook:
    labelled = (
        Rule(key, kind, value, label_fr="Réviser, au plus tard le", label_en="Revise, by") for key, kind, value in rules
    )
    return Rulebook(YEAR, 1, YEAR.start, tuple(labelled))


def row(key: str, day: str, role: str = "treasurer") -> list[tuple[str, str, str]]:
    base = key.removesuffix(".due").removesuffix(".before")
    return [
        (key, "date", day),
        (f"{base}.role", "choice", role),
        (f"{base}.done-by", "choice", "hand"),
    ]


def sole(*rules: tuple[str, str, str]):
    (found,) = deadlines(book(*rules))
    return found


class TestByWhen:
    def test_a_row_of_the_timeline_is_in_time_through_the_day_it_names(self):
        assert sole(*row("timeline.4.due", "2025-03-31")).last == date(2025, 3, 31)

    def test_a_period_is_in_time_through_the_eve(self):
        found = sole(*row("period.mid-year.due", "2025-01-30", "billing-officer"))
        assert (found.day, found.last) == (date(2025, 1, 30), date(2025, 1, 29))

    def test_unless_the_edition_says_the_day_still_counts(self):
        found = sole(*row("deadline.update", "2024-11-15"), ("deadline.update-included", "flag", "true"))
        assert found.last == date(2024, 11, 15)

    def test_nobody_waits_for_the_day_after_before(self):
        found = sole(*row("review.mid-year.before", "2025-02-01", "responsible-manager"))
        assert found.day == found.last == date(2025, 1, 31)

    def test_its_name_is_what_its_date_is_about(self):
        assert sole(*row("timeline.4.due", "2025-03-31")).title_fr == "Réviser"


class TestWhose:
    def test_a_date_without_a_role_is_no_task(self):
        assert deadlines(book(("class-days.from", "date", "2024-08-26"))) == ()

    def test_but_a_deadline_without_one_stays_a_landmark(self):
        assert not sole(("deadline.executive.leaving", "date", "2025-06-01")).is_task

    @pytest.mark.parametrize(
        ("role", "reach"),
        [
            ("billing-officer", Reach.ORGANIZATION),
            ("director-general", Reach.ORGANIZATION),
            ("liaison", Reach.COMMUNITY),
            ("executive-committee", Reach.COOPERATIVE),
        ],
    )
    def test_a_role_is_held_in_each_centre_in_each_community_or_once(self, role, reach):
        assert sole(*row("timeline.1.due", "2024-09-30", role)).reach is reach

    def test_every_way_of_being_done_that_an_edition_may_name_is_known(self):
        assert set(ACTS) == set(CHOICES["done-by"])


def test_late_begins_the_day_after_the_last_in_time():
    found = sole(*row("timeline.4.due", "2025-03-31"))
    days = [date(2025, 3, 31), date(2025, 4, 1)]
    assert [state_of(found, None, on=day) for day in days] == [State.COMING, State.LATE]
    assert state_of(found, date(2025, 4, 2), on=date(2025, 4, 3)) is State.DONE


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2025, 3, 23), None),
        (date(2025, 3, 24), Stage.BEFORE),
        (date(2025, 3, 30), Stage.BEFORE),
        (date(2025, 3, 31), Stage.ON_THE_DAY),
        (date(2025, 4, 1), Stage.AFTER),
        (date(2025, 4, 7), Stage.AFTER),
        (date(2025, 4, 8), None),
    ],
)
def test_one_is_reminded_from_a_week_before_to_a_week_after(on, stage):
    assert stage_on(sole(*row("timeline.4.due", "2025-03-31")), on) is stage


def test_rows_of_days_that_follow_each_other_are_one_knot():
    days = ("2025-06-14", "2025-06-15", "2025-06-30")
    rules = [rule for number, day in enumerate(days) for rule in row(f"timeline.{number}.due", day)]
    assert [len(knot) for knot in knots(deadlines(book(*rules)))] == [2, 1]


class TestTheClaimOfARow:
    PERIODS = (("year-end", date(2025, 6, 15)), ("mid-year", date(2025, 1, 30)))

    def test_a_period_names_its_own(self):
        assert claimed_in(sole(*row("period.year-end.due", "2025-06-15")), self.PERIODS) == "year-end"

    @pytest.mark.parametrize(
        ("day", "period"), [("2025-01-10", "mid-year"), ("2025-02-01", "year-end"), ("2025-06-20", "year-end")]
    )
    def test_another_row_is_about_the_first_that_is_due_from_its_day_on(self, day, period):
        assert claimed_in(sole(*row("timeline.3.due", day)), self.PERIODS) == period

    def test_without_a_period_there_is_none(self):
        assert claimed_in(sole(*row("timeline.3.due", "2025-01-10")), ()) == ""
