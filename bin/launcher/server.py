"""The production server as a child: a port that is free, the moment it answers, a clean stop."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from launcher import project
from launcher.speech import Missing

HOST = "127.0.0.1"
START_LIMIT = 60.0
STOP_LIMIT = 30.0  # a little more than the server gives its workers, and then each of those beside it its task
WORKER = ("manage.py", "work")


def command(host: str, port: int, workers: int = 2, beside: Sequence[Sequence[str]] = ()) -> list[str]:
    """granian, WSGI: 2 workers of 2 threads served best when measured, without a long tail on SQLite."""
    return [
        *(sys.executable, "-m", "config.server", "config.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "2"),
        *("--workers-kill-timeout", "10", "--log-level", "warning"),
        *(word for one in beside for word in ("+", *one)),
    ]


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port(after: int = 0) -> int:
    """A free port: the first one after the given one, or any."""
    for port in range(after + 1, min(after + 200, 65536)) if after else ():
        if is_free(port):
            return port
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(
    port: int, env: dict[str, str], log: Path, beside: Sequence[Sequence[str]] = ()
) -> Iterator[subprocess.Popen]:
    """The server, answering, with what is kept beside it; stopped with them at the end. `log` keeps what they say.

    It has its own session: Ctrl-C reaches only the launcher, which stops it once, in order.
    """
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command(HOST, port, beside=beside), cwd=project.ROOT, env=env, stdin=subprocess.DEVNULL,
            stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_it_answers(process, port, log)
        yield process
    finally:
        stop(process)


def wait_until_it_answers(process: subprocess.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if answers(port):
            return
        time.sleep(0.05)
    said = project.last_line(log.read_text(encoding="utf-8", errors="replace"))
    raise Missing(f"Le serveur n’a pas démarré : {said}", f"Tout ce qui a été dit : {project.shown(log)}")


def answers(port: int) -> bool:
    """Whether anything comes back for the home page; what it is, is not judged here."""
    connection = http.client.HTTPConnection(HOST, port, timeout=START_LIMIT)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen) -> None:
    """Ask, wait, and only then kill: an act under way is finished."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_LIMIT)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # workers that outlived the server
    process.wait()
