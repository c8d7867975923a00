"""SQLite: a copy at one instant while others write, and one file in the place of another."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

COMPANIONS = ("{}", "{}-wal", "{}-shm", ".{}-litestream")


def snapshot(settings: dict[str, object], target: Path) -> BaseDatabaseWrapper:
    """Copy the database in one read transaction, which waits for no writer; a connection to the copy."""
    source = Path(str(settings["NAME"]))
    if not source.is_file():
        raise CommandError(f"Il n’y a pas de base de données à copier ({source}).")
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as copy:
        reading.backup(copy)
    return opened(settings, target)


def opened(settings: dict[str, object], file: Path) -> BaseDatabaseWrapper:
    return ConnectionHandler({"default": {**settings, "NAME": file}})["default"]


def scratch(settings: dict[str, object], dump: Path) -> BaseDatabaseWrapper:
    """The database of an archive, in its scratch folder. Raises CommandError when SQLite finds it unsound."""
    copy = opened(settings, dump)
    with copy.cursor() as cursor:
        try:
            sound = cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            orphans = cursor.execute("PRAGMA foreign_key_check").fetchall()
        except Exception as error:  # whatever a spoilt file makes SQLite say
            raise CommandError(f"La base de cette copie est illisible : {error}") from None
    if not sound or orphans:
        raise CommandError("La base de cette copie n’est pas saine : elle n’est pas restaurée.")
    return copy


def replace(settings: dict[str, object], copy: BaseDatabaseWrapper, aside: str) -> str:
    """Put the scratch database in its place, and the one that stood there aside; where that is."""
    target, kept = Path(str(settings["NAME"])), None
    with copy.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.close()
    with Path(str(copy.settings_dict["NAME"])).open("rb") as restored:
        os.fsync(restored.fileno())
    if target.exists():
        kept = target.with_name(f"{target.name}.{aside}")
        for companion in COMPANIONS:  # what was committed may still stand in the log alone
            part = target.with_name(companion.format(target.name))
            if part.exists():
                part.rename(part.with_name(companion.format(kept.name)))
    Path(str(copy.settings_dict["NAME"])).rename(target)
    return str(kept) if kept else ""


def drop(_settings: dict[str, object], copy: BaseDatabaseWrapper) -> None:
    """The scratch folder goes with what is in it."""
    copy.close()
