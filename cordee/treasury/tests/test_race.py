"""Two people at once: one wins, the other is told. Real threads, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from cordee.toolkit.refusals import Refusal
from cordee.treasury.actions import refusals, steps
from cordee.treasury.models import Approval, Submission
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests.desks import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[Refusal | None]:
    """Run the acts in threads that start together; each one’s refusal, or None."""
    barrier, outcomes = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            act()
        except Refusal as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_of_two_treasurers_one_approves_and_the_other_is_told_who():
    year = sample.year()
    claim = sample.prepared()
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    outcomes = at_once(
        lambda: steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY),
        lambda: steps.approve_claim(claim=claim, by=year.desks.bea, on=TODAY),
    )
    winner = Approval.objects.get().approved_by
    (told,) = [outcome for outcome in outcomes if outcome]
    assert isinstance(told, refusals.AlreadyDone)
    assert str(told).startswith(f"{winner.full_name} a déjà approuvé")


def test_a_claim_is_submitted_once_by_two_people_at_once():
    year = sample.year()
    claim = sample.prepared()
    outcomes = at_once(
        lambda: steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY),
        lambda: steps.submit_claim(claim=claim, by=year.desks.secretary, on=TODAY),
    )
    assert len([outcome for outcome in outcomes if outcome]) == 1
    assert Submission.objects.get().lines.count() == 3
