"""Processes kept together: a server and what works beside it, started again when it dies, stopped in order.

All are forks of who keeps them, and share with it what they never change: that is why they are not commands.
"""

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess

PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds before what died is started again
STEADY = 300.0  # alive this long, its past is forgotten
STOP_LIMIT = 15.0
LOOK = 0.5
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Elsewhere the libraries of the system do not bear a fork: what is kept there loads the application anew.
START = "fork" if sys.platform == "linux" else "spawn"

Work = Callable[[Sequence[str]], object]


def started(work: Work, words: Sequence[str]) -> BaseProcess:
    """What it starts in its turn with multiprocessing, it starts the same way."""
    process = multiprocessing.get_context(START).Process(target=_alone, args=(work, words))
    process.start()
    return process


def _alone(work: Work, words: Sequence[str]) -> None:
    """Asked to stop, it does what any process does, and not what its keeper does."""
    for number in ENDS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
    work(words)


class Kept:
    """`work(words)` in a process of its own: started, started again when it dies, stopped."""

    def __init__(self, work: Work, words: Sequence[str] = ()) -> None:
        self.work, self.words, self.deaths, self.next_start = work, words, 0, 0.0
        self.process: BaseProcess | None = None
        self.look()

    def look(self) -> None:
        """Start it when it is time to: at first, and after each death a pause that grows."""
        now = time.monotonic()
        if self.process and self.process.is_alive():
            if now - self.started_at > STEADY:
                self.deaths = 0
            return
        if self.process:
            self.process = None
            self.next_start = now + PAUSES[min(self.deaths, len(PAUSES) - 1)]
            self.deaths += 1
        if now >= self.next_start:
            self.started_at = now
            self.process = started(self.work, self.words)

    def stop(self) -> int | None:
        """Ask, so that the task under way ends, wait, and only then kill. How it ended."""
        if self.process is None:
            return None
        self.process.terminate()
        self.process.join(STOP_LIMIT)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        return self.process.exitcode


def keep(server: tuple[Work, Sequence[str]], beside: Sequence[tuple[Work, Sequence[str]]]) -> int:
    """Until the server ends: a signal stops all, the server first, and is no failure. The code to leave with."""
    asked: list[int] = []
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # one that comes meanwhile waits for what will hear it
    process = started(*server)

    def end(number: int, _frame: object) -> None:
        asked.append(number)
        process.terminate()

    for number in ENDS:
        signal.signal(number, end)
    kept = [Kept(*one) for one in beside]
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
    try:
        while process.is_alive():
            process.join(LOOK)
            for one in kept if not asked else ():
                one.look()
    finally:
        for one in kept:
            one.stop()
    return 0 if asked else process.exitcode or 1
