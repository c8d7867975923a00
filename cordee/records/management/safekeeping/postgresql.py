"""PostgreSQL, by its own programs: a dump at one instant, and one database renamed to the place of another."""

import os
import re
import secrets
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

Settings = dict[str, Any]
PLACES = ("/usr/lib/postgresql", "/usr/pgsql-")
MAINTENANCE = "postgres"


def snapshot(settings: Settings, target: Path) -> BaseDatabaseWrapper:
    """Dump the database; a connection that stays in the transaction whose snapshot was dumped."""
    source = opened(settings)
    source.ensure_connection()
    source.set_autocommit(False)
    with source.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
    options = ("--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={name}")
    run(settings, "pg_dump", *options, f"--file={target}", str(settings["NAME"]))
    return source


def opened(settings: Settings, name: str = "") -> BaseDatabaseWrapper:
    return ConnectionHandler({"default": {**settings, "NAME": name or settings["NAME"]}})["default"]


def scratch(settings: Settings, dump: Path) -> BaseDatabaseWrapper:
    """The dump in a database of its own on the same server: its constraints are made anew, so they are proved."""
    name = f"{settings['NAME']}_{secrets.token_hex(4)}"
    _tell(settings, f"CREATE DATABASE {_quoted(name)} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        run(settings, "pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={name}", str(dump))
    except CommandError:
        _tell(settings, f"DROP DATABASE {_quoted(name)}")
        raise
    return opened(settings, name)


def replace(settings: Settings, copy: BaseDatabaseWrapper, aside: str) -> str:
    """Rename both. Raises CommandError while anyone is connected to the one that stands there."""
    copy.close()
    name, kept = str(settings["NAME"]), f"{settings['NAME']}_{aside}"
    asked = opened(settings, MAINTENANCE)
    with asked.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
        if cursor.fetchone()[0]:
            raise CommandError("Cordée tourne encore sur cette base : arrêtez le service, puis recommencez.")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        stands = cursor.fetchone() is not None
        asked.set_autocommit(False)  # both renamed, or neither
        if stands:
            cursor.execute(f"ALTER DATABASE {_quoted(name)} RENAME TO {_quoted(kept)}")
        cursor.execute(f"ALTER DATABASE {_quoted(str(copy.settings_dict['NAME']))} RENAME TO {_quoted(name)}")
        asked.commit()
    asked.close()
    return kept if stands else ""


def drop(settings: Settings, copy: BaseDatabaseWrapper) -> None:
    """Leave nothing of a restore that was refused."""
    copy.close()
    _tell(settings, f"DROP DATABASE IF EXISTS {_quoted(str(copy.settings_dict['NAME']))}")


def _tell(settings: Settings, statement: str) -> None:
    asked = opened(settings, MAINTENANCE)
    with asked.cursor() as cursor:
        cursor.execute(statement)
    asked.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def run(settings: Settings, program: str, *arguments: str) -> None:
    """One of PostgreSQL’s programs on this server. The password goes by the environment, where no list shows it."""
    given = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    env = {**os.environ, **{name: str(settings[key]) for key, name in given.items() if settings.get(key)}}
    options = settings.get("OPTIONS", {})
    env |= {f"PG{key.upper()}": str(options[key]) for key in ("sslmode", "sslrootcert") if key in options}
    done = subprocess.run([_found(program), *arguments], env=env, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"{program} {done.returncode}"]
        raise CommandError(f"PostgreSQL refuse : {said[-1]}")


def _found(program: str) -> str:
    """The newest: a dump is refused by programs older than the server."""
    found = [path for place in PLACES for path in Path(place).parent.glob(f"{Path(place).name}*/**/bin/{program}")]
    newest = max(found, key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))], default=None)
    return str(newest or program)
