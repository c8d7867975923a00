"""A live server: the demonstration year on it, or pages opened as someone of a small world."""

import importlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import clear_url_caches

from cordee.home.demo import loading
from cordee.home.demo.year import TODAY

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DESK = {"locale": "fr-CA", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def demo_site(live_server, settings, clock) -> Iterator[str]:
    """The site as `bin/demo` serves it, on the day of the demonstration: its address."""
    settings.DEMO = True
    clock(TODAY)
    reload_urls()
    loading.load()
    yield live_server.url
    settings.DEMO = False
    reload_urls()


def reload_urls() -> None:
    """The people one can be have addresses in the demonstration only: `home.urls` asks the settings once."""
    for name in ("cordee.home.urls", "config.urls"):
        importlib.reload(importlib.import_module(name))
    clear_url_caches()


@pytest.fixture
def opened(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """A page signed in as someone: `opened(person, path)`. Its clock runs and can be put forward; what its scripts
    complain of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def enter(person: Any, path: str = "/", **options: Any) -> Any:
        client = Client()
        client.force_login(person.user, backend=BACKEND)
        context = chromium.new_context(**{**DESK, **options})
        session = client.cookies[site.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.clock.install()
        page.goto(live_server.url + path)
        return page

    yield enter
    for context in contexts:
        context.close()
    # A browser that loads a page slowly gives up its transition, and says so.
    assert [said for said in complaints if not said.startswith("Transition was")] == []
