"""`tests/access.json`: one line an address, a method and the objects that answer alike; one column a role."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

from tests.access.crawl import Answers
from tests.access.roles import LEGEND, ROLES

FILE = Path(__file__).resolve().parent.parent / "access.json"
# By the name of an address, then by `GET  detail 18, 41`.
Table = dict[str, dict[str, str]]


def table_of(answers: Answers) -> Table:
    table: defaultdict[str, dict[str, str]] = defaultdict(dict)
    alike: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for address, by_role in answers.items():
        statuses = " ".join(f"{by_role[role].status:3}" for role in ROLES)
        alike[address.name, address.method, statuses].append(address.label)
    for (name, method, statuses), labels in sorted(alike.items(), key=lambda row: row[0][:2]):
        table[name][f"{method:4} {', '.join(labels)}".rstrip()] = statuses
    return table


@cache
def committed() -> Table:
    table: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for app, rows in json.loads(FILE.read_text()).items():
        for key, statuses in rows.items():
            method, name, labels = (*key.split(" ", 2), "")[:3] if " " in key else (key, "", "")
            if app and name:
                table[f"{app}:{name}" if app != "account" else name][f"{method:4} {labels}".rstrip()] = statuses
    return table


def write(table: Table) -> None:
    apps: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, rows in sorted(table.items()):
        app, _colon, short = name.rpartition(":")
        for key, statuses in rows.items():
            method, _space, labels = key.partition(" ")
            apps[app or "account"][f"{method} {short} {labels.strip()}".rstrip()] = statuses
    width = max(len(key) for rows in apps.values() for key in rows) + 4
    blocks = [block("", LEGEND, width)] + [
        block(app, {"": " ".join(ROLES), **rows}, width) for app, rows in apps.items()
    ]
    FILE.write_text("{\n" + ",\n".join(blocks) + "\n}\n")


def block(app: str, rows: dict[str, str], width: int) -> str:
    lines = [f"    {json.dumps(key) + ':':{width}}{json.dumps(value)}" for key, value in rows.items()]
    return f"  {json.dumps(app)}: {{\n" + ",\n".join(lines) + "\n  }"
