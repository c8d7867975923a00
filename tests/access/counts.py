"""`tests/query_counts.json`: what each page costs to the one for whom it costs most."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.access.survey import Cost

FILE = Path(__file__).resolve().parent.parent / "query_counts.json"
MOST = 12
# By the name of the address: `10 coo`, the queries and the first role that pays them.
Counts = dict[str, str]


def counts_of(costs: Iterable[Cost]) -> Counts:
    dearest: dict[str, Cost] = {}
    for cost in costs:
        known = dearest.get(cost.address.name)
        if cost.after is None and (known is None or cost.queries > known.queries):
            dearest[cost.address.name] = cost
    return {name: f"{cost.queries} {cost.role}" for name, cost in sorted(dearest.items())}


def committed() -> Counts:
    return json.loads(FILE.read_text())


def write(counts: Counts) -> None:
    FILE.write_text(json.dumps(counts, indent=2) + "\n")
