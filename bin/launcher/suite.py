"""`bin/test`: everything, from a bare machine: checks, tests on SQLite and PostgreSQL, then in a browser."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launcher import browser, checks, packages, postgres, preparation, project
from launcher.speech import say

NOTHING_COLLECTED = 5  # pytest's own status
# How nice a run is: who waits for what a person would see goes first, then the one that is alone with its database.
IN_BROWSER, ALONE, IN_HALVES = 0, 5, 10
# Where Django looks for what a run before left (`TEST` of the settings), with --reuse-db.
TEST_DATABASE = "test.sqlite3"
# Name, title and folders: as long as one another.
WHOLE = (("sqlite", "Tests sur SQLite"),)
HALVES = (("sqlite", "Chaque application, sur SQLite", "cordee"), ("house", "Toute la maison, sur SQLite", "tests"))
PARTS = {
    "postgresql": packages.Part(
        "un serveur PostgreSQL 15 ou plus récent", postgres.find, "postgresql", "postgresql", "--without postgresql"
    ),
    "browser": packages.Part("Chromium", browser.find, "chromium-headless-shell", "chromium", "--without browser"),
}


@dataclass
class Run:
    """One pytest process: its title, what it takes (`-m`, in which folders), on what, where it writes, how it ended."""

    title: str
    marks: str
    env: dict[str, str]
    log: Path
    nice: int = 0
    options: tuple[str, ...] = ()
    process: subprocess.Popen | None = None
    code: int = 0

    def start(self, selection: Sequence[str], cleaning: ExitStack) -> None:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-m",
            self.marks,
            "-o",
            f"cache_dir=.pytest_cache/{self.log.stem}",
            *selection,
            *self.options,
        ]
        command += ["--color=yes"] if sys.stdout.isatty() else []
        file = cleaning.enter_context(self.log.open("w", encoding="utf-8"))
        self.process = subprocess.Popen(
            command, cwd=project.ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            preexec_fn=partial(os.nice, self.nice),
        )  # fmt: skip
        cleaning.callback(self.end)

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def tell(self) -> None:
        """Print what the run writes, as it writes it, until it ends."""
        say(f"\n— {self.title}")
        with self.log.open(encoding="utf-8", errors="replace") as file:
            while True:
                ended = self.process.poll() is not None  # asked before reading: nothing written is missed
                say(file.read(), end="")
                if ended:
                    break
                time.sleep(0.1)
        self.code = self.process.returncode


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is thrown away is thrown away
    parts = [part for part in PARTS if part not in options.without]
    packages.provide([PARTS[part] for part in parts])
    with tempfile.TemporaryDirectory(prefix="cordee-test-") as folder, ExitStack() as cleaning:
        env = project.settings("test", Path(folder), CORDEE_MIGRATED=f"{folder}/{preparation.DATABASE}")
        preparation.prepare((preparation.CATALOGUE, preparation.EMPTY), Path(folder), env)
        failed = [] if options.keyword else checks.failures()
        runs = plan(parts, Path(folder), env, cleaning, WHOLE if options.keyword else HALVES)
        if options.keyword:
            return part(runs, selection(options.keyword), cleaning)
        return whole(runs, failed, cleaning)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/test", description="Prépare et lance toutes les vérifications et tous les tests."
    )
    parser.add_argument(
        "keyword", nargs="?", help="une partie : un chemin, ou un mot des noms de tests (comme pytest -k)"
    )
    parser.add_argument(
        "--without", action="append", choices=tuple(PARTS), default=[], help="laisser cette partie de côté"
    )
    return parser.parse_args(arguments)


def selection(keyword: str) -> list[str]:
    return [keyword] if (project.ROOT / keyword.partition("::")[0]).exists() else ["-k", keyword]


def plan(
    parts: Sequence[str], folder: Path, env: dict[str, str], cleaning: ExitStack, on_sqlite: Sequence[tuple[str, ...]]
) -> list[Run]:
    """The runs, as they are told; `cleaning` stops the PostgreSQL started here."""

    def run(name: str, title: str, marks: str, nice: int, *options: str, **others: str) -> Run:
        data = folder / name
        (data / "static").mkdir(parents=True)  # WhiteNoise warns of a folder that is not there, and warnings fail
        return Run(title, marks, {**env, "CORDEE_DATA": str(data), **others}, folder / f"{name}.log", nice, options)

    def on_a_copy(name: str, title: str, marks: str, nice: int, *options: str, **others: str) -> Run:
        """Migrations take six seconds of each run: they were carried out once."""
        made = run(name, title, marks, nice, "--reuse-db", *options, **others)
        shutil.copyfile(folder / preparation.DATABASE, folder / name / TEST_DATABASE)
        return made

    ordinary = "not browser and not postgresql"
    runs = [on_a_copy(name, title, ordinary, IN_HALVES, *folders) for name, title, *folders in on_sqlite]
    if "postgresql" in parts:
        address = cleaning.enter_context(postgres.throwaway_cluster())
        runs.append(run("postgresql", "Tests sur PostgreSQL", "not browser", ALONE, DATABASE_URL=address))
    if "browser" in parts:
        chromium = {"CORDEE_CHROMIUM": str(browser.find())}
        runs.append(on_a_copy("browser", "Gestes dans Chromium", "browser and not every_page", IN_BROWSER, **chromium))
        runs.append(on_a_copy("pages", "Chaque page dans Chromium", "every_page", IN_BROWSER, **chromium))
    return runs


def whole(runs: Sequence[Run], failed: list[str], cleaning: ExitStack) -> int:
    """All at once: what waits for a browser or a process leaves its core to the others. The last words are pytest's."""
    for run in runs:
        run.start([], cleaning)
    for run in runs:
        if failed and run is runs[-1]:
            say(f"\nDéjà en échec : {', '.join(failed)}.")
        run.tell()
        failed += [run.title] if run.code else []
    return 1 if failed else 0


def part(runs: Sequence[Run], chosen: Sequence[str], cleaning: ExitStack) -> int:
    """A selection may be empty in one run, not in all; empty runs are not told."""
    for run in runs:
        run.start(chosen, cleaning)
    for run in runs:
        run.code = run.process.wait()
    told = [run for run in runs if run.code != NOTHING_COLLECTED]
    if not told:
        say("Aucun test ne porte ce nom.")
        told = list(runs[-1:])
    for run in told:
        run.tell()
    return 1 if any(run.code for run in told) else 0
