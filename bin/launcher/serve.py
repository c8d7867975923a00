"""`bin/serve`: the service for real use. It refuses to start on a doubt, and says what to do."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import preparation, project, replication, server, supervision
from launcher.speech import Missing, say

PROBE = """
import json, sys
from django.core.exceptions import ImproperlyConfigured
try:
    from config import settings
except (ImproperlyConfigured, ValueError) as problem:
    sys.exit(str(problem))
database = settings.DATABASES["default"]
file = str(database["NAME"]) if database["ENGINE"] == "cordee.toolkit.sqlite" else ""
told = {"data": str(settings.DATA_DIR), "file": file, "replica": settings.REPLICA, "metrics": settings.METRICS}
print(json.dumps(told))
"""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/serve",
        description="Sert Cordée en production, réglé par les variables d’environnement (voir docs/operation.md).",
    )
    parser.add_argument("--migrate", action="store_true", help="applique les migrations, puis sert")
    options = parser.parse_args(arguments)
    host, port, workers = (
        os.environ.get("CORDEE_ADDRESS") or server.HOST,
        number("CORDEE_PORT", 8000),
        number("CORDEE_WORKERS", 2),
    )
    env = settings()
    told = probed(env)
    data = data_folder(told["data"])
    with supervision.held(data):
        migrations(env, data, apply=options.migrate)
        preparation.prepare((preparation.CATALOGUE, preparation.STATIC), data, env)
        beside = [server.WORKER, *figures(data / "figures" / str(port), told["metrics"], env)]
        # The last to be stopped: it sends what the others have just written.
        copying = replication.command(data, told["file"], told["replica"]) if told["replica"] else []
        say(f"Cordée sert sur {host}:{port}.")
        code = supervision.run(server.command(host, port, workers, [*beside, copying] if copying else beside), env)
        if copying:
            replication.send_the_rest(copying)
        return code


def settings() -> dict[str, str]:
    mode = os.environ.get("CORDEE_MODE", "production")
    if mode != "production":
        raise Missing(
            f"bin/serve sert en production, et CORDEE_MODE vaut {mode}.",
            "Retirez CORDEE_MODE ; pour la démonstration : bin/demo.",
        )
    return {**os.environ, "CORDEE_MODE": mode, "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}


def number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise Missing(f"{name}={value} : donnez un nombre, par exemple {default}.")
    return int(value)


def probed(env: dict[str, str]) -> dict[str, str]:
    """What the settings say of the data; their own sentence when they refuse."""
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=project.ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise Missing(
            project.last_line(done.stderr),
            "Les réglages et leur sens sont dans docs/operation.md.",
        )
    return dict(json.loads(done.stdout))


def data_folder(name: str) -> Path:
    """Where the data stand, made when it is not there."""
    data = project.ROOT / name
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Missing(f"Le dossier des données ({data}) ne peut pas être créé : {problem.strerror}.") from None
    if not os.access(data, os.W_OK):
        raise Missing(
            f"Le dossier des données ({data}) n’est pas accessible en écriture.",
            "Changez ses droits, ou CORDEE_DATA.",
        )
    return data


def figures(folder: Path, address: str, env: dict[str, str]) -> list[Sequence[str]]:
    """Where the processes of this server count, emptied of what those before it counted; the command that tells it."""
    if not address:
        return []
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    env["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return [("manage.py", "metrics", address)]


def migrations(env: dict[str, str], data: Path, *, apply: bool) -> None:
    """Serving on a database of another age loses data: apply when told to, else refuse."""
    log = data / "preparation.log"
    if apply:
        project.run(("manage.py", "migrate", "--noinput"), env, log)
        return
    plan = project.run(("manage.py", "showmigrations", "--plan", "--no-color"), env, log)
    waiting = [line for line in plan.splitlines() if line.startswith("[ ]")]
    if waiting:
        raise Missing(
            f"La base de données attend {len(waiting)} migration(s).",
            "Faites une copie (bin/backup), puis : bin/serve --migrate",
        )
