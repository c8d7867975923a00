"""What the logs say: one JSON object a line, that names no person.

Addresses of pages may hold a code or a name, and the words of an exception the values it choked on: a line names the
route of the page instead, and of an exception its class and where it was raised.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest

FIELDS = ("method", "route", "status", "ms")
UNKNOWN = "-"


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", UNKNOWN),
            "message": words_of(record),
            **{name: getattr(record, name) for name in FIELDS if hasattr(record, name)},
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = told(record.exc_info[1], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def words_of(record: logging.LogRecord) -> str:
    """The message, with the route where Django would put the address that was asked."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or not isinstance(record.args, tuple):
        return record.getMessage()
    return record.msg % tuple(route_of(request) if str(one).startswith("/") else one for one in record.args)


def route_of(request: HttpRequest) -> str:
    """`meetings:sheet`; a dash for an address that is none of ours."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or UNKNOWN) if match else UNKNOWN


def told(error: BaseException | None, frames: TracebackType | None) -> dict[str, Any]:
    """Its class, those it came from, and its frames; never its words."""
    chain = []
    seen = error
    while seen is not None and len(chain) < 5:
        chain.append(type(seen).__qualname__)
        seen = seen.__cause__ or seen.__context__
    return {
        "class": chain,
        "frames": [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(frames)],
    }
