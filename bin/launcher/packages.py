"""What tests and measures need beyond Python: what is installed is used, root installs the rest, others are told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import Callable, NamedTuple

from launcher.speech import Missing, say


class Part(NamedTuple):
    """A program of the machine: how people call it, how to find it, its packages of Debian and of Homebrew."""

    name: str
    find: Callable[[], object]
    package: str
    brew: str
    option: str  # how to leave it out


def provide(parts: Sequence[Part], command: str = "bin/test") -> None:
    """Have every part, or refuse before `command` has done anything."""
    lacking = [part for part in parts if not part.find()]
    if lacking and os.geteuid() == 0 and shutil.which("apt-get"):
        install([part.package for part in lacking])
        lacking = [part for part in lacking if not part.find()]
    if lacking:
        raise Missing(
            f"Il manque {' et '.join(part.name for part in lacking)} pour tout essayer.",
            f"{advice(lacking)}\n    (ou, pour s’en passer : {command} {' '.join(part.option for part in lacking)})",
        )


def install(packages: Sequence[str]) -> None:
    say(f"Installation de {' et '.join(packages)} (paquets Debian)…")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "-qq", *command], env=env, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode:
            print(done.stdout[-2000:], file=sys.stderr)


def advice(parts: Sequence[Part]) -> str:
    if sys.platform == "darwin":
        return f"brew install {' '.join(part.brew for part in parts)}"
    return f"sudo apt-get install --yes {' '.join(part.package for part in parts)}"
