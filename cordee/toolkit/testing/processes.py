"""Other processes of this project on the data of a test: to be killed, or to race."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

Start = Callable[..., subprocess.Popen[str]]
COPY = "copy.sqlite3"


def starter(folder: Path, **variables: str) -> Start:
    """Gives what starts a Python of this project: `start("manage.py", "migrate")`, its output in a pipe.

    They work on the test's PostgreSQL, or on a copy of its SQLite in `folder` made now: that one is not shared.
    """
    environment = {**os.environ, "CORDEE_MODE": "test", "DJANGO_SETTINGS_MODULE": "config.settings", **variables}
    environment["DATABASE_URL"] = database_of_the_test(folder)
    return lambda *arguments: subprocess.Popen(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, text=True, stdout=subprocess.PIPE
    )


def kill(process: subprocess.Popen[str]) -> None:
    """Once it says that it is where it was told to stop."""
    assert process.stdout is not None
    assert process.stdout.readline() == "there\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()


def bring_back(folder: Path) -> None:
    """What the processes wrote is in the database of the test: to start one more only to read it costs half a second.

    PostgreSQL's was theirs; SQLite's is replaced by their copy, as the next to open it would find it.
    """
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / COPY)) as copy:
            copy.backup(connection.connection)


def copy_migrated(file: Path) -> None:
    """A migrated SQLite with nothing in it. A run of everything makes one; alone, a test pays its seconds itself."""
    if made := os.environ.get("CORDEE_MIGRATED"):
        shutil.copyfile(made, file)
        return
    environment = {**os.environ, "CORDEE_MODE": "test", "DATABASE_URL": f"sqlite://{file}"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


def database_of_the_test(folder: Path) -> str:
    """What `DATABASE_URL` says of it: PostgreSQL’s own, or a copy made now in `folder`."""
    return _copied(folder / COPY) if connection.vendor == "sqlite" else _address()


def _copied(file: Path) -> str:
    """The run’s own file stays its own: what others write comes back by `bring_back`, or is thrown away."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return f"sqlite://{file}"


def _address() -> str:
    of = connection.settings_dict
    return f"postgresql://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?host={of['HOST']}&port={of['PORT']}"
