"""`bin/bench`: what pages, marks and claims cost. JSON on stdout, progress on stderr, no judgement on time."""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from launcher import demo, packages, postgres, preparation, project, server, suite
from launcher.speech import Missing, say, seconds

AFTER_THE_YEAR = "2025-07-02"  # when every meeting has been held
RELAXED = "bench.relaxed_settings"
# What many do at once: its part of the report, and its name.
CROWDS = {"taps": ("marking", "saisie des présences"), "arrivals": ("check_in", "arrivées par code")}


@dataclass(frozen=True)
class Length:
    """How much is measured: requests a page, seconds of marking, attendances closed."""

    requests: int
    seconds: int
    closings: tuple[int, ...]


FULL = Length(requests=100, seconds=20, closings=(100_000, 1_000_000))
QUICK = Length(requests=10, seconds=3, closings=(100_000,))


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is thrown away is thrown away
    with redirect_stdout(sys.stderr):
        report = measured(QUICK if options.quick else FULL, without=options.without)
    print(json.dumps(report, indent=1))
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench", description="Mesure ce que coûtent pages, saisies et réclamations."
    )
    parser.add_argument("--quick", action="store_true", help="une minute de mesures au lieu de dix")
    parser.add_argument(
        "--without", action="append", choices=("postgresql",), default=[], help="laisser cette base de côté"
    )
    return parser.parse_args(arguments)


def measured(length: Length, *, without: Sequence[str]) -> dict[str, object]:
    """The whole report. Everything stands in a folder of its own, on the disk where data would be, and goes after."""
    databases = [name for name in ("sqlite", "postgresql") if name not in without]
    if "postgresql" in databases:
        packages.provide([suite.PARTS["postgresql"]], command="bin/bench")
    (project.ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=project.ROOT / "var"))
    bench = Bench(length)
    try:
        for name in databases:
            with ExitStack() as cleaning:
                database = Database.made(name, folder / name, cleaning)
                bench.measure(database)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return bench.report


@dataclass(frozen=True)
class Database:
    """A demonstration year of its own."""

    name: str
    env: dict[str, str]
    data: Path

    @classmethod
    def made(cls, name: str, data: Path, cleaning: ExitStack) -> Database:
        say(f"{name} : préparation…")
        env = demo.settings(data)
        if name == "postgresql":
            env["DATABASE_URL"] = cleaning.enter_context(postgres.throwaway_cluster(durable=True))
        preparation.prepare([step for step in preparation.DEMO if step.name != "people"], data, env)
        return cls(name, env, data)

    def run(self, *arguments: str, **settings: str) -> object:
        """Run a module of `bench` here; what it printed, read."""
        command = [sys.executable, "-m", *arguments]
        env = {**self.env, **settings}
        done = subprocess.run(command, cwd=project.ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        if done.returncode:
            raise Missing(f"La mesure {arguments[0]} n’a pas abouti : la raison est juste au-dessus.")
        return json.loads(done.stdout or "null")

    @contextmanager
    def served(self, **settings: str) -> Iterator[tuple[str, int]]:
        """The production server and its background worker: the address, and the process all others come from."""
        port, env = server.free_port(), {**self.env, **settings}
        with server.serving(port, env, self.data / "server.log", beside=(server.WORKER,)) as process:
            yield f"http://{server.HOST}:{port}", process.pid


@dataclass
class Bench:
    length: Length
    report: dict[str, object] = field(
        default_factory=lambda: {
            "pages": [], "marking": [], "check_in": [], "claims": [], "simulation": [], "mail": [], "feeds": [],
            "teams": [], "first_load": [], "startup_s": None, "memory_mb": None,
        }
    )  # fmt: skip

    def measure(self, database: Database) -> None:
        self.pages(database, scale=1)
        self.teams(database)
        self.told(database)
        say(f"{database.name} : dix fois plus…")
        database.run("bench.enlarge", "--times", "10")
        self.pages(database, scale=10)
        if database.name == "sqlite":
            self.server(database)
            self.crowded(database, "taps", "FULL")
            self.crowded(database, "arrivals", "FULL")
            self.crowded(database, "taps", "NORMAL", DJANGO_SETTINGS_MODULE=RELAXED)
        else:
            self.crowded(database, "taps", "on")
            self.crowded(database, "arrivals", "on")
        for attendances in self.length.closings:
            self.claims(database, attendances)

    def pages(self, database: Database, *, scale: int) -> None:
        say(f"{database.name} : pages, ×{scale}")
        found = database.run(
            "bench.pages", "--database", database.name, "--scale", str(scale), "--requests", str(self.length.requests)
        )
        self.report["pages"] += found["pages"]
        if not self.report["first_load"]:
            self.report["first_load"] = found["first_load"]

    def teams(self, database: Database) -> None:
        say(f"{database.name} : rapport de Teams")
        found = database.run("bench.teams", "--database", database.name, "--requests", str(self.length.requests))
        say(f"    lu en {found['read_ms']} ms, aperçu en {found['first_ms']} ms")
        self.report["teams"].append(found)

    def told(self, database: Database) -> None:
        """What reaches people: reminders by e-mail, and the feeds of their calendars."""
        say(f"{database.name} : courriels et calendriers")
        mail = database.run("bench.mail", "--database", database.name)
        feed = database.run("bench.feeds", "--database", database.name, "--requests", str(self.length.requests))
        say(f"    {mail['per_second']} courriels par seconde, flux de 500 rencontres {feed['median_ms']} ms")
        self.report["mail"].append(mail)
        self.report["feeds"].append(feed)

    def server(self, database: Database) -> None:
        """How long until it answers, and what it holds once it has served."""
        started = time.monotonic()
        with database.served() as (address, process):
            self.report["startup_s"] = round(time.monotonic() - started, 2)
            self.report["memory_mb"] = round(database.run("bench.memory", address, str(process)))
        say(f"Démarrage {seconds(self.report['startup_s'])}, mémoire {self.report['memory_mb']} Mo")

    def crowded(self, database: Database, what: str, synchronous: str, **settings: str) -> None:
        part, sentence = CROWDS[what]
        say(f"{database.name} : {sentence}, synchronous={synchronous}")
        length = ("--what", what, "--seconds", str(self.length.seconds))
        found = self.beside_server(database, "bench.crowded", synchronous, *length, **settings)
        say(f"    {found['per_second']} par seconde, p95 {found['p95_ms']} ms, {found['errors']} erreur(s)")
        self.report[part].append(found)

    def claims(self, database: Database, attendances: int) -> None:
        say(f"{database.name} : réclamations de {attendances} présences")
        database.run("bench.enlarge", "--marks", str(attendances))
        synchronous = "FULL" if database.name == "sqlite" else "on"
        found = self.beside_server(database, "bench.claims", synchronous, CORDEE_CLOCK=AFTER_THE_YEAR)
        say(f"    {found['claims'][0]['seconds']} s, {found['claims'][0]['peak_mb']} Mo")
        for name, rows in found.items():
            self.report[name] += rows
        self.simulation(database)

    def simulation(self, database: Database) -> None:
        """A scenario over the same attendances, once they have all been held."""
        found = database.run("bench.simulation", "--database", database.name, CORDEE_CLOCK=AFTER_THE_YEAR)
        say(f"    simulation : {found['seconds']} s en {found['steps']} étapes")
        self.report["simulation"].append(found)

    def beside_server(self, database: Database, module: str, synchronous: str, *options: str, **settings: str) -> dict:
        """Run a measure that talks to a production server of the same database and settings."""
        about = ("--database", database.name, "--synchronous", synchronous)
        with database.served(**settings) as (address, _process):
            return database.run(module, address, *about, *options, **settings)
