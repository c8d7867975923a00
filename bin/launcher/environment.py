"""Making `.venv` from `uv.lock`, once for each lock; uv is found, or installed beside the project."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from launcher import interpreters, programs
from launcher.speech import Missing, say

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "cordee-lock.json"
TOOLS = ROOT / ".tools"
UV_NEEDED = (0, 9)
UV_WANTED = "uv>=0.9,<0.14"
# A person's own settings that would send our environment, or our imports, elsewhere.
FOREIGN = (
    *("VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH"),
    *("UV_PROJECT", "UV_PYTHON", "UV_NO_SYNC"),
)


def ensure(*, dev: bool) -> Path:
    """The Python of an environment that holds what the lock names; `dev` adds what tests and checks need."""
    for name in FOREIGN:
        os.environ.pop(name, None)
    standing, lock = read_stamp(), fingerprint()
    enough = standing.get("lock") == lock and (standing.get("dev") or not dev)
    if not (enough and programs.output([str(PYTHON), "-I", "-c", ""]) is not None):
        sync(dev=dev)
        STAMP.write_text(json.dumps({"lock": lock, "dev": dev}), encoding="utf-8")
    return PYTHON


def fingerprint() -> str:
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def read_stamp() -> dict[str, object]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def sync(*, dev: bool) -> None:
    python = interpreters.find(ROOT)
    uv = find_uv() or install_uv(python)
    say("Installation des composants dans .venv (environ 250 Mo la première fois)…")
    # A demonstration must not undo a developer's environment: what it does not need is left there.
    command = [uv, "sync", "--frozen", "--quiet", *([] if dev else ["--no-dev", "--inexact"])]
    command += ["--python", python.path if python else interpreters.PREFERRED[0]]
    command += [] if python else ["--managed-python"]  # past the shims that do not run
    settings = uv_settings(downloads="never" if python else "automatic")
    said = refusal(command, settings)
    if "certificate" in said:  # a network that signs for itself is known to the system, not to uv
        said = refusal(command, {**settings, "UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"})
    if said:
        print(said, file=sys.stderr)
        raise sync_failed(python)


def refusal(command: list[str], settings: dict[str, str]) -> str:
    """Run uv; what it said when it failed, nothing when it did not."""
    done = subprocess.run(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return (done.stderr.strip() or f"uv : {done.returncode}") if done.returncode else ""


def sync_failed(python: interpreters.Interpreter | None) -> Missing:
    if python:
        return Missing(
            "Les composants n’ont pas pu être installés : la raison est juste au-dessus.",
            "Vérifiez l’accès au réseau et l’espace disque, puis relancez la même commande.",
        )
    return Missing(
        "Il manque Python 3.12, 3.13 ou 3.14, et uv n’a pas pu en télécharger un.",
        "Installez Python 3.13 (https://www.python.org/downloads/), ou donnez le chemin d’un Python : "
        "CORDEE_PYTHON=/chemin/vers/python3.13",
    )


def uv_settings(*, downloads: str) -> dict[str, str]:
    """The person's own uv settings (a mirror, a certificate) stay; only where things go is ours."""
    settings = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": downloads}
    if "UV_CACHE_DIR" not in settings and not os.access(programs.expanded("~"), os.W_OK):
        settings["UV_CACHE_DIR"] = str(TOOLS / "cache")
    return settings


def find_uv() -> str | None:
    """A uv that runs and is recent enough: one of the machine, else the one installed here before."""
    return next((path for path in uv_candidates() if uv_does(path)), None)


def uv_candidates() -> Iterator[str]:
    if os.environ.get("UV"):  # uv says so itself to what it runs
        yield os.environ["UV"]
    yield from programs.named("uv")
    yield from programs.matching("~/.local/bin/uv", "~/.cargo/bin/uv", str(TOOLS / "uv" / "bin" / "uv"))


def uv_does(path: str) -> bool:
    match = re.match(r"uv (\d+)\.(\d+)", programs.output([path, "--version"]) or "")
    return bool(match) and (int(match[1]), int(match[2])) >= UV_NEEDED


def install_uv(python: interpreters.Interpreter | None) -> str:
    """pip puts uv in a folder of the project: no right on the system, even where pip refuses to touch it."""
    pythons = [sys.executable, *([python.path] if python else [])]
    able = [path for path in pythons if programs.output([path, "-m", "pip", "--version"], seconds=60)]
    if not able:
        raise Missing(
            "Il manque uv, et pip pour l’installer.",
            "Sous Debian ou Ubuntu : sudo apt-get install python3-pip. Ailleurs, installez uv : https://docs.astral.sh/uv/",
        )
    say("Installation de uv dans .tools…")
    uv, said = TOOLS / "uv" / "bin" / "uv", pip_install(able[0], TOOLS / "uv")
    if not uv_does(str(uv)):
        print(said.strip(), file=sys.stderr)
        raise Missing(
            "uv n’a pas pu être installé par pip : la raison est juste au-dessus.",
            "Vérifiez l’accès au réseau et relancez, ou installez uv vous-même : https://docs.astral.sh/uv/",
        )
    return str(uv)


def pip_install(python: str, target: Path) -> str:
    """Install uv's wheel (never its sources: that takes a compiler); what pip said, good or bad."""
    command = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--only-binary", ":all:", "--upgrade", "--target", str(target), UV_WANTED]
    settings = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}  # either would refuse --target
    done = subprocess.run(
        command,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout
