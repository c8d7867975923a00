"""A real SMTP server for tests: it keeps what it takes, refuses whom it is told to, or stays closed."""

import email
import socket
from email.message import EmailMessage
from email.policy import default as modern
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller


class MailServer:
    """`letters` are those it took, parsed. An address that starts with `later` or `never` gets a 450 or a 550."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._controller.stop()

    def mailers(self) -> dict[str, dict[str, Any]]:
        """What the setting MAILERS must be."""
        smtp = {"host": "127.0.0.1", "port": self.port, "timeout": 20}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": smtp}}

    def variables(self) -> dict[str, str]:
        """What another process of this project is told to use it."""
        return {"CORDEE_SMTP_HOST": "127.0.0.1", "CORDEE_SMTP_PORT": str(self.port), "CORDEE_SMTP_SECURITY": "none"}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("never"):
            return "550 no such person"
        if address.startswith("later"):
            return "450 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(email.message_from_bytes(envelope.content, policy=modern))
        return "250 OK"
