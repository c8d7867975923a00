"""Figures of the requests, for Prometheus: counted by each process in files that one of their own adds up.

Only where `bin/serve` was told an address to tell them on; elsewhere nothing is counted, nor loaded.
"""

import os
from functools import cache
from typing import Any

COUNTED = "PROMETHEUS_MULTIPROC_DIR" in os.environ
METHODS = {"GET", "HEAD", "POST"}
BOUNDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


@cache
def _kept() -> tuple[Any, Any]:
    from prometheus_client import Counter, Histogram

    return (
        Counter("cordee_requests", "Answers given.", ("method", "route", "status")),
        Histogram("cordee_request_seconds", "Time to an answer.", ("method",), buckets=BOUNDS),
    )


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """A method that is none of the web’s is one among « other »: strangers may invent as many as they like."""
    if COUNTED:
        answers, times = _kept()
        method = method if method in METHODS else "other"
        answers.labels(method, route, str(status)).inc()
        times.labels(method).observe(seconds)
