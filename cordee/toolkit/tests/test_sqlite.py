"""Two who write at once on SQLite: the second waits as long as the settings say, and no longer."""

import sqlite3
from threading import Timer
from time import monotonic

import pytest
from django.db import OperationalError, connection, transaction

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes many writers at once"),
]


@pytest.fixture
def other():
    """Someone else who has the file."""
    found = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)
    found.execute("BEGIN IMMEDIATE")
    yield found
    found.close()


def test_who_waits_goes_on_as_soon_as_the_file_is_free(other):
    freed: list[float] = []
    leaving = Timer(0.15, lambda: (other.execute("ROLLBACK"), freed.append(monotonic())))
    leaving.start()
    with transaction.atomic():
        begun = monotonic()
    leaving.join()
    assert begun >= freed[0] or freed[0] - begun < 0.01
    # Its own wait, which statements outside a transaction still need, is what it was.
    assert connection.connection.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


def test_who_waited_long_enough_is_told(other, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    started = monotonic()
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    assert monotonic() - started >= 0.2
    assert not connection.in_atomic_block
