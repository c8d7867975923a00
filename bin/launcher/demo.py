"""`bin/demo`: the demonstration year on this machine, ready to be used or checked from end to end."""

from __future__ import annotations

import argparse
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launcher import preparation, project, server
from launcher.speech import Missing, complain, say

DATA = project.ROOT / "var" / "demo"
DAY = "2025-01-20"
PORT = 8000
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    for name in STOPS:  # also when a script started us in the background, where Ctrl-C is ignored
        signal.signal(name, interrupted)
    return check() if options.check else show(options)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/demo", description="Sert l’année de démonstration (données inventées) sur cette machine."
    )
    parser.add_argument("--port", type=int, help=f"port à servir ({PORT} si rien n’est dit)")
    parser.add_argument("--reset", action="store_true", help="efface ce qui a été fait et recharge l’année")
    parser.add_argument(
        "--check", action="store_true", help="parcourt le travail principal, dit ce qu’il a vu, s’arrête"
    )
    return parser.parse_args(arguments)


def interrupted(*_: object) -> None:
    for name in STOPS:  # the stop itself is bounded: a second Ctrl-C must not leave a server behind
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


def show(options: argparse.Namespace) -> int:
    """Prepare what changed, serve until interrupted."""
    port = choose_port(options.port)
    with in_use(reset=options.reset):
        env = settings(DATA) | {"CORDEE_PUBLIC_ADDRESS": f"http://{server.HOST}:{port}"}
        say("Cordée, démonstration (données inventées) : préparation…")
        preparation.prepare(preparation.DEMO, DATA, env)
        try:
            with server.serving(port, env, DATA / "server.log", beside=(server.WORKER,)) as process:
                welcome(port)
                process.wait()
        except KeyboardInterrupt:
            say("\nLa démonstration est arrêtée.")
            return 0
    raise Missing("Le serveur s’est arrêté de lui-même.", f"Ce qu’il a dit : {project.shown(DATA / 'server.log')}")


def choose_port(wanted: int | None) -> int:
    """The port asked for; the usual one gives way to the next free one, with a word."""
    port = wanted or PORT
    if not 1 <= port <= 65535:
        raise Missing(f"Le port {port} n’existe pas.", "Choisissez entre 1024 et 65535, par exemple --port 8080.")
    if server.is_free(port):
        return port
    other = server.free_port(after=port)
    if wanted:
        raise Missing(f"Le port {port} est déjà pris ou réservé.", f"Un autre est libre : bin/demo --port {other}")
    say(f"Le port {port} est déjà pris (une autre démonstration ?) : celle-ci prend le {other}.")
    return other


@contextmanager
def in_use(*, reset: bool) -> Iterator[None]:
    """Hold the data folder: several may serve it, only one that is alone may empty it."""
    DATA.mkdir(parents=True, exist_ok=True)
    with (DATA.parent / "demo.lock").open("w") as lock:
        if reset:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Missing(
                    "Une démonstration tourne sur ces données.", "Arrêtez-la (Ctrl-C), puis relancez --reset."
                ) from None
            shutil.rmtree(DATA)
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def settings(data: Path) -> dict[str, str]:
    data.mkdir(parents=True, exist_ok=True)
    return project.settings("demo", data, CORDEE_CLOCK=DAY, CORDEE_SECRET_KEY=secret_of(data))


def secret_of(data: Path) -> str:
    """Random, made once, for its owner only: sessions outlive a restart and nobody else can forge one."""
    path = data / "secret"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="utf-8").strip()


def welcome(port: int) -> None:
    say(f"\nOuvrez http://{server.HOST}:{port}/ (Ctrl-C pour arrêter). On peut y être :")
    for line in (DATA / preparation.PEOPLE).read_text(encoding="utf-8").splitlines():
        say(f"  {line}")


def check() -> int:
    """The whole on fresh data and a free port: 0 when the main job went through, 1 when not."""
    data = Path(tempfile.mkdtemp(prefix="cordee-check-"))
    try:
        env = settings(data)
        say("Cordée, vérification de la démonstration sur des données neuves :")
        preparation.prepare(preparation.DEMO, data, env)
        return walk(server.free_port(), env, data / "server.log")
    except Missing as problem:  # before the folder goes, since it holds what was said
        complain(problem)
        repeat(data / "preparation.log")
        return 1
    finally:
        shutil.rmtree(data, ignore_errors=True)


def walk(port: int, env: dict[str, str], log: Path) -> int:
    address = f"http://{server.HOST}:{port}"
    with server.serving(port, env, log):
        code = subprocess.run(
            [sys.executable, "-m", "cordee.home.walkthrough", address], cwd=project.ROOT, env=env
        ).returncode
    if code:
        repeat(log)
    say("La démonstration tient." if code == 0 else "La démonstration ne tient pas.")
    return 1 if code else 0


def repeat(log: Path) -> None:
    """The end of a log that is about to go."""
    if log.exists():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-60:]
        print("\n".join(lines), file=sys.stderr)
