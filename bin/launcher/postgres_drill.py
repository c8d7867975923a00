"""A PostgreSQL to be killed and lost: its log is received elsewhere as it is written, by its own programs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from launcher import postgres
from launcher.speech import Missing


@dataclass
class Cluster:
    """`folder/data` is the disk that may be lost; `folder/base` and `folder/log` stand for another machine."""

    programs: Path
    folder: Path
    identity: dict[str, int]
    cleaning: ExitStack
    server: subprocess.Popen | None = None

    @classmethod
    def made(cls, cleaning: ExitStack) -> Cluster:
        programs = postgres.find()
        assert programs is not None
        folder = Path(tempfile.mkdtemp(prefix="cordee-pg-", dir=postgres.short_folder()))
        cleaning.callback(shutil.rmtree, folder, ignore_errors=True)
        cluster = cls(programs, folder, postgres.unprivileged(), cleaning)
        if cluster.identity:
            os.chown(folder, cluster.identity["user"], cluster.identity["group"])
        postgres.create(programs, folder, cluster.identity)
        cluster.start()
        return cluster

    @property
    def address(self) -> str:
        return f"postgresql://cordee@/postgres?host={self.folder}"

    def start(self) -> None:
        """As in real use: what is acknowledged is on the disk."""
        self.server = self.cleaning.enter_context(
            postgres.running(self.programs, self.folder, self.identity, dict(postgres.SETTINGS))
        )

    def kill(self) -> None:
        """kill -9 of every process of it at once: none can finish what it was doing."""
        children = children_of(self.server.pid)
        self.server.kill()
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait()
        while any(is_alive(pid) for pid in children):
            time.sleep(0.05)

    @contextmanager
    def received(self) -> Iterator[subprocess.Popen]:
        """The log as it is written, then a base backup, which needs what was written during it; killed at the end."""
        (self.folder / "log").mkdir()
        if self.identity:
            os.chown(self.folder / "log", self.identity["user"], self.identity["group"])
        self.run("pg_receivewal", "--slot=elsewhere", "--create-slot")
        command = [str(self.programs / "pg_receivewal"), *self.where(), "-D", str(self.folder / "log")]
        options = ("--slot=elsewhere", "--synchronous", "--no-loop")
        process = postgres.started([*command, *options], self.folder, self.identity, stderr=subprocess.DEVNULL)
        try:
            options = ("--wal-method=none", "--checkpoint=fast", "--no-sync")
            self.run("pg_basebackup", "-D", str(self.folder / "base"), *options)
            yield process
        finally:
            process.kill()
            process.wait()

    def lose(self) -> None:
        shutil.rmtree(self.folder / "data")

    def restore(self) -> None:
        """The base backup, made current by the log received since; its last segment was not yet full."""
        for part in (self.folder / "log").glob("*.partial"):
            part.rename(part.with_suffix(""))
        (self.folder / "base").rename(self.folder / "data")
        with (self.folder / "data" / "postgresql.auto.conf").open("a") as settings:
            settings.write(f'restore_command = \'cp "{self.folder}/log/%f" "%p"\'\n')
        (self.folder / "data" / "recovery.signal").touch()

    def where(self) -> list[str]:
        return ["-h", str(self.folder), "-U", "cordee"]

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *self.where(), *arguments]
        process = postgres.started(command, self.folder, self.identity, stderr=subprocess.PIPE)
        _out, said = process.communicate()
        if process.returncode:
            raise Missing(f"{program} : {said.strip()}")


def children_of(parent: int) -> list[int]:
    said = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(pid) for pid, of in (line.split() for line in said.splitlines()) if int(of) == parent]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
