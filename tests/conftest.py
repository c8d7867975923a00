import pytest
from django.conf import settings
from django.db import connection

from cordee.home.demo.year import TODAY
from tests.access import counts, table
from tests.access.survey import Survey, survey


@pytest.fixture(scope="session")
def house(django_db_setup, django_db_blocker, request) -> Survey:
    """Asked once for all tests, and rolled back before the first of them.

    On SQLite alone: thousands of answers inside one transaction take PostgreSQL minutes.
    """
    assert connection.vendor == "sqlite", "who asks for the house is marked `above_the_database`"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CLOCK", TODAY)
        found = survey()
    if request.config.getoption("--rewrite"):
        table.write(table.table_of(found.answers))
        counts.write(counts.counts_of(found.costs))
        table.committed.cache_clear()
    return found


@pytest.fixture(scope="session")
def answered(house) -> table.Table:
    """What the house answers, as `access.json` says it."""
    return table.table_of(house.answers)
