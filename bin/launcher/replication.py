"""Litestream beside the server: what SQLite commits is copied elsewhere each second."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from launcher import environment

CONFIGURATION = "litestream.json"
STOP_LIMIT = 15.0
KEPT = "168h"  # any second of the last week can be asked for again


def program() -> str:
    return str(environment.VENV / "bin" / "litestream")


def command(data: Path, database: str, replica: str) -> list[str]:
    """Write its configuration (JSON is YAML) in the data folder; the command that follows it."""
    path = data / CONFIGURATION
    told = {
        "dbs": [{"path": database, "replica": {"url": replica, "sync-interval": "1s"}}],
        "snapshot": {"interval": "24h", "retention": KEPT},
        "logging": {"level": "warn", "type": "json", "stderr": True},
    }
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return [program(), "replicate", "-config", str(path), "-no-expand-env"]


def send_the_rest(command: Sequence[str]) -> None:
    """Once nothing serves: Litestream was perhaps dead, or still starting, when it was asked to stop."""
    with suppress(subprocess.TimeoutExpired):
        subprocess.run([*command, "-once"], stdin=subprocess.DEVNULL, timeout=STOP_LIMIT)
