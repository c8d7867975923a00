"""The journal in a copy: the head it had, kept out of the reach of who holds the database in use (decision 0001)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from cordee.records.management.safekeeping.archive import Manifest
from cordee.records.models import JournalSeal
from cordee.records.sealing import verify

LAST = "SELECT position, hash FROM records_journalseal ORDER BY position DESC LIMIT 1"
APP = "records"


def head_of(database: BaseDatabaseWrapper) -> str:
    """`position:hash` of its last link; nothing before the first, or in a database that knows no chain yet."""
    with database.cursor() as cursor:
        if JournalSeal._meta.db_table not in database.introspection.table_names(cursor):
            return ""
        cursor.execute(LAST)
        return next((f"{position}:{digest}" for position, digest in cursor.fetchall()), "")


def refuse_broken(copy: BaseDatabaseWrapper, manifest: Manifest) -> None:
    """Follow the chain of the copy to the head it had. Raises CommandError at what does not hold.

    The tables of an older version are not read as those of this one: of its chain only the head is compared.
    """
    if head_of(copy) != manifest.head:
        raise CommandError("Le journal de cette copie ne finit pas où il finissait quand elle a été faite.")
    if not _of_today() <= set(manifest.migrations):
        return
    with _in_the_place_of_the_one_in_use(copy):
        faults = verify(expected=manifest.head).faults
    if faults:
        raise CommandError(f"Le journal de cette copie ne tient pas : {faults[0]}")


def refuse_rewritten(manifest: Manifest) -> None:
    """Raises CommandError when the journal in use has another link at the place of the head of the copy."""
    position, _colon, digest = manifest.head.partition(":")
    if not digest or not head_of(connection):
        return
    stands = JournalSeal.objects.filter(position=int(position)).values_list("hash", flat=True).first()
    if stands not in (None, digest):
        raise CommandError(
            f"Le journal en service n’a plus, à la position {position}, ce que cette copie y a vu : il a été réécrit, "
            "ou la base a été reprise d’une copie plus ancienne que celle-ci."
        )


def _of_today() -> set[str]:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ()
    return {f"{app}.{name}" for app, name in known if app == APP}


@contextmanager
def _in_the_place_of_the_one_in_use(copy: BaseDatabaseWrapper) -> Iterator[None]:
    in_use = connections[copy.alias]
    connections[copy.alias] = copy
    try:
        yield
    finally:
        connections[copy.alias] = in_use
