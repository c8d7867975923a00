"""From where an act comes: a page someone asked for, a background task, or a command on the machine."""

from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

PAGE, TASK, COMMAND = "page", "task", "command"


@dataclass(frozen=True, slots=True)
class Origin:
    """`address` is the network address the request came from; empty for tasks and commands."""

    channel: str
    address: str = ""


BY_COMMAND = Origin(COMMAND)
origin: ContextVar[Origin] = ContextVar("origin", default=BY_COMMAND)


def of_request(request: HttpRequest) -> Origin:
    """Behind a proxy, the address it wrote last: what stands before it in the header, anyone may have written."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS and (forwarded := request.headers.get("X-Forwarded-For", "")):
        address = forwarded.rpartition(",")[2].strip()
    return Origin(PAGE, address[:45])
