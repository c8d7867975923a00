"""How often something may be done, whatever process counts."""

from threading import Thread

import pytest
from django.db import connection, transaction

from cordee.toolkit import pace
from cordee.toolkit.models import Count

LIMIT = {"most": 2, "seconds": 60}


@pytest.fixture
def at(monkeypatch):
    """Says what time it is for the counts, in seconds."""
    return lambda seconds: monkeypatch.setattr(pace, "time", lambda: 1_000_000 + seconds)


def test_it_may_be_done_so_many_times_from_the_first_then_no_more_until_the_time_is_over(db, at):
    at(0)
    assert [pace.within("a scan", **LIMIT) for _ in range(3)] == [True, True, False]
    assert pace.within("another scan", **LIMIT)
    at(59)
    assert not pace.within("a scan", **LIMIT)
    at(60)
    assert pace.within("a scan", **LIMIT)


def test_what_did_not_happen_is_not_counted(db):
    try:
        with transaction.atomic():
            pace.within("a scan", **LIMIT)
            raise LookupError
    except LookupError:
        assert not Count.objects.exists()


def test_what_is_counted_cannot_be_read(db):
    pace.within("alice@exemple.test", **LIMIT)
    assert "alice" not in Count.objects.get().what


def test_counts_that_ran_out_are_dropped(db, at):
    at(0)
    pace.within("yesterday", **LIMIT)
    at(pace.KEPT + 1)
    pace.within("today", **LIMIT)
    pace.forget()
    assert Count.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_those_who_count_at_once_are_all_counted():
    def count():
        for _ in range(5):
            pace.within("a scan", **LIMIT)
        connection.close()

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Count.objects.get().done == 20
