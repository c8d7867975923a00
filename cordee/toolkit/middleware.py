"""Who asks from where, for the logs and the journal; and the one place that turns a refusal into a response."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.toolkit.htmx import wants_part
from cordee.toolkit.origin import of_request, origin
from cordee.toolkit.refusals import Busy, Refusal, Unreadable, in_words
from cordee.values.sentence import SpokenError

logger = logging.getLogger("cordee.requests")
request_identifier: ContextVar[str] = ContextVar("request_identifier", default="-")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdentifierMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        identifier = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        token, came_from = request_identifier.set(identifier), origin.set(of_request(request))
        try:
            response = self.get_response(request)
        finally:
            request_identifier.reset(token)
            origin.reset(came_from)
        response["X-Request-Id"] = identifier
        return response


class RequestIdentifierFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_identifier.get()
        return True


class RefusalMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refusal_response(request, exception)
        if isinstance(exception, SpokenError):
            return refusal_response(request, Unreadable(in_words(exception)))
        if is_lock_or_full(exception):
            logger.warning("database busy: %s", type(exception).__name__)
            return refusal_response(request, Busy())
        return None


def is_lock_or_full(exception: Exception) -> bool:
    """SQLite says « locked » or « full » in words; PostgreSQL has codes (53: no room, 55P03: lock)."""
    if not isinstance(exception, DatabaseError):
        return False
    state = getattr(exception.__cause__, "sqlstate", "") or ""
    words = str(exception)
    return (isinstance(exception, OperationalError) and ("locked" in words or "full" in words)) or (
        state.startswith("53") or state in {"55P03", "40P01", "40001"}
    )


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    template = "refusal_part.html" if wants_part(request) else "refusal.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)
