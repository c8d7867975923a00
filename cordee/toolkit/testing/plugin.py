"""The pytest plugin of the house: traps that catch whole classes of mistakes, and what tests share."""

import gc
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils.translation import override

from cordee.toolkit.testing import traps, worlds

# What pytest-django gives a database by: any of its fixtures asks for the first, but a live server, which asks late.
DATABASE = {"django_db_setup", "live_server"}
ONE_MARK = {"browser", "every_page"}
FOLDERS = count(1)


def pytest_addoption(parser):
    """Committed tables are rewritten on purpose only, and their difference is read before it is committed."""
    parser.addoption(
        "--rewrite", action="store_true", help="rewrite tests/access.json and tests/query_counts.json as they are now"
    )


def asks_for_a_database(item):
    """Whether the test says, by its mark or by its fixtures, that it speaks to one."""
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)


def pytest_ignore_collect(collection_path, config):
    """A run that starts from one mark opens only the files that bear it: to open them all takes seconds of each run."""
    mark = config.option.markexpr.partition(" ")[0]
    if mark in ONE_MARK and collection_path.suffix == ".py":
        return f"mark.{mark}" not in collection_path.read_text(encoding="utf-8") or None
    return None


def pytest_collection_finish(session):
    """What is loaded by now stays until the end: looking through it again and again for garbage finds none.

    Of what comes after, to look five times less often costs half the time, and fifty megabytes at most.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    return with_room_for_calls(session.config.pluginmanager.get_plugin("main").pytest_runtestloop, session)


def with_room_for_calls(call, *given):
    """Python keeps the frames of calls in pieces of 16 KB, and gives one back as soon as a call returns from it.

    Whatever is called again and again at the end of a piece asks the system for memory each time: up to a sixth of the
    processor goes there. This frame is larger than that, so that all below it stand in one piece of 512 KB.
    """
    return call(*given)


with_room_for_calls.__code__ = with_room_for_calls.__code__.replace(co_stacksize=40_000)


def pytest_collection_modifyitems(config, items):
    """What speaks to no database answers alike on both: SQLite's run tries it, PostgreSQL's need not again."""
    if connection.vendor == "postgresql":
        alike = {
            item
            for item in items
            if item.get_closest_marker("above_the_database")
            or not (asks_for_a_database(item) or item.get_closest_marker("postgresql"))
        }
        config.hook.pytest_deselected(items=[item for item in items if item in alike])
        items[:] = [item for item in items if item not in alike]
    worlds.put_together(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    worlds.leave(item)


@pytest.fixture(autouse=True)
def _who_touches_the_database_says_so(request, django_db_blocker):
    """Or a test would be left out on PostgreSQL that says something of it."""
    if asks_for_a_database(request.node):
        yield
        return
    with django_db_blocker.block():
        yield
    assert DATABASE.isdisjoint(request.fixturenames), "a database asked for late: name its fixture in the signature"


@pytest.fixture(autouse=True, scope="session")
def _catalogues():
    """English pages are tested too: the compiled catalogues must be there."""
    from cordee.toolkit.catalogue import compile_all

    compile_all()
    # WhiteNoise warns of an absent folder, and warnings are errors.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """A database thrown away waits for no disk: what SQLite keeps when the power goes is not tried here."""
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(autouse=True, scope="session")
def _flush():
    traps.let_sqlite_flush_frozen_tables()
    traps.let_nothing_follow_a_flush()


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
def _files_stay_in_the_test(settings, tmp_path_factory):
    """In a folder that whoever keeps a file makes: few do, and to make and remove thousands takes seconds."""
    folder = tmp_path_factory.getbasetemp() / f"files-{next(FOLDERS)}"
    settings.STORAGES = worlds.stored_in(folder)
    return folder


@pytest.fixture
def _worlds(request, tmp_path_factory, _traps, _each_test_speaks_french, _files_stay_in_the_test):
    """The worlds a test names (see `worlds.py`), made as it would make them."""
    return worlds.stand(request.node, _files_stay_in_the_test, lambda: tmp_path_factory.mktemp("world"))


@pytest.fixture
def _django_db_helper(_worlds, _django_db_helper):
    """The savepoint of a test is inside the transactions of its worlds."""
