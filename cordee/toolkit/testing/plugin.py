"""The pytest plugin of the house: traps that catch whole classes of mistakes, and what tests share."""

import pytest
from django.conf import settings

from cordee.toolkit.testing import traps


@pytest.fixture(autouse=True, scope="session")
def _traps_for_the_session():
    traps.let_sqlite_flush_frozen_tables()


@pytest.fixture(autouse=True)
def _traps(monkeypatch, request):
    monkeypatch.setattr(settings, "CLOCK", None)
    traps.undefined_variables_are_errors(monkeypatch)
