"""Other processes of this project on the data of a test: to be killed, or to race."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

Start = Callable[..., subprocess.Popen[str]]


def starter(folder: Path, **variables: str) -> Start:
    """Gives what starts a Python of this project: `start("manage.py", "migrate")`, its output in a pipe.

    They work on the test's PostgreSQL, or on a copy of its SQLite in `folder` made now: that one is not shared.
    """
    environment = {**os.environ, "CORDEE_MODE": "test", "DJANGO_SETTINGS_MODULE": "config.settings", **variables}
    environment["DATABASE_URL"] = database_of_the_test(folder)
    return lambda *arguments: subprocess.Popen(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, text=True, stdout=subprocess.PIPE
    )


def database_of_the_test(folder: Path) -> str:
    """What `DATABASE_URL` says of it: PostgreSQL’s own, or a copy made now in `folder`."""
    return _copied(folder / "copy.sqlite3") if connection.vendor == "sqlite" else _address()


def _copied(file: Path) -> str:
    """The database of the tests is in memory: no other process could see it."""
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    return f"sqlite://{file}"


def _address() -> str:
    of = connection.settings_dict
    return f"postgresql://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?host={of['HOST']}&port={of['PORT']}"
