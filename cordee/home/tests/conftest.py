"""What the tests of the invented year share."""

import pytest

from cordee.home.demo import loading


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """The year, loaded once for the module and taken back after it."""
    with django_db_blocker.unblock():
        loaded = loading.load()
        yield loaded
        loading.erase()
