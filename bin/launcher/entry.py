"""From any Python to the project's own: make the environment, then run the command with its Python."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

from launcher import environment
from launcher.speech import Missing, complain, speak_utf8

# The module of each command, and whether it needs what only developers need.
COMMANDS = {
    "demo": ("launcher.demo", False),
    "serve": ("launcher.serve", False),
    "backup": ("launcher.backup", False),
    "restore": ("launcher.restore", False),
    "check": ("launcher.checks", True),
    "test": ("launcher.suite", True),
    "bench": ("launcher.bench", False),
    "drill": ("launcher.drill", False),
    "with-postgresql": ("launcher.postgres", True),
}
INSIDE = "--inside"
# What these print on stdout is read by a program: whatever else is said goes to stderr.
READ_BY_PROGRAMS = {"bench"}


def main(arguments: list[str]) -> int:
    """Run one command; a problem is a sentence on stderr and 1, Ctrl-C is 130."""
    speak_utf8()
    try:
        if arguments and arguments[0] == INSIDE:
            return run(arguments[1], arguments[2:])
        return enter(arguments)
    except Missing as problem:
        complain(problem)
        return 1
    except OSError as problem:  # a disk that is full, a folder that is closed
        place = f" ({problem.filename})" if problem.filename else ""
        complain(Missing(f"La machine refuse : {problem.strerror or problem}{place}."))
        return 1
    except KeyboardInterrupt:
        return 130


def enter(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        raise Missing(f"Commande inconnue. Les commandes : {', '.join(COMMANDS)}.")
    if "-h" in arguments or "--help" in arguments:  # usage needs no environment
        return run(arguments[0], ["--help"])
    with redirect_stdout(sys.stderr if arguments[0] in READ_BY_PROGRAMS else sys.stdout):
        python = str(environment.ensure(dev=COMMANDS[arguments[0]][1]))
    os.environ["PYTHONUTF8"] = "1"
    folder = str(Path(__file__).resolve().parent)
    os.execv(python, [python, folder, INSIDE, *arguments])


def run(command: str, arguments: list[str]) -> int:
    module = importlib.import_module(COMMANDS[command][0])
    return module.main(arguments)
