"""What must be ready before serving, as a list of steps: what has not changed is not done again."""

from __future__ import annotations

import fcntl
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import project
from launcher.speech import say, seconds

STAMPS = "prepared.json"
DATABASE = "cordee.sqlite3"
PEOPLE = "people.txt"
MIGRATIONS = ("cordee/**/migrations/*.py", "uv.lock")
# What the demonstration is made of: the reviewed data of each app, and the invented year.
DEMO_DATA = (
    *("cordee/*/data/**/*", "cordee/reference/editions/*"),
    *("cordee/home/demo/**/*", "cordee/*/management/commands/*demo*.py"),
)


@dataclass(frozen=True)
class Step:
    """One command, what it reads (globs from the root) and the file it leaves in the data folder."""

    name: str
    sentence: str
    arguments: tuple[str, ...]
    inputs: tuple[str, ...]
    product: str = ""
    keeps: str = ""  # file of the data folder that keeps what the command prints

    def fingerprint(self) -> str:
        digest = hashlib.sha256(repr(self.arguments).encode())
        for path in self.files():
            digest.update(f"{path.relative_to(project.ROOT)}\0".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def files(self) -> list[Path]:
        found = {path for pattern in self.inputs for path in project.ROOT.glob(pattern)}
        return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)

    def is_gone(self, data: Path) -> bool:
        return any(name and not (data / name).exists() for name in (self.product, self.keeps))


CATALOGUE = Step(
    "catalogue",
    "Traductions",
    ("-m", "cordee.toolkit.catalogue", "compile"),
    ("cordee/locale/**/*.po", "cordee/locale/**/*.mo", "cordee/toolkit/catalogue.py"),
)
STATIC = Step(
    "static",
    "Fichiers statiques",
    ("manage.py", "collectstatic", "--noinput", "--verbosity=0"),
    ("cordee/**/static/**/*", "cordee/toolkit/stylesheet.py", "uv.lock"),
    product="static/staticfiles.json",
)
EMPTY = Step(
    "database",
    "Base de données",
    ("manage.py", "migrate", "--noinput", "--verbosity=0"),
    MIGRATIONS,
    DATABASE,
)
DEMO = (
    CATALOGUE,
    EMPTY,
    Step("demo", "Année 2024-2025", ("manage.py", "load_demo"), DEMO_DATA, DATABASE),
    Step(
        "people",
        "Personnes que l’on peut être",
        ("manage.py", "demo_people"),
        DEMO_DATA,
        DATABASE,
        keeps=PEOPLE,
    ),
    STATIC,
)


def prepare(steps: Sequence[Step], data: Path, env: dict[str, str]) -> None:
    """Do the steps that are out of date, in order, one launcher at a time."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "preparation.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        catch_up(steps, data, env)


def catch_up(steps: Sequence[Step], data: Path, env: dict[str, str]) -> None:
    """Each step is remembered as soon as it is done: what was interrupted is taken up where it stood."""
    stamps = read_stamps(data)
    late = [step for step in steps if step.is_gone(data) or stamps.get(step.name) != step.fingerprint()]
    for step in late:
        say(f"  {step.sentence}…", end="")
        started = time.monotonic()
        try:
            printed = project.run(step.arguments, env, data / "preparation.log")
        finally:
            say(f" {seconds(time.monotonic() - started)}")
        if step.keeps:
            (data / step.keeps).write_text(printed, encoding="utf-8")
        stamps[step.name] = step.fingerprint()  # taken after: a step may have written what it also reads
        (data / STAMPS).write_text(json.dumps(stamps, indent=1), encoding="utf-8")


def read_stamps(data: Path) -> dict[str, str]:
    try:
        return dict(json.loads((data / STAMPS).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
