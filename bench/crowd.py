"""Clients who all call the server at once, each on a connection that stays open."""

import http.client
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

UNCOUNTED = 2  # each client’s first calls also open its connection and load what its worker needs


@dataclass(kw_only=True)
class Caller:
    """One client, who calls until told to stop, once at least. `pause` is the time it leaves between two calls."""

    address: str
    pause: float = 0.0
    stop: Event = field(default_factory=Event)
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def calls(self) -> Iterator[Any]:
        raise NotImplementedError

    def send(self, connection: http.client.HTTPConnection, call: Any) -> str:
        """What is wrong with the answer, empty when nothing is."""
        raise NotImplementedError

    def run(self) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        for number, call in enumerate(self.calls()):
            if self.stop.is_set() and (self.seconds or self.errors):
                break
            self._timed(connection, call, counts=number >= UNCOUNTED)
            self.stop.wait(self.pause)
        connection.close()

    def _timed(self, connection: http.client.HTTPConnection, call: Any, *, counts: bool) -> None:
        started = time.perf_counter()
        try:
            wrong = self.send(connection, call)
        except (OSError, http.client.HTTPException) as problem:
            wrong = repr(problem)
        if wrong:
            self.errors.append(wrong)
        elif counts:
            self.seconds.append(time.perf_counter() - started)


class Crowd:
    """Clients that call from `start` to `stop`."""

    def __init__(self, callers: Sequence[Caller]) -> None:
        self.callers = callers
        self._threads = [Thread(target=caller.run) for caller in callers]

    def start(self) -> None:
        self._started = time.perf_counter()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        for caller in self.callers:
            caller.stop.set()
        for thread in self._threads:
            thread.join()
        self.duration = time.perf_counter() - self._started

    @property
    def seconds(self) -> list[float]:
        return [one for caller in self.callers for one in caller.seconds]

    @property
    def errors(self) -> list[str]:
        return [one for caller in self.callers for one in caller.errors]
