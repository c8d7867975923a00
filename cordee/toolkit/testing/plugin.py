"""The pytest plugin of the house: traps that catch whole classes of mistakes, and what tests share."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from cordee.toolkit.testing import traps


def pytest_addoption(parser):
    """Committed tables are rewritten on purpose only, and their difference is read before it is committed."""
    parser.addoption(
        "--rewrite", action="store_true", help="rewrite tests/access.json and tests/query_counts.json as they are now"
    )


@pytest.fixture(autouse=True, scope="session")
def _catalogues():
    """English pages are tested too: the compiled catalogues must be there."""
    from cordee.toolkit.catalogue import compile_all

    compile_all()
    # WhiteNoise warns of an absent folder, and warnings are errors.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True, scope="session")
def _flush():
    traps.let_sqlite_flush_frozen_tables()


@pytest.fixture(autouse=True)
def _traps(monkeypatch):
    monkeypatch.setattr(settings, "CLOCK", None)
    traps.undefined_variables_are_errors(monkeypatch)
    traps.unordered_rows_come_shuffled(monkeypatch)
    traps.instants_are_not_days(monkeypatch)
    traps.pages_keep_the_rules(monkeypatch)
    traps.no_network(monkeypatch)


@pytest.fixture(autouse=True)
def _each_test_speaks_french():
    """A page asked for in English leaves its language to the thread, hence to the next test."""
    with override("fr"):
        yield


@pytest.fixture
def clock(monkeypatch):
    """Fix the day: `clock(date(2025, 1, 20))`."""

    def fix(day):
        monkeypatch.setattr(settings, "CLOCK", day)

    return fix


@pytest.fixture(autouse=True)
def _files_stay_in_the_test(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(Path(tmp_path) / "files")},
        },
    }
