"""Who asks from where, requests logged and counted; and the one place that turns a refusal into a response."""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cordee.toolkit.acting import acting
from cordee.toolkit.figures import count_request
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.logs import route_of
from cordee.toolkit.origin import of_request, origin
from cordee.toolkit.refusals import Busy, Illegible, NulCharacter, Refusal, RequestTooBig, Unreadable, in_words
from cordee.values.sentence import SpokenError
from cordee.values.text import is_whole

logger = logging.getLogger("cordee.requests")
access = logging.getLogger("cordee.access")
request_identifier: ContextVar[str] = ContextVar("request_identifier", default="-")
NUL = "\x00"
MOST_BYTES = 25 * 1024 * 1024  # of a whole request, as deploy/ says to the proxies
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
DEVICES = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"),
    *("midi", "payment", "usb"),
)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdentifierMiddleware:
    """Around all others: whatever they answer has its identifier, its line in the logs and its place in the figures."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        identifier = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        token, came_from = request_identifier.set(identifier), origin.set(of_request(request))
        own_name = acting.set(None)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            observe(request, response.status_code, time.perf_counter() - started)
        finally:
            request_identifier.reset(token)
            origin.reset(came_from)
            acting.reset(own_name)
        response["X-Request-Id"] = identifier
        return response


def observe(request: HttpRequest, status: int, seconds: float) -> None:
    """Files that never change are not worth a line."""
    if request.path.startswith(settings.STATIC_URL):
        return
    route, method = route_of(request), request.method or "-"
    count_request(method, route, status, seconds)
    told = {"method": method[:10], "route": route, "status": status, "ms": round(seconds * 1000)}
    access.info("answered", extra=told)


class HeadersMiddleware:
    """What Django leaves out: the devices no page asks for, and whose copy of a page may be kept.

    A page is of one person: no cache between may give it to another. The browser asks again rather than forget it, so
    that going back to a form finds what was typed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = ", ".join(f"{device}=()" for device in DEVICES)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class BoundsMiddleware:
    """Before anything of the request is read: one that is too long, cookies that no browser was given by us, another
    encoding than ours (Python knows some that are of no text, and some that say half of a character).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if is_whole(name + value)}
        request.encoding = "utf-8"
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MOST_BYTES:
            with translation.override(translation.get_language_from_request(request)):
                return render(request, "refusal.html", {"refusal": RequestTooBig()}, status=RequestTooBig.status)
        return self.get_response(request)


class RequestIdentifierFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_identifier.get()
        return True


class RefusalMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, words: dict[str, Any]) -> HttpResponse | None:
        """No view ever sees what PostgreSQL cannot keep, nor what could not be decoded, in whatever was sent."""
        broken = next((text for text in typed_in(request, words) if not is_whole(text)), None)
        if broken is None:
            return None
        return refusal_response(request, NulCharacter() if NUL in broken else Illegible())

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refusal_response(request, exception)
        if isinstance(exception, SpokenError):
            return refusal_response(request, Unreadable(in_words(exception)))
        if is_lock_or_full(exception):
            logger.warning("database busy: %s", type(exception).__name__)
            return refusal_response(request, Busy())
        return None


def typed_in(request: HttpRequest, words: dict[str, Any]) -> Iterator[str]:
    """All the text of a request: of its address, of its questions, of its form, and the names of its files."""
    yield from (word for word in words.values() if isinstance(word, str))
    sent = (request.GET, request.POST) if request.method == "POST" else (request.GET,)
    for fields in sent:
        for name, values in fields.lists():
            yield name
            yield from (value for value in values if isinstance(value, str))
    for name, files in request.FILES.lists() if request.method == "POST" else ():
        yield name
        yield from (file.name or "" for file in files)


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
