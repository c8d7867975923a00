"""Running the project's commands with the Python of `.venv`: a failure is a sentence, the rest is kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher.speech import Missing

ROOT = Path(__file__).resolve().parent.parent.parent
# A person's own settings that would send a demonstration or a test to another database or mode; the last makes each of
# the many processes compile all it imports, which takes it twice as long to start.
OURS = ("CORDEE_", "DJANGO_", "DATABASE_URL", "PYTEST_", "GRANIAN_", "MYPY", "PYTHONDONTWRITEBYTECODE")
RAISED = re.compile(r"^(?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Configured|Warning|Refusal): (?=\S)")


def settings(mode: str, data: Path, **others: str) -> dict[str, str]:
    """The environment of a run that nothing outside may change: the settings see only what is named here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {
        **kept,
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "CORDEE_MODE": mode,
        "CORDEE_DATA": str(data),
        **others,
    }


def run(arguments: Sequence[str], env: dict[str, str], log: Path) -> str:
    """Run `python arguments…` in the project and give what it printed; `log` keeps that and its faults."""
    log.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    with log.open("a", encoding="utf-8") as file:
        file.write(f"$ python {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    if done.returncode:
        raise Missing(last_line(done.stderr or done.stdout), f"Tout ce qui a été dit : {shown(log)}")
    return done.stdout


def manage(arguments: Sequence[str], env: dict[str, str]) -> int:
    """Run a command of the application as if it were ours: what it prints is printed, its refusal is a sentence."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise Missing(last_line(done.stderr))
    return 0


def last_line(text: str) -> str:
    """What a person needs of a long failure: its last sentence, without the class that said it."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()] or ["La commande a échoué sans rien dire."]
    said = max((number for number, line in enumerate(lines) if RAISED.match(line)), default=len(lines) - 1)
    return RAISED.sub("", lines[said]).strip()


def shown(path: Path) -> str:
    """The path as one would type it from the project's folder."""
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)
