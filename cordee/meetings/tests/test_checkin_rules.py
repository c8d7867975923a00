from datetime import UTC, date, datetime, time, timedelta

import pytest

from cordee.meetings.rules import checkin
from cordee.toolkit import clock
from cordee.values.portion import Portion

SHOWN_AT = datetime(2025, 1, 20, 14, 0, tzinfo=UTC)  # a whole half minute: the code has just come to the screen
SLOT = checkin.slot_at(SHOWN_AT)
LEFT_AT = SHOWN_AT + timedelta(seconds=30)


def seconds(count):
    return timedelta(seconds=count)


def test_a_code_stays_thirty_seconds_on_the_screen():
    assert checkin.slot_at(SHOWN_AT + seconds(29)) == SLOT
    assert checkin.slot_at(SHOWN_AT + seconds(30)) == SLOT + 1
    assert checkin.left_at(SLOT) == LEFT_AT


@pytest.mark.parametrize(
    ("age", "taken"),
    [(seconds(0), True), (seconds(29), True), (seconds(59), True), (seconds(60), True), (seconds(61), False),
     (timedelta(hours=1), False), (timedelta(days=7), False)],
)  # fmt: skip
def test_a_code_is_taken_for_sixty_seconds_after_it_left(age, taken):
    assert checkin.is_taken(SLOT, LEFT_AT + age) is taken


def test_a_code_that_was_not_shown_yet_is_not_taken():
    assert not checkin.is_taken(SLOT + 1, SHOWN_AT + seconds(29))


def test_one_has_ten_minutes_to_type_and_no_scan_comes_from_the_future():
    assert checkin.may_still_type(SHOWN_AT, SHOWN_AT)
    assert checkin.may_still_type(SHOWN_AT, SHOWN_AT + timedelta(minutes=10))
    assert not checkin.may_still_type(SHOWN_AT, SHOWN_AT + timedelta(minutes=10, seconds=1))
    assert not checkin.may_still_type(SHOWN_AT, SHOWN_AT - seconds(1))


HOURS = {"starts": SHOWN_AT, "ends": SHOWN_AT + timedelta(hours=6)}


def test_minutes_count_within_the_hours_of_the_meeting():
    early, late = SHOWN_AT - timedelta(hours=1), SHOWN_AT + timedelta(hours=9)
    assert checkin.minutes_between(early, late, **HOURS) == 360
    assert checkin.minutes_between(SHOWN_AT, SHOWN_AT + timedelta(minutes=90, seconds=59), **HOURS) == 90


def test_someone_who_left_before_it_began_was_there_no_minute():
    assert checkin.minutes_between(SHOWN_AT - timedelta(hours=2), SHOWN_AT - timedelta(hours=1), **HOURS) == 0


def test_a_departure_before_the_arrival_says_nothing():
    assert checkin.minutes_between(SHOWN_AT, SHOWN_AT - seconds(1), **HOURS) is None


NIGHT = date(2024, 11, 3)  # at 2 o’clock it was 1 o’clock again


def night(hour, minute=0, *, again=False):
    return clock.at(NIGHT, time(hour, minute, fold=int(again)))


def test_the_hour_that_comes_twice_in_autumn_counts_twice():
    hours = {"starts": night(0), "ends": night(4)}
    assert checkin.minutes_between(night(1, 30), night(1, 30, again=True), **hours) == 60
    assert checkin.minutes_between(night(0, 30), night(3, 30), **hours) == 240


def test_the_hour_that_does_not_exist_in_spring_is_not_counted():
    day = date(2025, 3, 9)
    one, four = (clock.at(day, time(hour)) for hour in (1, 4))
    assert checkin.minutes_between(one, four, starts=one, ends=four) == 120


def test_codes_follow_each_other_through_the_hour_that_comes_twice():
    assert checkin.slot_at(night(1, 30, again=True)) - checkin.slot_at(night(1, 30)) == 120


@pytest.mark.parametrize(
    ("minutes", "planned", "worth"),
    [(None, Portion.DAY, Portion.DAY), (None, Portion.HALF, Portion.HALF), (119, Portion.DAY, Portion.NONE),
     (120, Portion.DAY, Portion.HALF), (269, Portion.DAY, Portion.HALF), (270, Portion.DAY, Portion.DAY),
     (400, Portion.HALF, Portion.HALF)],
)  # fmt: skip
def test_minutes_propose_a_portion_and_never_more_than_planned(minutes, planned, worth):
    assert checkin.proposed(minutes, planned=planned, half_from=120, day_from=270) == worth
