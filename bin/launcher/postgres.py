"""A throw-away PostgreSQL: its own folder, a socket and no port, nobody's rights, gone at the end.

`sh bin/launcher/start.sh with-postgresql COMMAND …` runs a command on one, through `DATABASE_URL`.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launcher import programs
from launcher.speech import Missing

OLDEST = 15
PLACES = (
    "/usr/lib/postgresql/*/bin/postgres",
    "/usr/pgsql-*/bin/postgres",
    "/opt/homebrew/opt/postgresql@*/bin/postgres",
    "/usr/local/opt/postgresql@*/bin/postgres",
)
SETTINGS = {"listen_addresses": "", "max_wal_size": "2GB", "jit": "off", "max_connections": "60"}
# Nothing has to outlive a run of tests: durability would only cost time. A measure pays it, as real use does.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
UNPRIVILEGED = ("nobody", "postgres")  # PostgreSQL refuses to run as root


def main(arguments: Sequence[str]) -> int:
    """Run the command given on a cluster of its own; its exit status is ours."""
    if not arguments or arguments[0] == "--help":
        raise Missing(
            "Donnez la commande à lancer sur un PostgreSQL jetable.",
            "Par exemple : with-postgresql .venv/bin/python -m pytest",
        )
    with throwaway_cluster() as address:
        return subprocess.run(list(arguments), env={**os.environ, "DATABASE_URL": address}).returncode


def find() -> Path | None:
    """The folder of the newest server programs of this machine that run, from version 15."""
    servers = [*programs.named("postgres"), *programs.matching(*PLACES)]
    found = [(version, path) for path in servers for version in [version_of(path)] if version >= OLDEST]
    return Path(max(found)[1]).resolve().parent if found else None


def version_of(server: str) -> int:
    """The major version of the server program, 0 when it does not run."""
    match = re.search(r" (\d+)", programs.output([server, "--version"]) or "")
    return int(match[1]) if match else 0


@contextmanager
def throwaway_cluster(*, durable: bool = False) -> Iterator[str]:
    """The address (`postgresql://…`) of an empty database on a new cluster, which is gone at the end."""
    server_bin = find()
    if server_bin is None:
        raise Missing(f"Il manque un serveur PostgreSQL {OLDEST} ou plus récent.", "sudo apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="cordee-pg-", dir=short_folder()))
    try:
        identity = unprivileged()
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        create(server_bin, folder, identity)
        with running(server_bin, folder, identity, SETTINGS if durable else {**SETTINGS, **HASTY}):
            yield f"postgresql://cordee@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def short_folder() -> str | None:
    """A socket's path is limited to about 100 characters: where the usual folder is too deep, /tmp serves."""
    return None if len(tempfile.gettempdir()) < 60 else "/tmp"


def unprivileged() -> dict[str, int]:
    """Whom the server runs as: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid}
    raise Missing(
        "PostgreSQL ne tourne pas comme root, et il n’y a ni nobody ni postgres.",
        "Relancez sous un autre utilisateur.",
    )


def create(server_bin: Path, folder: Path, identity: dict[str, int]) -> None:
    command = [str(server_bin / "initdb"), "-D", str(folder / "data"), "-U", "cordee", "--auth=trust"]
    command += ["--no-sync", "--encoding=UTF8", "--locale=C"]
    done = started(command, folder, identity, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, _ = done.communicate()
    if done.returncode:
        raise Missing(f"La base PostgreSQL jetable n’a pas pu être créée : {said.strip().splitlines()[-1:]}")


@contextmanager
def running(
    server_bin: Path, folder: Path, identity: dict[str, int], settings: dict[str, str]
) -> Iterator[subprocess.Popen]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [str(server_bin / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "server.log").open("w") as log:
        server = started(command, folder, identity, stdout=log, stderr=log)
    try:
        wait_until_ready(server_bin, folder, server)
        yield server
    finally:
        server.send_signal(signal.SIGINT)  # fast shutdown: whoever is still connected is sent away
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def started(command: Sequence[str], folder: Path, identity: dict[str, int], **streams: object) -> subprocess.Popen:
    """A program of the cluster: in its folder, without root's groups, deaf to the terminal's Ctrl-C."""
    own = {**identity, "extra_groups": []} if identity else {}
    env = {**os.environ, "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        **own,
        **streams,
    )


def wait_until_ready(server_bin: Path, folder: Path, server: subprocess.Popen) -> None:
    command = [str(server_bin / "pg_isready"), "--quiet", "-h", str(folder), "-t", "1"]
    for _ in range(300):
        if server.poll() is not None:
            break
        if subprocess.run(command, stdin=subprocess.DEVNULL).returncode == 0:
            return
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    log = (folder / "server.log").read_text(errors="replace").strip().splitlines()[-3:]
    print("\n".join(log), file=sys.stderr)
    raise Missing("Le PostgreSQL jetable n’a pas démarré : la raison est juste au-dessus.")
