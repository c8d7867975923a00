"""The WSGI application, called as granian calls it, without the network: all of the middleware, none of the client."""

import io
import sys
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.db import connection

from config.wsgi import application


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def get(address: str, cookies: str = "") -> Answer:
    """One GET. `seconds` runs from the call to the last byte, closing included."""
    seen: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        seen["status"] = int(status.split(" ", 1)[0])
        seen["headers"] = {name.lower(): value for name, value in headers}

    environ = request_to(address, cookies)
    started = perf_counter()
    response = application(environ, start_response)
    body = b"".join(response)
    response.close()
    return Answer(seen["status"], seen["headers"], body, perf_counter() - started)


def request_to(address: str, cookies: str) -> dict[str, Any]:
    path, _mark, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT": "text/html",
        "HTTP_ACCEPT_LANGUAGE": "fr-CA,fr;q=0.9",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "HTTP_COOKIE": cookies,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def queries(address: str, cookies: str) -> int:
    """How many statements one more GET sends."""
    count = 0

    def counted(execute: Any, *args: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*args)

    with connection.execute_wrapper(counted):
        get(address, cookies)
    return count
