"""The two commands on a machine where things are missing or only pretend to be there."""

import importlib
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / "bin"
BARE = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])


@pytest.fixture(autouse=True)
def launcher(monkeypatch):
    """The launcher is no package of the application: only these tests put it on the import path."""
    monkeypatch.syspath_prepend(str(BIN))
    for name in [name for name in os.environ if name.startswith(("CORDEE_", "PYENV", "UV"))]:
        monkeypatch.delenv(name)
    yield
    for name in [name for name in sys.modules if name.split(".")[0] == "launcher"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """An empty folder that is the whole PATH, in a home without anything."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


def part(name):
    return importlib.import_module(f"launcher.{name}")


def put(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def answering(version: str, sqlite: str = "[3, 45, 0]", usual: str = "true") -> str:
    """A script that answers the probe as a Python of this version would."""
    numbers = version.replace(".", ", ")
    return f"""echo '{{"version": [{numbers}], "sqlite": {sqlite}, "usual": {usual}}}'"""


SHIM = "echo 'pyenv: python3.13: command not found' >&2; exit 127"


def found_in(tmp_path, monkeypatch):
    """What the search finds, when neither the Python of the tests nor the real machine's folders count."""
    interpreters = part("interpreters")
    monkeypatch.setattr(interpreters.sys, "executable", str(tmp_path / "absent"))
    monkeypatch.setattr(interpreters, "INSTALLED", ("~/.pyenv/versions/3.*/bin/python3",))
    (tmp_path / "pyproject.toml").write_text('requires-python = ">=3.12,<3.15"\n')
    return interpreters.find(tmp_path)


def test_a_shim_that_fails_gives_way_to_the_python_that_runs(shelf, tmp_path, monkeypatch):
    put(shelf, "python3.13", SHIM)
    put(shelf, "python3", answering("3.11"))
    real = put(tmp_path / "home/.pyenv/versions/3.13.0/bin", "python3", answering("3.13"))
    assert found_in(tmp_path, monkeypatch) == (str(real), "3.13")


def test_the_same_name_further_along_the_path_is_tried_after_a_shim(shelf, tmp_path, monkeypatch):
    put(shelf, "python3.13", SHIM)
    real = put(tmp_path / "other", "python3.13", answering("3.13"))
    monkeypatch.setenv("PATH", f"{shelf}{os.pathsep}{real.parent}")
    assert found_in(tmp_path, monkeypatch).path == str(real)


def test_the_python_preferred_wins_over_newer_and_older_ones(shelf, tmp_path, monkeypatch):
    for version in ("3.12", "3.14", "3.15"):
        put(shelf, f"python{version}", answering(version))
    assert found_in(tmp_path, monkeypatch).version == "3.14"
    put(tmp_path / "home/.pyenv/versions/3.13.1/bin", "python3", answering("3.13"))
    assert found_in(tmp_path, monkeypatch).version == "3.13"


@pytest.mark.parametrize(
    "answer",
    [
        answering("3.11"),
        answering("3.15"),
        answering("3.13", sqlite="[3, 34, 1]"),
        answering("3.13", usual="false"),
        "echo nonsense",
        "kill -9 $$",
    ],
)
def test_a_python_that_does_not_do_is_not_taken(shelf, tmp_path, monkeypatch, answer):
    put(shelf, "python3.13", answer)
    assert found_in(tmp_path, monkeypatch) is None


def test_a_python_demanded_that_does_not_do_is_refused_and_not_passed_over(shelf, tmp_path, monkeypatch):
    put(shelf, "python3.13", answering("3.13"))
    monkeypatch.setenv("CORDEE_PYTHON", str(put(shelf, "mine", SHIM)))
    with pytest.raises(part("speech").Missing, match="ne convient pas"):
        found_in(tmp_path, monkeypatch)


def test_the_python_of_these_tests_passes_the_real_probe():
    interpreters = part("interpreters")
    found = interpreters.probe(sys.executable, *interpreters.versions_allowed(ROOT))
    assert found == (sys.executable, f"{sys.version_info.major}.{sys.version_info.minor}")


def test_pyenv_folders_are_read_as_numbers(tmp_path):
    for version in ("3.9.1", "3.13.0", "3.13.12"):
        put(tmp_path / version, "python3", "true")
    found = list(part("programs").matching(f"{tmp_path}/3.*/python3"))
    assert [Path(path).parent.name for path in found] == ["3.13.12", "3.13.0", "3.9.1"]


def test_a_uv_that_is_too_old_or_broken_is_passed_over(shelf, monkeypatch):
    environment = part("environment")
    monkeypatch.setattr(environment, "TOOLS", shelf.parent / "tools")
    put(shelf, "uv", "echo 'uv 0.8.22'")
    assert environment.find_uv() is None
    put(shelf.parent / "home/.cargo/bin", "uv", "exit 127")
    assert environment.find_uv() is None
    here = put(shelf.parent / "tools/uv/bin", "uv", "echo 'uv 0.13.9 (abc 2026-01-01)'")
    assert environment.find_uv() == str(here)


def test_without_uv_and_without_pip_the_way_to_get_it_is_named(shelf, monkeypatch):
    environment = part("environment")
    monkeypatch.setattr(environment.sys, "executable", str(put(shelf, "python3", SHIM)))
    with pytest.raises(part("speech").Missing) as refused:
        environment.install_uv(None)
    assert "pip" in refused.value.sentence
    assert "apt-get install python3-pip" in refused.value.way


def started(program: Path, *arguments: str, path: str = BARE, **env: str) -> subprocess.CompletedProcess:
    own = {"PATH": path, "HOME": "/nonexistent", **env}
    return subprocess.run(
        [str(program), *arguments], env=own, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.mark.parametrize("command", ["demo", "test", "check", "serve"])
def test_each_command_tells_its_usage_on_a_bare_path(command):
    told = started(BIN / command, "--help")
    assert told.returncode == 0, told.stderr
    assert f"bin/{command}" in told.stdout


def test_a_first_python_on_the_path_that_fails_does_not_stop_the_start(shelf):
    put(shelf, "python3", SHIM)
    put(shelf, "python3.13", f'exec "{sys.executable}" "$@"')
    told = started(BIN / "demo", "--help", path=f"{shelf}{os.pathsep}{BARE}")
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("command", ["demo", "test"])
def test_a_wrong_python_demanded_is_a_sentence_and_not_a_traceback(command, tmp_path):
    told = started(bare_copy(tmp_path) / "bin" / command, CORDEE_PYTHON="/bin/false")
    assert told.returncode == 1
    assert "CORDEE_PYTHON=/bin/false ne convient pas" in told.stderr
    assert "→ Corrigez CORDEE_PYTHON, ou retirez-la." in told.stderr
    assert "Traceback" not in told.stderr + told.stdout


def bare_copy(folder: Path) -> Path:
    """The project as just cloned, as far as the launcher reads it: no environment yet."""
    copy = folder / "clone"
    shutil.copytree(BIN, copy / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, copy)
    return copy


def test_what_a_program_reads_is_not_mixed_with_what_is_said_before(monkeypatch, capsys):
    entry, speech = part("entry"), part("speech")
    monkeypatch.setattr(entry.environment, "ensure", lambda *, dev: speech.say("Installation…") or sys.executable)
    monkeypatch.setattr(entry.os, "execv", lambda *_: None)
    entry.enter(["bench"])
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Installation…\n")
