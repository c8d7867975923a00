"""Readers of the environment: each gives a value that is clear, or stops the start with a sentence."""

import os
import re
from datetime import date
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)
THIS_MACHINE = {"localhost", "127.0.0.1"}
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;PRAGMA foreign_keys=ON;"
)


def text_from(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def choice_from(name: str, choices: tuple[str, ...], default: str) -> str:
    value = text_from(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} : choisissez {', '.join(choices)}.")
    return value


def list_from(name: str) -> list[str]:
    return [part.strip() for part in text_from(name).split(",") if part.strip()]


def day_from(name: str) -> date | None:
    value = text_from(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} : écrivez une date comme 2025-01-20.") from None


def secret_from(name: str, *, mode: str) -> str:
    value = text_from(name)
    if mode != "production":
        return value or "cle-publique-de-demonstration-sans-valeur-0123456789abcdef"
    if len(value) < 50 or len(set(value)) < 12:
        raise ImproperlyConfigured(f"{name} : donnez au moins 50 caractères imprévisibles.")
    return value


def database_from(name: str, *, folder: Path) -> dict[str, object]:
    """PostgreSQL when the address says so, else an SQLite file whose acknowledged acts are on disk."""
    url = urlsplit(text_from(name))
    if url.scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    if url.scheme not in {"", "sqlite"}:
        raise ImproperlyConfigured(f"{name} : écrivez postgresql://… ou sqlite:///chemin.")
    return sqlite(Path(url.path) if url.path else folder / "cordee.sqlite3")


def postgresql(url: SplitResult) -> dict[str, object]:
    """A socket is named as libpq does: `postgresql://user@/name?host=/folder`."""
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or "") or options.pop("host", ""),
        "PORT": str(url.port or "") or options.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(file: Path) -> dict[str, object]:
    """IMMEDIATE, or half of the acts that read before they write would fail; FULL, so that none is lost."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "cordee.toolkit.sqlite",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        # A file, as in use: threads that race must open connections of their own.
        "TEST": {"NAME": str(file.parent / "test.sqlite3")},
    }


def hosts_from(name: str, *, mode: str) -> list[str]:
    """The names people reach the service by. In production each is written whole: a pattern lets a stranger’s in."""
    hosts = list_from(name)
    if mode != "production":
        return hosts or [*sorted(THIS_MACHINE), "testserver"]
    if not hosts or not all(HOST.fullmatch(host) for host in hosts):
        raise ImproperlyConfigured(
            f"{name} : nommez les adresses servies, sans « * », port ni https://, par exemple cordee.exemple.org."
        )
    return hosts


def https_from(name: str, *, mode: str, hosts: list[str]) -> bool:
    """Whether people reach the service by HTTPS. Without it, sessions and passwords cross the network in the clear."""
    https = choice_from(name, ("yes", "no"), "yes" if mode == "production" else "no") == "yes"
    if mode == "production" and not https and not set(hosts) <= THIS_MACHINE:
        raise ImproperlyConfigured(f"{name}=no : en production, seule cette machine (localhost) se passe de HTTPS.")
    return https


def replica_from(name: str, *, database: dict[str, object]) -> str:
    """Where Litestream copies SQLite; empty for nowhere."""
    url = text_from(name)
    if url and not (url.startswith(("s3://", "file:///")) and len(urlsplit(url).netloc + urlsplit(url).path) > 1):
        raise ImproperlyConfigured(f"{name} : écrivez file:///dossier ou s3://seau/chemin.")
    if url and database["ENGINE"] != "cordee.toolkit.sqlite":
        raise ImproperlyConfigured(f"{name} : c’est SQLite qui est répliqué ainsi. Voyez docs/operation.md.")
    return url


def address_from(name: str) -> str:
    """`host:port`; empty for none."""
    value = text_from(name)
    host, _colon, port = value.rpartition(":")
    if value and not (host and port.isdecimal() and 1 <= int(port) <= 65535):
        raise ImproperlyConfigured(f"{name} : écrivez une adresse et un port, par exemple 127.0.0.1:9100.")
    return value


def files_from(name: str, *, folder: Path) -> dict[str, object]:
    """The store of the files received: a folder, or a bucket of any S3 (its keys stand in the AWS_… variables)."""
    url = urlsplit(text_from(name))
    if not url.scheme:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": url.path or folder}}
    if url.scheme != "s3" or not url.netloc:
        raise ImproperlyConfigured(f"{name} : écrivez un dossier ou s3://seau/chemin.")
    options = dict(parse_qsl(url.query))
    given = {"endpoint_url": options.get("endpoint"), "region_name": options.get("region")}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": url.netloc,
            "location": url.path.strip("/"),
            "file_overwrite": True,  # a name is the checksum of its content: what it replaces is the same
            "addressing_style": "path" if options.get("endpoint") else None,
            **{key: value for key, value in given.items() if value},
        },
    }
