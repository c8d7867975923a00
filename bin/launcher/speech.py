"""What the launcher says, and the one way it fails: a sentence, and what to do."""

from __future__ import annotations

import sys


class Missing(Exception):
    """Something the command needs is not there. `sentence` names it, `way` is the one way to get it."""

    def __init__(self, sentence: str, way: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way = way


def say(sentence: str = "", *, end: str = "\n") -> None:
    """Print at once, so that the order holds beside what child processes print."""
    print(sentence, end=end, flush=True)


def complain(problem: Missing) -> None:
    sys.stdout.flush()
    print(problem.sentence, file=sys.stderr)
    if problem.way:
        print(f"  → {problem.way}", file=sys.stderr)


def seconds(duration: float) -> str:
    """`3.14159` → `3,1 s`, as people read it."""
    return f"{duration:.1f} s".replace(".", ",")


def speak_utf8() -> None:
    """An old terminal setting must not turn an accent into a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
