"""`bin/check`: what can be said of the code without running its tests, two steps at a time."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from launcher import project
from launcher.speech import say, seconds

TOGETHER = 2
RUFF, QUIETLY = ("-m", "ruff"), ("--quiet", "--output-format", "concise")
# What `check --deploy` judges: a production that is set as docs/operation.md says.
PRODUCTION = {
    "CORDEE_MODE": "production",
    "CORDEE_SECRET_KEY": "".join(chr(33 + number) for number in range(80)),
    "CORDEE_HOSTS": "cordee.exemple.org",
    "CORDEE_SMTP_HOST": "courriel.exemple.org",
}


@dataclass(frozen=True)
class Check:
    name: str
    arguments: tuple[str, ...]  # after `python`
    env: tuple[tuple[str, str], ...] = ()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/check", description="Style, types, contrats, migrations, gabarits, traductions."
    )
    parser.parse_args(arguments)
    return 1 if failures() else 0


def every_check() -> list[Check]:
    """The longest first, so that two cores finish together."""
    return [
        Check("types (mypy)", ("-m", "mypy", *strict_files())),
        Check("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
        Check("réglages", ("manage.py", "check", "--fail-level", "WARNING")),
        Check(
            "mise en service",
            ("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
            tuple(PRODUCTION.items()),
        ),
        Check(
            "contrats d’importation",
            ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
        ),
        Check("gabarits (djlint)", ("-m", "djlint", "cordee", "--lint", "--quiet")),
        Check("traductions", ("-m", "cordee.toolkit.catalogue", "check")),
        Check("style (ruff)", (*RUFF, "check", *QUIETLY, ".")),
        Check("mise en forme (ruff)", (*RUFF, "format", "--check", *QUIETLY, ".")),
    ]


def strict_files() -> list[str]:
    """The files of the modules that `pyproject.toml` wants strictly typed: each is a file or a folder."""
    import tomllib

    tool = tomllib.loads((project.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    modules = [
        name for override in tool["overrides"] if override.get("disallow_untyped_defs") for name in override["module"]
    ]
    bases = [module.removesuffix(".*").replace(".", "/") for module in modules]
    found = [
        path for base in bases for pattern in (f"{base}.py", f"{base}/**/*.py") for path in project.ROOT.glob(pattern)
    ]
    return sorted({str(path.relative_to(project.ROOT)) for path in found if "tests" not in path.parts})


def failures() -> list[str]:
    """Run every check, print each with its seconds as it ends; the names of those that failed."""
    with tempfile.TemporaryDirectory(prefix="cordee-check-") as folder, ThreadPoolExecutor(TOGETHER) as pool:
        env = project.settings("test", Path(folder))
        running = {pool.submit(outcome, check, env): check for check in every_check()}
        return [running[done].name for done in as_completed(running) if not told(running[done], *done.result())]


def outcome(check: Check, env: dict[str, str]) -> tuple[int, str, float]:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *check.arguments], cwd=project.ROOT, env={**env, **dict(check.env)}, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout, time.monotonic() - started


def told(check: Check, code: int, said: str, duration: float) -> bool:
    say(f"{'✗' if code else '✓'} {check.name} {seconds(duration)}")
    if code:
        say("".join(f"    {line}\n" for line in said.splitlines()), end="")
    return code == 0
