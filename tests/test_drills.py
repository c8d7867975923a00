"""The drills of `bin/drill`, short: after a kill all that was acknowledged is there; after a disk, all but a window."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 2.0
MOST_LOST_S = 10.0  # measured at about one second on a quiet machine


@pytest.fixture
def drills(monkeypatch):
    """The launcher is no package of the application: only these tests put it on the import path."""
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    yield importlib.import_module("launcher.drill").drills
    for name in [name for name in sys.modules if name.split(".")[0] == "launcher"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_what_was_acknowledged_is_found_again(drills, database, tmp_path):
    found = dict(drills(database, tmp_path, SECONDS))
    killed, disk = found["kill -9"], found["disque perdu"]
    assert killed["acknowledged"] > 20
    assert killed["lost"] == 0
    assert disk["acknowledged"] > 20
    assert disk["lost"] < disk["acknowledged"]
    assert disk["window_s"] < MOST_LOST_S
