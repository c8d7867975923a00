"""Readers of the environment: each gives a value that is clear, or stops the start with a sentence."""

import os
from datetime import date
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

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
