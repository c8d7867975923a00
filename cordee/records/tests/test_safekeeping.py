"""A copy holds everything, is proved before it replaces anything, and replaces all of it."""

import fcntl
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import psycopg
import pyrage
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from cordee.records import files, journal
from cordee.records.management.safekeeping import archive, restoring
from cordee.records.management.safekeeping.copying import copy
from cordee.records.management.safekeeping.restoring import restore
from cordee.records.models import JournalEntry, JournalSeal, StoredFile
from cordee.records.sealing import seal, verify
from cordee.records.tests.test_journal import behind_the_back_of_the_house
from cordee.toolkit.testing.processes import database_of_the_test

CONTENT = "Procès-verbal de la rencontre 7, É\u0301tienne 🧗".encode()
DIGEST = sha256(CONTENT).hexdigest()
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept(tmp_path, settings):
    """A store of its own, that holds one file."""
    settings.DATA_DIR = tmp_path / "here"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "here" / "files"},
        },
    }
    return files.store(CONTENT, media_type="text/plain")


@pytest.fixture
def made(tmp_path):
    path, _manifest = copy(tmp_path)
    return path


def altered(made: Path, change) -> Path:
    """The archive again, each (name, content) passed through `change`, which may drop it."""
    other = made.with_name("altered.tar.gz")
    with tarfile.open(made) as source, tarfile.open(other, "w:gz") as target:
        for member in source:
            for name, content in change(member.name, source.extractfile(member).read()):
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                target.addfile(entry, io.BytesIO(content))
    return other


def with_manifest(**values):
    def change(name, content):
        yield name, json.dumps({**json.loads(content), **values}).encode() if name == archive.MANIFEST else content

    return change


def manage(data: Path, database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "CORDEE_MODE": "test", "CORDEE_DATA": str(data), "DATABASE_URL": database}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True
    )


def elsewhere(database: str, folder: Path) -> str:
    """Another database, that does not exist yet."""
    if connection.vendor == "sqlite":
        return f"sqlite://{folder}/restored.sqlite3"
    address, _mark, options = database.partition("?")
    return f"{address}_elsewhere?{options}"


def stored_in(database: str) -> list[str]:
    statement = "SELECT sha256 FROM records_storedfile"
    if database.startswith("sqlite://"):
        with closing(sqlite3.connect(database.removeprefix("sqlite://"))) as read:
            return [row[0] for row in read.execute(statement)]
    with psycopg.connect(database) as read:
        return [row[0] for row in read.execute(statement)]


@pytest.fixture
def gone():
    """Databases made on PostgreSQL by a restore, dropped again."""
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = connection.settings_dict["NAME"]
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}\\_elsewhere%"])
            for (other,) in cursor.fetchall():
                cursor.execute(f'DROP DATABASE "{other}"')


def test_what_is_lost_here_is_restored_elsewhere_and_again_keeps_beside_what_stood_there(made, tmp_path, gone):
    there, other = tmp_path / "there", elsewhere(database_of_the_test(tmp_path), tmp_path)
    done = manage(there, other, "restore", str(made))
    assert done.returncode == 0, done.stderr
    assert stored_in(other) == [DIGEST]
    assert (there / "files" / DIGEST[:2] / DIGEST).read_bytes() == CONTENT
    assert not list(there.glob("scratch-*")) and not list(tmp_path.glob("scratch-*"))
    done = manage(there, other, "restore", str(made))
    assert done.returncode == 0, done.stderr
    assert stored_in(beside(other, done)) == stored_in(other) == [DIGEST]


def beside(database: str, done: subprocess.CompletedProcess[str]) -> str:
    """Where what stood there is kept: the last word of the command."""
    kept = done.stdout.splitlines()[-1].rpartition(" ")[2]
    if connection.vendor == "sqlite":
        return f"sqlite://{kept}"
    return database.replace(f"{connection.settings_dict['NAME']}_elsewhere", kept)


def test_the_archive_says_what_it_holds(made):
    manifest, _kept = restore(made, only_check=True)
    assert manifest.rows["records_storedfile"] == 1
    assert f"files/{DIGEST[:2]}/{DIGEST}" in manifest.checksums
    assert made.stat().st_mode & 0o077 == 0


def test_an_encrypted_copy_opens_with_its_key_alone(tmp_path):
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    path, _manifest = copy(tmp_path, [str(key.to_public())])
    assert path.name.endswith(".age") and CONTENT not in path.read_bytes()
    for name, identity in (("key", key), ("other", other)):
        (tmp_path / name).write_text(f"# created: 2025-01-20\n{identity}\n")
    assert restore(path, tmp_path / "key", only_check=True)[0].rows
    with pytest.raises(CommandError, match="n’ouvre pas"):
        restore(path, tmp_path / "other", only_check=True)
    with pytest.raises(CommandError, match="--identity"):
        restore(path, only_check=True)


def test_a_wrong_public_key_is_said_and_leaves_nothing(tmp_path):
    with pytest.raises(CommandError, match="clé publique"):
        copy(tmp_path, ["age1inconnue"])
    assert not list(tmp_path.glob("*cordee-*"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, content: [] if name.startswith("files/") else [(name, content)], "altérée"),
        (lambda name, content: [(name, content[::-1] if name.startswith("files/") else content)], "altérée"),
        (lambda name, content: [(name, content[:-1] + b"x" if name == "database" else content)], "altérée"),
        (lambda name, content: [(name, content), *([("../outside", b"x")] if name == "database" else [])], "sa place"),
        (lambda name, content: [] if name == "manifest.json" else [(name, content)], "n’est pas une copie"),
        (with_manifest(format=9), "plus récente"),
        (with_manifest(vendor="oracle"), "oracle"),
        (with_manifest(migrations=["records.9999_tomorrow"]), "plus récente"),
        (with_manifest(migrations=["records.0001_initial"]), "migrations"),
        (with_manifest(rows={"records_storedfile": 2}), "lignes"),
    ],
)
def test_what_is_not_the_copy_that_was_made_is_refused(made, change, said):
    with pytest.raises(CommandError, match=said):
        restore(altered(made, change), only_check=True)


def test_a_copy_cut_short_is_refused(made):
    made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    with pytest.raises(CommandError, match="endommagée"):
        restore(made, only_check=True)


def test_a_file_the_database_names_must_be_there(made):
    def without(name, content):
        if name == archive.MANIFEST:
            given = json.loads(content)
            given["checksums"] = {key: value for key, value in given["checksums"].items() if key == "database"}
            yield name, json.dumps(given).encode()
        elif not name.startswith("files/"):
            yield name, content

    with pytest.raises(CommandError, match="n’est pas dans cette copie"):
        restore(altered(made, without), only_check=True)


def test_nothing_is_replaced_while_the_service_runs(made, tmp_path):
    settings.DATA_DIR.mkdir(exist_ok=True)
    with (settings.DATA_DIR / restoring.SERVING).open("w") as serving:
        fcntl.flock(serving, fcntl.LOCK_SH)
        with pytest.raises(CommandError, match="arrêtez le service"):
            restore(made)
    assert StoredFile.objects.count() == 1


@pytest.fixture
def sealed():
    """Three acts, in the chain."""
    for number in range(3):
        journal.write("file.taken", files.store(f"{number}".encode(), media_type="text/plain"), by=None)
    seal.call()


def rewritten():
    """By someone who holds the database: what an act says is changed, and the whole chain made anew over it."""
    first = JournalEntry.objects.order_by("pk")[0].pk
    table = JournalEntry._meta.db_table
    with behind_the_back_of_the_house() as cursor:
        cursor.execute(f"DELETE FROM {JournalSeal._meta.db_table}")
        cursor.execute(f"UPDATE {table} SET act = 'file.forged' WHERE id = %s", [first])
    seal.call()


def test_a_journal_rewritten_since_is_found_by_the_head_a_copy_keeps(sealed, tmp_path, monkeypatch):
    path, manifest = copy(tmp_path)
    assert manifest.head.startswith("3:")
    restore(path, only_check=True)
    rewritten()
    assert verify().faults == [], "nothing in the database tells"
    with pytest.raises(CommandError, match="n’a plus, à la position 3"):
        restore(path, only_check=True)


def test_a_copy_whose_journal_does_not_hold_is_said(sealed, tmp_path):
    with behind_the_back_of_the_house() as cursor:
        cursor.execute(f"UPDATE {JournalEntry._meta.db_table} SET act = 'file.forged'")
    path, _manifest = copy(tmp_path)
    with pytest.raises(CommandError, match="ne tient pas"):
        restore(path, only_check=True)


def test_a_copy_whose_head_is_another_is_refused(sealed, tmp_path):
    path, _manifest = copy(tmp_path)
    with pytest.raises(CommandError, match="ne finit pas où il finissait"):
        restore(altered(path, with_manifest(head="3:" + "0" * 64)), only_check=True)


def test_a_lost_file_is_said_once_the_copy_is_made(tmp_path, capsys):
    default_storage.delete(f"{DIGEST[:2]}/{DIGEST}")
    with pytest.raises(CommandError, match="1 fichiers sont perdus"):
        call_command("backup", str(tmp_path))
    path = Path(capsys.readouterr().out.splitlines()[0])
    assert restore(path, only_check=True)[0].missing == [DIGEST]


def test_an_altered_file_is_put_back(made):
    default_storage.delete(f"{DIGEST[:2]}/{DIGEST}")
    default_storage.save(f"{DIGEST[:2]}/{DIGEST}", io.BytesIO(b"altered"))
    files.put_back(CONTENT)
    assert files.content_named(DIGEST) == CONTENT
