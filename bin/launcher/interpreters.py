"""Finding a Python that the project can use, by running each candidate."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from launcher import programs
from launcher.speech import Missing

Version = tuple[int, int]
PREFERRED = ("3.13", "3.14", "3.12")
SQLITE_NEEDED = (3, 37)
PROBE = """
import ctypes, json, lzma, platform, sqlite3, ssl, sys, sysconfig
sqlite3.connect(":memory:").execute("create virtual table t using fts5(x)")
print(json.dumps({
    "version": list(sys.version_info[:2]),
    "sqlite": list(sqlite3.sqlite_version_info),
    "usual": platform.python_implementation() == "CPython" and sys.maxsize > 2**32
             and not sysconfig.get_config_var("Py_GIL_DISABLED"),
}))
"""
# Where version managers and installers put interpreters, whether or not their names stand on PATH.
INSTALLED = (
    "~/.pyenv/versions/3.*/bin/python3",
    "~/.local/share/uv/python/cpython-3.*/bin/python3",
    "~/.asdf/installs/python/3.*/bin/python3",
    "~/.local/share/mise/installs/python/3.*/bin/python3",
    "/opt/python*/bin/python3",
    "/opt/homebrew/bin/python3.*",
    "/usr/local/bin/python3.*",
    "/Library/Frameworks/Python.framework/Versions/3.*/bin/python3",
)


class Interpreter(NamedTuple):
    """A Python that ran: its path, and its version as `"3.13"`."""

    path: str
    version: str


def find(root: Path) -> Interpreter | None:
    """The best Python on this machine for the project in `root`, or None when uv has to bring one.

    `CORDEE_PYTHON` decides when it is set: it is refused when it does not do, never passed over.
    """
    first, after = versions_allowed(root)
    chosen = os.environ.get("CORDEE_PYTHON")
    if chosen:
        return demanded(chosen, first, after)
    found: dict[str, Interpreter] = {}
    for path in candidates(root):
        interpreter = probe(path, first, after)
        if interpreter and interpreter.version == PREFERRED[0]:
            return interpreter
        if interpreter:
            found.setdefault(interpreter.version, interpreter)
    return next((found[version] for version in PREFERRED if version in found), None)


def versions_allowed(root: Path) -> tuple[Version, Version]:
    """The first version that does and the first that does not, read without TOML: 3.9 has no reader."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    match = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"', text, re.MULTILINE)
    if not match:
        raise Missing("pyproject.toml ne dit plus entre quelles versions de Python choisir (requires-python).")
    return (3, int(match[1])), (3, int(match[2]))


def demanded(path: str, first: Version, after: Version) -> Interpreter:
    interpreter = probe(path, first, after)
    if interpreter is None:
        raise Missing(
            f"CORDEE_PYTHON={path} ne convient pas : il faut un CPython 3.{first[1]} à 3.{after[1] - 1} "
            "complet (ssl, lzma, ctypes, SQLite avec FTS5).",
            "Corrigez CORDEE_PYTHON, ou retirez-la.",
        )
    return interpreter


def probe(path: str, first: Version, after: Version) -> Interpreter | None:
    """Run the candidate; None when it fails, hangs, is too old or too new, or lacks a module that we need."""
    try:
        facts = json.loads(programs.output([path, "-I", "-c", PROBE]) or "")
    except ValueError:
        return None
    version = tuple(facts["version"])
    if not (first <= version < after and tuple(facts["sqlite"]) >= SQLITE_NEEDED and facts["usual"]):
        return None
    return Interpreter(path, f"{version[0]}.{version[1]}")


def candidates(root: Path) -> Iterator[str]:
    """Each interpreter once, the likeliest first; nothing is run here."""
    seen = set()
    for path in everywhere(root):
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path


def everywhere(root: Path) -> Iterator[str]:
    yield sys.executable
    yield from made_with(root)
    yield from programs.named(*(f"python{version}" for version in PREFERRED), "python3", "python")
    if os.environ.get("PYENV_ROOT"):
        yield from programs.matching(f"{os.environ['PYENV_ROOT']}/versions/3.*/bin/python3")
    yield from programs.matching(*INSTALLED)


def made_with(root: Path) -> list[str]:
    """The Python that made the present `.venv`: keeping it spares making the environment again."""
    try:
        text = (root / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return []
    return [str(Path(folder) / "python3") for folder in re.findall(r"^home = (.+)$", text, re.MULTILINE)]
