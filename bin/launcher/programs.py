"""Looking for programs on the machine: where they may be, and whether they answer when run."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path


def output(command: Sequence[str], *, seconds: float = 30) -> str | None:
    """What the program prints; None when it is absent, fails or hangs. A name on PATH proves nothing."""
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return answer.stdout


def named(*names: str) -> Iterator[str]:
    """Every program of these names on PATH, in the order of the names: the first may be a broken shim."""
    for name in names:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            path = Path(folder or ".") / name
            if os.access(path, os.X_OK) and path.is_file():
                yield str(path)


def matching(*patterns: str) -> Iterator[str]:
    """The programs that match (`~` is the person's folder), the highest version of each pattern first."""
    for pattern in patterns:
        absolute = Path(expanded(pattern))
        found = Path(absolute.anchor).glob(str(absolute.relative_to(absolute.anchor)))
        usable = [str(path) for path in found if os.access(path, os.X_OK)]
        yield from sorted(usable, key=by_version, reverse=True)


def expanded(path: str) -> str:
    """`~/…` in full; as it is where the person has no folder, which is no reason to fail."""
    return os.path.expanduser(path)  # noqa: PTH111  (pathlib's own raises there)


def by_version(path: str) -> list[int]:
    """The numbers in the path, so that 3.9 comes before 3.10."""
    return [int(number) for number in re.findall(r"\d+", path)]
