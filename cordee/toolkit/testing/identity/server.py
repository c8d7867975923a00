"""The provider of the tests as a process, and someone who signs in there with a browser of their own."""

import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from cordee.values.identity import IdentityProvider


class IdentityServer:
    """`callbacks` are the addresses it may send people back to."""

    def __init__(self, folder: Path, *callbacks: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{self.port}/o"
        self._command = [f"{__package__}.provider", str(self.port), str(folder), *callbacks]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen([sys.executable, "-m", *self._command], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.terminate()
        self._process.communicate()

    def provider(self, key: str, **given: Any) -> IdentityProvider:
        """How our side is set to know it."""
        usual = {"organization": "862000", "client_id": "cordee", "client_secret": "secret-cordee"}
        return IdentityProvider(**{**usual, "key": key, "name": "Massif", "issuer": self.issuer, **given})

    def knows(self, name: str, *, active: bool = True, **said: Any) -> None:
        """Someone, whose password is their name, and the claims it makes of them beside its own, or instead."""
        requests.post(
            f"http://127.0.0.1:{self.port}/essai/", json={"name": name, "active": active, "said": said}, timeout=10
        ).raise_for_status()

    def sends_back(self, address: str, name: str) -> str:
        """Where someone who signs in at `address` is sent to; empty when they are kept at its door."""
        with requests.Session() as browser:
            door = browser.get(address, timeout=10)
            typed = {"username": name, "password": name, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
            answer = browser.post(door.url, data=typed, timeout=10, allow_redirects=False)
            while answer.is_redirect and "/retour/" not in answer.headers["Location"].partition("?")[0]:
                address = requests.compat.urljoin(answer.url, answer.headers["Location"])
                answer = browser.get(address, timeout=10, allow_redirects=False)
            return answer.headers.get("Location", "")
