"""The server in the foreground, and the word that its data are served."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launcher import project
from launcher.speech import Missing

LOCK = "serving.lock"  # as cordee.records.management.safekeeping.restoring calls it
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


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


def run(command: Sequence[str], env: dict[str, str]) -> int:
    """Serve in the foreground. A signal is passed on, which stops all in order, and is no failure."""
    server = subprocess.Popen(
        command, cwd=project.ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True, close_fds=False
    )
    for number in ENDS:
        signal.signal(number, lambda *_: server.terminate())
    return server.wait()
