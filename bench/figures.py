"""Plain numbers: the median, the 95th percentile, and the shape of the report."""

import math
from collections.abc import Sequence
from typing import Any

CROWDED = ("database", "synchronous", "during", "clients", "per_second", "median_ms", "p95_ms", "errors")
# Every key of the report, and of each row of its lists.
ROWS = {
    "pages": ("name", "database", "scale", "median_ms", "p95_ms", "queries", "bytes_br"),
    "marking": CROWDED,
    "check_in": CROWDED,
    "claims": ("database", "attendances", "seconds", "peak_mb", "ratio_to_bare_sql"),
    "simulation": ("database", "attendances", "seconds", "steps"),
    "mail": ("database", "messages", "written_per_second", "per_second", "lost", "doubled"),
    "feeds": ("database", "meetings", "first_ms", "median_ms", "p95_ms"),
    "teams": ("database", "participants", "sessions", "read_ms", "first_ms", "median_ms", "p95_ms"),
    "first_load": ("name", "bytes", "files", "render_blocking"),
}
NUMBERS = ("startup_s", "memory_mb")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share (0 to 100) of all do not exceed: one that was really seen."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)]


def spread_ms(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    return {
        "median_ms": round(percentile(seconds, 50) * 1000, 1),
        "p95_ms": round(percentile(seconds, 95) * 1000, 1),
    }


def faults(report: dict[str, Any]) -> list[str]:
    """What keeps a report from having the shape it must; nothing when it has it."""
    found = [f"{name} is not a number" for name in NUMBERS if not isinstance(report.get(name), int | float)]
    found += [f"{name} is not there" for name in ROWS if not report.get(name)]
    found += [f"{name} is not known" for name in report if name not in (*ROWS, *NUMBERS)]
    return found + [
        f"{name} has {sorted(row)}"
        for name, keys in ROWS.items()
        for row in report.get(name, ())
        if set(row) != set(keys)
    ]
