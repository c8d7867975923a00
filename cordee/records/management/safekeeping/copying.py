"""Making a copy: the database at one instant, then the files its rows name."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from cordee.records import files
from cordee.records.management.safekeeping import archive, chain, postgresql, sqlite

MODULES = {"sqlite": sqlite, "postgresql": postgresql}


def copy(folder: Path, recipients: Iterable[str] = ()) -> tuple[Path, archive.Manifest]:
    """Write one archive in `folder`; where it is, and what it holds. `recipients` are public keys of age.

    The files are read after the database: each was stored before the row that names it was committed.
    """
    now, recipients = timezone.localtime(), list(recipients)
    target = folder / f"cordee-{now:%Y-%m-%dT%H-%M-%S}.tar.gz{'.age' if recipients else ''}"
    if target.exists():
        raise CommandError(f"{target} existe déjà.")
    with ScratchFolder() as place:
        database = place / archive.DATABASE
        taken = MODULES[connection.vendor].snapshot(connection.settings_dict, database)
        manifest = archive.Manifest(
            vendor=connection.vendor, made_at=now.isoformat(), migrations=migrations_of(taken), rows=rows_of(taken),
            head=chain.head_of(taken),
        )  # fmt: skip
        digests = files_of(taken)
        taken.close()
        archive.write(place / "archive.tar.gz", database, contents(digests), manifest)
        archive.publish(place / "archive.tar.gz", target, recipients)
    return target, manifest


class ScratchFolder:
    """A folder of its own beside the data, so that what it holds can be renamed into place; gone at the end."""

    def __enter__(self) -> Path:
        of_file = Path(str(connection.settings_dict["NAME"])).parent
        beside = of_file if connection.vendor == "sqlite" else settings.DATA_DIR
        beside.mkdir(parents=True, exist_ok=True)
        self.path = Path(tempfile.mkdtemp(prefix="scratch-", dir=beside))
        return self.path

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def contents(digests: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
    for digest in digests:
        try:
            yield digest, files.content_named(digest)
        except files.Altered:
            yield digest, None


def rows_of(database: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows each table holds."""
    with database.cursor() as cursor:
        counted = {}
        for name in sorted(database.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {database.ops.quote_name(name)}")
            counted[name] = cursor.fetchone()[0]
    return counted


def migrations_of(database: BaseDatabaseWrapper) -> list[str]:
    return [f"{app}.{name}" for app, name in _selected(database, "SELECT app, name FROM django_migrations ORDER BY id")]


def files_of(database: BaseDatabaseWrapper) -> list[str]:
    return [digest for (digest,) in _selected(database, "SELECT sha256 FROM records_storedfile ORDER BY id")]


def _selected(database: BaseDatabaseWrapper, statement: str) -> list[tuple[str, ...]]:
    """Asked of that very database: a model would ask the one in use."""
    with database.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
