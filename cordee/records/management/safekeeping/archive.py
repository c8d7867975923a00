"""The archive: a compressed tar of the database, the files received and a manifest of their checksums.

Anyone opens it without Cordée: `age --decrypt` when it was encrypted, then `tar -xzf`.
"""

import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path

import pyrage
from django.core.management.base import CommandError

FORMAT = 1
DATABASE, MANIFEST = "database", "manifest.json"
FILES = re.compile(r"files/[0-9a-f]{2}/([0-9a-f]{64})")
ENCRYPTED = b"age-encryption.org/"


@dataclass(kw_only=True)
class Manifest:
    """What the archive holds. `rows` counts each table, `missing` names files the store could not give intact; `head`
    is the last link of the journal, which a copy kept elsewhere remembers."""

    vendor: str
    made_at: str
    migrations: list[str]
    rows: dict[str, int]
    checksums: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    head: str = ""
    format: int = FORMAT

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
            if given["format"] == FORMAT:
                return cls(**given)
        except (OSError, ValueError, TypeError, KeyError):
            raise CommandError("Ce fichier n’est pas une copie de Cordée.") from None
        raise CommandError("Cette copie vient d’une version plus récente de Cordée : restaurez-la avec celle-là.")


def write(target: Path, database: Path, files: Iterable[tuple[str, bytes | None]], manifest: Manifest) -> None:
    """`files` are (SHA-256, content), None for a content that is gone or altered; the manifest is completed."""
    with tarfile.open(target, "w:gz", compresslevel=5) as tar:
        with database.open("rb") as content:
            manifest.checksums[DATABASE] = file_digest(content, "sha256").hexdigest()
        tar.add(database, DATABASE, recursive=False)
        for digest, content in files:
            if content is None:
                manifest.missing.append(digest)
                continue
            name = f"files/{digest[:2]}/{digest}"
            manifest.checksums[name] = digest
            _add(tar, name, content)
        _add(tar, MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, BytesIO(content))


def publish(made: Path, target: Path, recipients: Iterable[str]) -> None:
    """Give the archive its name only when all of it is on the disk; encrypted for the recipients, if any."""
    keys = [_recipient(text) for text in recipients]
    unfinished = target.with_name(f".{target.name}.partial")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with made.open("rb") as source, os.fdopen(descriptor, "wb") as sealed:
            if keys:
                pyrage.encrypt_io(source, sealed, keys)
            else:
                while block := source.read(1 << 20):
                    sealed.write(block)
            sealed.flush()
            os.fsync(sealed.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    _on_disk(target.parent)


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise CommandError(f"« {text} » n’est pas une clé publique d’age (age1…).") from None


def _on_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unpack(archive: Path, into: Path, identities: Path | None) -> Manifest:
    """Open the archive in a scratch folder. Raises CommandError unless all it names is there, and nothing else."""
    opened = decrypted(archive, into / "archive.tar.gz", identities)
    try:
        with tarfile.open(opened, "r:gz") as tar:
            found = dict(_extracted(tar, into))
    except (tarfile.TarError, OSError, EOFError) as error:
        raise CommandError(f"Cette copie est endommagée ou incomplète ({type(error).__name__}).") from None
    manifest = Manifest.read(into / MANIFEST)
    found.pop(MANIFEST)
    if found != manifest.checksums:
        wrong = sorted(name for name, _sum in found.items() ^ manifest.checksums.items())
        raise CommandError(f"Cette copie est altérée : {wrong[0]} n’est pas ce qui avait été copié.")
    return manifest


def _extracted(tar: tarfile.TarFile, into: Path) -> Iterator[tuple[str, str]]:
    """(name, SHA-256) of each member, written under `into`. A name that is none of ours stops everything."""
    for member in tar:
        if not member.isfile() or not (member.name in {DATABASE, MANIFEST} or FILES.fullmatch(member.name)):
            raise CommandError(f"Cette copie contient ce qui n’y a pas sa place : {member.name!r}.")
        path, digest, source = into / member.name, sha256(), tar.extractfile(member)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as target:
            while source and (block := source.read(1 << 20)):
                digest.update(block)
                target.write(block)
        yield member.name, digest.hexdigest()


def decrypted(archive: Path, target: Path, identities: Path | None) -> Path:
    """The archive in clear: itself when it never was encrypted."""
    with archive.open("rb") as source:
        if not source.read(len(ENCRYPTED)).startswith(ENCRYPTED):
            return archive
    if identities is None:
        raise CommandError("Cette copie est chiffrée : donnez le fichier de la clé privée avec --identity.")
    lines = identities.read_text(encoding="utf-8").split()
    keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
    try:
        pyrage.decrypt_file(str(archive), str(target), keys)
    except pyrage.DecryptError:
        raise CommandError("Cette clé n’ouvre pas cette copie, ou la copie est altérée.") from None
    return target
