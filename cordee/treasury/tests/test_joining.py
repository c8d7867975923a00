"""« Préparer les réclamations » pressed twice, or by two people: the run under way is joined."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.toolkit import clock as clocks
from cordee.treasury.actions import runs
from cordee.treasury.actions.runs import advance_run, join_run
from cordee.treasury.models import ClaimRun
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests.desks import TODAY
from cordee.treasury.tests.year_sample import YEAR, correct

pytestmark = pytest.mark.django_db
ASKED = {"annee": YEAR, "periode": sample.PERIOD}


@pytest.fixture
def year(db, clock, monkeypatch):
    monkeypatch.setattr(runs, "PART_SIZE", 1)
    clock(TODAY)
    return sample.year()


def join(who):
    return join_run(year=YEAR, period=sample.PERIOD, by=who, on=TODAY)


def test_the_second_press_joins_the_run_of_the_first(year):
    first, joined = join(year.desks.secretary)
    assert not joined
    advance_run(first, seconds=0)
    assert join(year.desks.bob) == (first, True)
    assert ClaimRun.objects.count() == 1


def test_whoever_joins_takes_it_to_its_end_with_what_changed_meanwhile(year):
    first, _joined = join(year.desks.secretary)
    advance_run(first, seconds=0)
    correct(year.dominique.attendances.get(), "half")
    run, _joined = join(year.desks.bob)
    assert advance_run(run)
    assert sample.claim().total == 700


def test_two_that_start_at_the_same_moment_end_up_with_one(year, monkeypatch):
    """The second looked before the first was there, and looks again once it may write."""
    first, _joined = join(year.desks.secretary)
    looks = iter([None])
    look = runs._under_way
    monkeypatch.setattr(runs, "_under_way", lambda season, on: next(looks, look(season, on)))
    assert join(year.desks.bob) == (first, True)


def test_a_run_that_died_is_left_and_swept(year):
    dead, _joined = join(year.desks.secretary)
    advance_run(dead, seconds=0)
    ClaimRun.objects.update(touched_at=clocks.now() - timedelta(hours=1))
    alive, joined = join(year.desks.bob)
    assert (joined, alive == dead) == (False, False)
    assert advance_run(alive)
    assert list(ClaimRun.objects.all()) == [alive]


def test_a_run_of_another_day_is_not_joined(year):
    first, _joined = join(year.desks.secretary)
    second, joined = join_run(year=YEAR, period=sample.PERIOD, by=year.desks.bob, on=TODAY + timedelta(days=1))
    assert (joined, second == first) == (False, False)


def test_a_finished_run_is_not_joined(year):
    first, _joined = join(year.desks.secretary)
    advance_run(first)
    assert not join(year.desks.bob)[1]


def test_the_page_says_whose_run_it_is(year, client):
    join(year.desks.secretary)
    client.force_login(year.desks.bob.user)
    shown = client.post(reverse("treasury:preparation_start"), ASKED, follow=True).content.decode()
    assert "par Solène Test, était déjà en cours" in shown
    assert "Les réclamations sont à jour." in shown
    assert sample.claim().total == 840
