"""Restoring a copy: all of it is proved in a scratch place; only then does it take the place of what stands."""

import fcntl
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from cordee.records import files
from cordee.records.management.safekeeping import archive, chain, sqlite
from cordee.records.management.safekeeping.copying import (
    MODULES,
    ScratchFolder,
    contents,
    files_of,
    migrations_of,
    rows_of,
)

SERVING = "serving.lock"  # held, shared, by every `bin/serve` on these data


def restore(path: Path, identities: Path | None = None, *, only_check: bool = False) -> tuple[archive.Manifest, str]:
    """Prove the archive, then put it in place unless `only_check`; what it held, and where what stood there is kept.

    A check also follows the journal. A copy whose journal does not hold may be all that is left: it is restored.
    Raises CommandError, with nothing changed, when the archive is not sound or when the service runs.
    """
    module = MODULES[connection.vendor]
    with ScratchFolder() as place, nobody_serves(checked=not only_check):
        manifest = archive.unpack(path, place, identities)
        refuse_foreign(manifest)
        copy = module.scratch(connection.settings_dict, place / archive.DATABASE)
        try:
            prove(copy, manifest)
            if only_check:
                chain.refuse_broken(copy, manifest)
                chain.refuse_rewritten(manifest)
                return manifest, ""
            bring_back(place)
            return manifest, take_the_place(copy)
        finally:
            module.drop(connection.settings_dict, copy)


def restore_replica(at: str = "", *, only_check: bool = False) -> tuple[int, str]:
    """The database as Litestream copied it, at its last second or `at` an instant (RFC 3339), proved, then in place.

    Returns how many of the files it names the store cannot give, and where what stood there is kept.
    """
    if not settings.REPLICA:
        raise CommandError("CORDEE_REPLICA ne dit pas où la base est répliquée.")
    with ScratchFolder() as place, nobody_serves(checked=not only_check):
        litestream(
            "restore", "-o", str(place / archive.DATABASE), *(["-timestamp", at] if at else []), settings.REPLICA
        )
        copy = sqlite.scratch(connection.settings_dict, place / archive.DATABASE)
        refuse_later(migrations_of(copy))
        missing = sum(content is None for _digest, content in contents(files_of(copy)))
        return missing, "" if only_check else take_the_place(copy)


def litestream(*arguments: str) -> None:
    program = Path(sys.executable).with_name("litestream")
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["sans rien dire"]
        raise CommandError(f"Litestream refuse : {said[-1]}")


def take_the_place(copy: BaseDatabaseWrapper) -> str:
    connection.close()
    aside = f"avant-{timezone.localtime():%Y%m%d-%H%M%S}"
    return MODULES[connection.vendor].replace(connection.settings_dict, copy, aside)


@contextmanager
def nobody_serves(*, checked: bool) -> Iterator[None]:
    """Raises CommandError while a server or its workers live on these data; none starts meanwhile."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / SERVING).open("w") as lock:
        try:
            if checked:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Cordée tourne sur ces données : arrêtez le service, puis recommencez.") from None
        yield


def refuse_foreign(manifest: archive.Manifest) -> None:
    """An older copy may be restored, to be migrated; one of the other database, or of a later version, may not."""
    if manifest.vendor != connection.vendor:
        raise CommandError(f"Cette copie est celle d’une base {manifest.vendor}, et DATABASE_URL en dit une autre.")
    refuse_later(manifest.migrations)


def refuse_later(migrations: Iterable[str]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if later := sorted(set(migrations) - known):
        raise CommandError(f"Cette copie vient d’une version plus récente de Cordée ({later[0]}).")


def prove(copy: BaseDatabaseWrapper, manifest: archive.Manifest) -> None:
    """What the database says of itself once restored is what it said when it was copied."""
    rows, held = rows_of(copy), {path.rpartition("/")[2] for path in manifest.checksums if path.startswith("files/")}
    if wrong := sorted(name for name, _count in rows.items() ^ manifest.rows.items()):
        raise CommandError(f"La table {wrong[0]} n’a pas les lignes qu’elle avait quand la copie a été faite.")
    if migrations_of(copy) != manifest.migrations:
        raise CommandError("Les migrations de cette copie ne sont pas celles que dit son inventaire.")
    if lost := sorted(set(files_of(copy)) - held - set(manifest.missing)):
        raise CommandError(f"Un fichier que la base nomme n’est pas dans cette copie : {lost[0]}.")


def bring_back(place: Path) -> None:
    """Files first: one without its row harms nothing. What the store holds intact is not written again."""
    for path in sorted(place.glob("files/??/*")):
        files.put_back(path.read_bytes())
