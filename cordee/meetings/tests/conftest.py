import pytest

from cordee.meetings.tests import factory
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@kept
def world():
    return factory.world()


@pytest.fixture
def today(settings):
    """The clock of the pages stands on Monday 20 January 2025."""
    settings.CLOCK = factory.TODAY
    return factory.TODAY


@pytest.fixture
def sign_in(client, today):
    def enter(person):
        client.force_login(person.user, backend=BACKEND)
        return client

    return enter
