"""What every story starts from: its people, the rules of the year in force, a mail server, and a day that passes."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command

from cordee.toolkit.testing.mailserver import MailServer
from tests.scenarios.cast import Cast, Post, cast, day


@pytest.fixture
def people(db) -> Cast:
    cache.clear()
    call_command("load_edition", "2024-2025", "--in-force")
    return cast()


@pytest.fixture
def post(settings) -> Iterator[Post]:
    settings.MAIL_DOMAIN, settings.DEFAULT_FROM_EMAIL = "cordee.exemple.test", "Cordée <cordee@cordee.exemple.test>"
    with MailServer() as server:
        settings.MAILERS = server.mailers()
        yield Post(server)


@pytest.fixture
def comes(settings) -> Callable[[str], None]:
    """`comes("2025-02-04")`: that day has come."""

    def fix(text: str) -> None:
        settings.CLOCK = day(text)

    return fix
