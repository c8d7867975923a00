"""A world that many tests start from is made once, as Django’s `setUpTestData` makes it for a class.

    @kept
    def world():
        return factory.world()

    @kept(clock=MARCH)
    def draft(world):
        return drafts.draft(world.alice)

makes the fixtures one would think, `db` and the clock included. Tests that name the same worlds run one after the
other, above transactions that hold the rows; each has a savepoint of its own and copies of the objects, so that nobody
sees what another did. `year = kept(lived)` in two files is one world.

- A test finds in its database the worlds it names, and no other.
- A test with transactions of its own has its world made for itself, as by any fixture; so it needs no second one.
- A world is made of kept worlds alone: what a test brings, its `client`, its `settings`, is gone before the next test.
- It is made under the traps of the house, at `clock`, which stands for the test too. Each test has its own copy of the
  files it stored. A mail is refused: only its first test would find it.
- A lambda is not copied: what it holds would be everybody’s. Keep methods in a world, or nothing.
- `shared=True` gives all tests the object as it was made: for thousands of rows that tests only read.
"""

import inspect
import os
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copy2, copytree
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import TestCase, override_settings
from pytest_django.fixtures import validate_django_db
from pytest_django.plugin import blocking_manager_key

ASKED = ("request", "_worlds", "db", "settings")


@dataclass(frozen=True)
class World:
    """How it is made; two that are made alike, upon the same, are one."""

    make: Callable[..., Any]
    clock: date | None = None
    shared: bool = False
    under: tuple["World", ...] = ()


@dataclass
class Level:
    """One world above another: what takes its rows back, and what all of them had made once it stood."""

    atomics: dict[str, Any]
    files: Path
    objects: dict[World, Any] = field(default_factory=dict)


class Standing:
    """The worlds whose rows are in the database now, each in a transaction inside that of the one before."""

    def __init__(self, new_folder: Callable[[], Path]) -> None:
        self.new_folder = new_folder
        self.chain: tuple[World, ...] = ()
        self.levels: list[Level] = []
        self.broken: dict[World, BaseException] = {}

    def leave(self, chain: tuple[World, ...] = ()) -> None:
        """Take back what those of `chain` do not begin with."""
        while self.chain != chain[: len(self.chain)]:
            self.chain = self.chain[:-1]
            TestCase._rollback_atomics(self.levels.pop().atomics)

    def stand(self, chain: tuple[World, ...], folder: Path) -> dict[World, Any]:
        """Have these worlds in the database, and no other; gives copies of their objects, and of their files."""
        self.leave(chain)
        for world in chain[len(self.chain) :]:
            if world in self.broken:
                raise self.broken[world]
            below = self.chain
            try:
                self._make(world)
            except Exception as error:
                self.broken[world] = error
                self.leave(below)
                raise
        return self._copies(self.levels, folder)

    def _make(self, world: World) -> None:
        """Those below are copied too: what its maker does to them is for those who name this one."""
        level = Level(TestCase._enter_atomics(), self.new_folder())
        self.chain, self.levels = (*self.chain, world), [*self.levels, level]
        level.objects = self._copies(self.levels[:-1], level.files)
        clocks = [one.clock for one in self.chain if one.clock]
        sent = len(mail.outbox)
        with override_settings(CLOCK=clocks[-1] if clocks else None, STORAGES=stored_in(level.files)):
            level.objects[world] = world.make(*(level.objects[one] for one in world.under))
        assert len(mail.outbox) == sent, "a kept world sends no mail: only its first test would find it"
        # What PostgreSQL has deferred would be checked in each test again.
        connection.check_constraints()

    @staticmethod
    def _copies(levels: list[Level], folder: Path) -> dict[World, Any]:
        if not levels:
            return {}
        objects = levels[-1].objects
        if any(levels[-1].files.iterdir()):
            only_read = all(world.shared for world in objects)
            copytree(levels[-1].files, folder, dirs_exist_ok=True, copy_function=os.link if only_read else copy2)
        # Worlds are keys, and what is shared stays as it is; one memo, so that what two worlds share they still share.
        left = [*objects, *(made for world, made in objects.items() if world.shared)]
        return deepcopy(objects, {id(one): one for one in left})


def stored_in(folder: Path) -> dict[str, Any]:
    """The settings that have files stored there."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    return {**settings.STORAGES, "default": files}


def kept(make: Callable[..., Any] | None = None, /, *, clock: date | None = None, shared: bool = False) -> Any:
    """A fixture that gives what `make` makes of the worlds its parameters name."""
    if make is None:
        return partial(kept, clock=clock, shared=shared)
    given = inspect.signature(make).parameters.values()
    under = [parameter.name for parameter in given if parameter.default is parameter.empty]

    def give(**asked: Any) -> Any:
        if clock:
            asked["settings"].CLOCK = clock
        name, standing = asked["request"].fixturename, asked["_worlds"]
        return standing[name] if name in standing else make(*(asked[one] for one in under))

    asked = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in (*ASKED, *under)]
    give.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined]
    give.kept = partial(World, make, clock, shared), under  # type: ignore[attr-defined]
    return pytest.fixture(give)


def worlds_of(item: pytest.Item) -> dict[str, World]:
    """Those a test names, by the name of their fixtures, each after those it builds on."""
    found: dict[str, World] = {}
    if not _has_transactions_of_its_own(item):
        for name in getattr(item, "fixturenames", ()):
            if _kept(item, name):
                _find(item, name, found)
    return found


def _find(item: pytest.Item, name: str, found: dict[str, World]) -> World:
    if name not in found:
        definition = _kept(item, name)
        if definition is None:
            raise pytest.UsageError(f"{item.nodeid}: a kept world is made of kept worlds, and `{name}` is none")
        world, under = definition
        below = tuple(_find(item, one, found) for one in under)
        found[name] = world(below)
    return found[name]


def _kept(item: pytest.Item, name: str) -> Any:
    definitions = item._fixtureinfo.name2fixturedefs.get(name)  # type: ignore[attr-defined]
    return getattr(definitions[-1].func, "kept", None) if definitions else None


def _has_transactions_of_its_own(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & {"transactional_db", "live_server"}) or (mark is not None and validate_django_db(mark)[0])


def chain_of(item: pytest.Item) -> tuple[World, ...]:
    return tuple(dict.fromkeys(worlds_of(item).values()))


def put_together(items: list[pytest.Item]) -> None:
    """Those that name a world go first, one world after the other; the rest stay in their order."""
    chains = {item: chain_of(item) for item in items}
    rank: dict[World, int] = {}
    for item, chain in chains.items():
        for world in chain:
            rank.setdefault(world, len(rank))
        if chain:
            _refuse_what_writes_wider(item)
    items.sort(key=lambda item: (not chains[item], [rank[world] for world in chains[item]]))


def _refuse_what_writes_wider(item: pytest.Item) -> None:
    """Made once too, it would be inside the transaction of the worlds or outside, as the tests happen to come."""
    for definitions in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]
        writes = definitions[-1]
        if writes.scope != "function" and "django_db_setup" in writes.argnames:
            raise pytest.UsageError(f"{item.nodeid}: it names a kept world and `{writes.argname}`; keep that one too")


STANDING = pytest.StashKey[Standing]()


def leave(item: pytest.Item) -> None:
    """Take back what this test does not begin with, before a fixture of a wider scope writes for it."""
    if standing := item.session.stash.get(STANDING, None):
        with item.config.stash[blocking_manager_key].unblock():
            standing.leave(chain_of(item))


def stand(item: pytest.Item, folder: Path, new_folder: Callable[[], Path]) -> dict[str, Any]:
    """The objects of the worlds a test names; their rows are in the database, and their files in that folder."""
    named, chain = worlds_of(item), chain_of(item)
    if not chain:
        return {}
    stash = item.session.stash
    if STANDING not in stash:
        stash[STANDING] = Standing(new_folder)
        item.session.addfinalizer(partial(_leave_all, item))
    with item.config.stash[blocking_manager_key].unblock():
        copies = stash[STANDING].stand(chain, folder)
    return {name: copies[world] for name, world in named.items()}


def _leave_all(item: pytest.Item) -> None:
    with item.config.stash[blocking_manager_key].unblock():
        item.session.stash[STANDING].leave()
