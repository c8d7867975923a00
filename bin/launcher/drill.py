"""`bin/drill`: what is lost when the service is killed, and when its disk is; on invented data, in a folder of its own.

Arrivals are sent as telephones send them, each acknowledged one is written down by the sender, and counted afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher import demo, packages, preparation, project, replication, server, suite
from launcher.postgres_drill import Cluster
from launcher.speech import Missing, say

STEPS = tuple(step for step in preparation.DEMO if step.name not in {"people", "static"})


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/drill", description="Tue le service, puis perd son disque, et compte ce qui manque ensuite."
    )
    parser.add_argument("--seconds", type=float, default=20, help="durée des envois avant chaque malheur")
    parser.add_argument("--without", action="append", choices=("postgresql",), default=[])
    options = parser.parse_args(arguments)
    if "postgresql" not in options.without:
        packages.provide([suite.PARTS["postgresql"]], command="bin/drill")
    (project.ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drill-", dir=project.ROOT / "var") as folder:
        for name in ("sqlite", "postgresql"):
            if name not in options.without:
                for drill, found in drills(name, Path(folder) / name, options.seconds):
                    say(f"{name}, {drill} : {json.dumps(found)}")
    return 0


def load_the_demonstration(house: House, steps: Sequence[preparation.Step] = STEPS) -> None:
    preparation.prepare(steps, Path(house.env["CORDEE_DATA"]), house.env)


def drills(
    name: str, folder: Path, seconds: float, prepare: Callable[[House], None] = load_the_demonstration
) -> Iterator[tuple[str, dict[str, object]]]:
    """The two drills of a database, one after the other, on a year of its own, which `prepare` makes."""
    house = House(folder, demo.settings(folder / "data"))
    with ExitStack() as cleaning:
        cluster = Cluster.made(cleaning) if name == "postgresql" else None
        if cluster:
            house.env["DATABASE_URL"] = cluster.address
        prepare(house)
        yield "kill -9", house.kill_with(cluster, seconds) if cluster else house.kill(seconds)
        yield "disque perdu", house.lose_the_disk_of(cluster, seconds) if cluster else house.lose_the_disk(seconds)


@dataclass
class House:
    """Data ready to be served: `folder/data` is the disk that may be lost, the rest of `folder` is elsewhere."""

    folder: Path
    env: dict[str, str]

    def kill(self, seconds: float) -> dict[str, object]:
        """kill -9 of every process of the server, under load; SQLite as it stands then."""
        with self.under_load(seconds) as process:
            os.killpg(process.pid, signal.SIGKILL)
        return self.count()

    def lose_the_disk(self, seconds: float) -> dict[str, object]:
        """The machine is gone with its disk: the replica alone is left, to be restored elsewhere."""
        replica = f"file://{self.folder}/replica"
        data, there = Path(self.env["CORDEE_DATA"]), self.folder / "there"
        command = replication.command(data, str(data / preparation.DATABASE), replica)
        copying = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        try:
            wait_for(lambda: list(self.folder.glob("replica/ltx/9/*.ltx")))
            with self.under_load(seconds) as process:
                os.killpg(process.pid, signal.SIGKILL)
                copying.kill()
        finally:
            copying.kill()
            copying.wait()
        shutil.rmtree(data)
        self.env = {**self.env, "CORDEE_DATA": str(there), "CORDEE_REPLICA": replica}
        started = time.monotonic()
        project.run(("manage.py", "restore", "--replica"), self.env, self.folder / "restore.log")
        return {**self.count(), "restored_s": round(time.monotonic() - started, 1)}

    def kill_with(self, cluster: Cluster, seconds: float) -> dict[str, object]:
        """kill -9 of the server and of PostgreSQL, which recovers by itself when it starts again."""
        with self.under_load(seconds) as process:
            cluster.kill()
            os.killpg(process.pid, signal.SIGKILL)
        cluster.start()
        return self.count()

    def lose_the_disk_of(self, cluster: Cluster, seconds: float) -> dict[str, object]:
        """PostgreSQL’s folder is gone: a base backup and the log received elsewhere are left."""
        with cluster.received() as receiver, self.under_load(seconds) as process:
            cluster.kill()
            os.killpg(process.pid, signal.SIGKILL)
            receiver.kill()
        cluster.lose()
        started = time.monotonic()
        cluster.restore()
        cluster.start()
        return {**self.count(), "restored_s": round(time.monotonic() - started, 1)}

    @contextmanager
    def under_load(self, seconds: float) -> Iterator[subprocess.Popen]:
        """The server once it has taken arrivals for that long; whoever sends them has ended at the end."""
        port, marks = server.free_port(), self.folder / "acknowledged"
        with server.serving(port, self.env, self.folder / "server.log") as process:
            command = [sys.executable, "-m", "bench.acknowledged", "send", f"http://{server.HOST}:{port}", str(marks)]
            with subprocess.Popen(
                command, cwd=project.ROOT, env=self.env, stdout=subprocess.PIPE, text=True
            ) as sending:
                try:
                    if not sending.stdout or sending.stdout.readline() != "ready\n":
                        raise Missing("Les envois n’ont pas commencé.")
                    time.sleep(seconds)
                    yield process
                    sending.wait(30)
                finally:
                    sending.kill()

    def count(self) -> dict[str, object]:
        command = ("-m", "bench.acknowledged", "count", str(self.folder / "acknowledged"))
        return dict(json.loads(project.run(command, self.env, self.folder / "count.log")))


def wait_for(ready, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise Missing("La réplication n’a pas commencé.")
        time.sleep(0.1)
