"""`bin/bench > FILE && python -m bench.report FILE`: the figures of a run as the tables of docs/performance.md.

Only what stands between the two marks of the page is replaced.
"""

import json
import os
import platform
import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import CROWDED, ROWS, faults

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def main(arguments: Sequence[str]) -> int:
    report = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    if problems := faults(report):
        sys.stderr.write("\n".join(problems) + "\n")
        return 1
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), written(report)), encoding="utf-8")
    return 0


def replaced(page: str, figures: str) -> str:
    """The page with new figures. Raises ValueError when it has lost its marks."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} needs {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}"


def written(report: dict[str, Any]) -> str:
    whole = f"Start-up {report['startup_s']} s; memory of the whole server after 1,000 pages {report['memory_mb']} MB."
    tables = (pages, first_loads, marking, check_in, claims, simulation, told, teams)
    return "\n\n".join((machine(), *(each(report) for each in tables), whole))


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"Measured {datetime.now(tz=UTC):%Y-%m-%d} on {os.cpu_count()} cores ({platform.machine()}), "
        f"{memory:.0f} GB of memory, {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}."
    )


def pages(report: dict[str, Any]) -> str:
    """One line a page; median and 95th percentile for each database and scale that was measured."""
    rows = report["pages"]
    kinds = list(dict.fromkeys((row["database"], row["scale"]) for row in rows))
    found = {(row["name"], row["database"], row["scale"]): row for row in rows}
    lines = []
    for name in dict.fromkeys(row["name"] for row in rows):
        each = [found[name, *kind] for kind in kinds]
        times = [f"{row['median_ms']} / {row['p95_ms']}" for row in each]
        lines.append([name, *times, span(row["queries"] for row in each), kilobytes(row["bytes_br"] for row in each)])
    heads = [f"{database} ×{scale}, ms" for database, scale in kinds]
    return table("Pages: median / 95th percentile", ["Page", *heads, "Queries", "kB, brotli"], lines)


def first_loads(report: dict[str, Any]) -> str:
    lines = [
        [row["name"], kilobytes([row["bytes"]]), row["files"], row["render_blocking"]] for row in report["first_load"]
    ]
    return table("First load, nothing in the browser’s cache", ["Page", "kB", "Files", "Render-blocking"], lines)


def marking(report: dict[str, Any]) -> str:
    return crowded(report["marking"], "Marking attendance", "Marks a second")


def check_in(report: dict[str, Any]) -> str:
    return crowded(report["check_in"], "Checking in by code", "Arrivals a second")


def crowded(rows: Sequence[dict[str, Any]], title: str, unit: str) -> str:
    heads = ["Database", "synchronous", "During", "Clients", unit, "Median, ms", "95th, ms", "Errors"]
    return table(title, heads, [[row[key] for key in CROWDED] for row in rows])


def claims(report: dict[str, Any]) -> str:
    keys = ("database", "attendances", "seconds", "peak_mb", "ratio_to_bare_sql")
    heads = ["Database", "Attendances", "Seconds", "Peak, MB", "× one bare statement"]
    return table("Closing a year", heads, [[row[key] for key in keys] for row in report["claims"]])


def simulation(report: dict[str, Any]) -> str:
    heads = ["Database", "Attendances", "Seconds", "Steps of a second"]
    return table(
        "What if, over a year", heads, [[row[key] for key in ROWS["simulation"]] for row in report["simulation"]]
    )


def told(report: dict[str, Any]) -> str:
    """E-mails and feeds: what reaches people."""
    keys = ("database", "messages", "written_per_second", "per_second", "lost", "doubled")
    heads = ["Database", "Reminders", "Written a second", "Handed over a second", "Lost", "Sent twice"]
    mail = table("Reminders, one worker killed half-way", heads, [[row[key] for key in keys] for row in report["mail"]])
    keys = ("database", "meetings", "first_ms", "median_ms", "p95_ms")
    heads = ["Database", "Meetings", "First reading, ms", "Median, ms", "95th, ms"]
    return f"{mail}\n\n{table('Calendar feed', heads, [[row[key] for key in keys] for row in report['feeds']])}"


def teams(report: dict[str, Any]) -> str:
    heads = ["Database", "Participants", "Sessions", "Read, ms", "First preview, ms", "Median, ms", "95th, ms"]
    return table("The largest report of Teams", heads, [[row[key] for key in ROWS["teams"]] for row in report["teams"]])


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"### {title}", "", line(heads), line(["---"] * len(heads))]
    return "\n".join([*lines, *(line(row) for row in rows)])


def line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(grouped(cell) for cell in cells)} |"


def grouped(cell: object) -> str:
    """Thousands apart, in whole numbers only."""
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", " ", str(cell)) if isinstance(cell, int) else str(cell)


def span(values: Iterable[int]) -> str:
    """`8`, or `8–9` when they differ."""
    ordered = sorted(set(values))
    return str(ordered[0]) if len(ordered) == 1 else f"{ordered[0]}–{ordered[-1]}"


def kilobytes(values: Iterable[int]) -> str:
    ordered = sorted({round(value / 1000, 1) for value in values})
    return str(ordered[0]) if len(ordered) == 1 else f"{ordered[0]}–{ordered[-1]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
