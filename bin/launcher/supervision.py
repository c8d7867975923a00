"""The server and what works beside it, kept together: one command, stopped in order."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from launcher import project
from launcher.speech import Missing

PAUSES = (1, 2, 5, 15, 60)  # seconds before what died is started again
STEADY = 300.0  # alive this long, its past is forgotten
STOP_LIMIT = 15.0
LOCK = "serving.lock"  # as cordee.records.management.safekeeping.restoring calls it
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "work"]


class Kept:
    """A process: started, started again when it dies, stopped. `log` None leaves its words to the terminal."""

    def __init__(self, command: Sequence[str], env: dict[str, str], log: Any = None) -> None:
        self.command, self.env, self.log, self.deaths = command, env, log, 0
        self.process: subprocess.Popen | None = None
        self.next_start = 0.0
        self.look()

    def look(self) -> None:
        """Start it when it is time to: at first, and after each death a pause that grows."""
        now = time.monotonic()
        if self.process and self.process.poll() is None:
            if now - self.started > STEADY:
                self.deaths = 0
            return
        if self.process:
            self.process = None
            self.next_start = now + PAUSES[min(self.deaths, len(PAUSES) - 1)]
            self.deaths += 1
        if now >= self.next_start:
            self.started = now
            self.process = subprocess.Popen(
                self.command, cwd=project.ROOT, env=self.env, stdin=subprocess.DEVNULL,
                stdout=self.log, stderr=self.log, start_new_session=True, close_fds=False,
            )  # fmt: skip

    def stop(self) -> None:
        """Ask, so that the task under way ends, wait, and only then kill."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def working(env: dict[str, str], log: Path) -> Iterator[Kept]:
    """A worker for as long as the block lasts; whoever waits inside calls `look()` now and then."""
    with log.open("w", encoding="utf-8") as file:
        kept = Kept(worker_command(), env, file)
        try:
            yield kept
        finally:
            kept.stop()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Say for as long as the block lasts that these data are served: no copy is restored under a server.

    What is started meanwhile inherits the lock: it lasts as long as the last process that serves, whatever happened
    to this one.
    """
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Missing(
                "Une copie est en train d’être restaurée sur ces données.", "Attendez qu’elle le soit."
            ) from None
        os.set_inheritable(lock.fileno(), True)  # noqa: FBT003 (its only form)
        yield


def watch(server: subprocess.Popen, *beside: Kept) -> int:
    """Until the server ends: its code."""
    while server.poll() is None:
        for kept in beside:
            kept.look()
        time.sleep(0.5)
    return server.returncode


def run(command: Sequence[str], env: dict[str, str], beside: Sequence[Sequence[str]] = ()) -> int:
    """Serve in the foreground with a worker and `beside`; a signal stops all, the server first, and is no failure."""
    server = subprocess.Popen(
        command, cwd=project.ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True, close_fds=False
    )
    asked: list[int] = []

    def end(number: int, _frame: object) -> None:
        asked.append(number)
        server.terminate()

    for number in ENDS:
        signal.signal(number, end)
    kept = [Kept(one, env) for one in (worker_command(), *beside)]
    try:
        code = watch(server, *kept)
    finally:
        for one in kept:
            one.stop()
    return 0 if asked else code or 1
