"""The demonstration year on a live server."""

import importlib
from collections.abc import Iterator

import pytest
from django.urls import clear_url_caches

from cordee.home.demo import loading
from cordee.home.demo.year import TODAY


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
