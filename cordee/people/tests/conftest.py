"""An organization that signs its own people in, by a real provider started once."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.toolkit.testing.identity.server import IdentityServer

KEYS = ("massif", "vallee")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    callbacks = [f"http://testserver{reverse('openid_connect_callback', args=[key])}" for key in KEYS]
    with IdentityServer(tmp_path_factory.mktemp("provider"), *callbacks) as running:
        yield running


@pytest.fixture
def massif(db, server, settings):
    """Set up for the addresses of exemple.test; gives what changes how."""

    def set_up(**given):
        cache.clear()
        settings.IDENTITY_PROVIDERS = (server.provider("massif", **{"domains": ("exemple.test",), **given}),)
        return server

    set_up()
    return set_up


@pytest.fixture
def alice(massif):
    return factory.person("Alice")
