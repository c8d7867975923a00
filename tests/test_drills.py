"""The drills of `bin/drill`, short: after a kill all that was acknowledged is there; after a disk, all but a window."""

import importlib
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from bench.volume import make_volume
from cordee.people.models import Person
from cordee.toolkit.testing.processes import copy_migrated, database_of_the_test

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 2.0
SECONDS_COPIED = 3.0  # Litestream copies each second, or two where it waits for a core
MOST_LOST_S = 10.0  # measured at about one second on a quiet machine


@pytest.fixture
def drill(monkeypatch):
    """The launcher is no package of the application: only these tests put it on the import path."""
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    yield importlib.import_module("launcher.drill")
    for name in [name for name in sys.modules if name.split(".")[0] == "launcher"]:
        monkeypatch.delitem(sys.modules, name)


def finds_what_was_acknowledged(found):
    killed, disk = found["kill -9"], found["disque perdu"]
    assert killed["acknowledged"] > 20
    assert killed["lost"] == 0
    assert disk["acknowledged"] > 20
    assert disk["lost"] < disk["acknowledged"]
    assert disk["window_s"] < MOST_LOST_S


def test_what_was_acknowledged_is_found_again_on_sqlite(drill, tmp_path):
    """On the demonstration year, loaded as `bin/drill` loads it."""

    def prepare(house):
        copy_migrated(Path(house.env["CORDEE_DATA"]) / drill.preparation.DATABASE)
        drill.load_the_demonstration(house, [step for step in drill.STEPS if step.name != "database"])

    finds_what_was_acknowledged(dict(drill.drills("sqlite", tmp_path, SECONDS_COPIED, prepare)))


@pytest.mark.postgresql
def test_what_was_acknowledged_is_found_again_on_postgresql(drill, transactional_db, tmp_path):
    """On a small year of people with an address: to migrate and to load on one more server takes ten seconds."""
    make_volume(1000)
    for person in Person.objects.all():
        person.email = f"personne{person.pk}@exemple.test"
        person.save(update_fields=["email"])
    copy = partial(copied, drill.suite.postgres.find(), database_of_the_test(tmp_path))
    finds_what_was_acknowledged(dict(drill.drills("postgresql", tmp_path, SECONDS, copy)))


def copied(programs, database, house):
    dump = subprocess.run([programs / "pg_dump", database], check=True, capture_output=True).stdout
    command = [programs / "psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    subprocess.run([*command, house.env["DATABASE_URL"]], input=dump, check=True, capture_output=True)
