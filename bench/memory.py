"""`python -m bench.memory ADDRESS PID`: what the whole server holds after 1,000 pages, all its processes together."""

import argparse
import http.client
import json
import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

import django

REQUESTS, CLIENTS = 1000, 4
KIB = 1024
PROPORTIONAL = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("pid", type=int)
    options = parser.parse_args()
    django.setup()
    visit(options.address)
    print(json.dumps(sum(megabytes(one) for one in family(options.pid))))


def visit(address: str) -> None:
    """Each main page in turn, by as many people at once as keep every thread of every worker busy."""
    from bench.addresses import addresses
    from bench.entrance import cookies_of

    pages = list(islice(cycle(addresses().values()), REQUESTS))
    opened = partial(open_pages, urlsplit(address).netloc, cookies_of("secretaire"))
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(opened, (pages[first::CLIENTS] for first in range(CLIENTS))))


def open_pages(place: str, cookies: str, pages: Sequence[str]) -> None:
    """One after the other on one connection; raises when one is not a page."""
    connection = http.client.HTTPConnection(place, timeout=60)
    for page in pages:
        connection.request("GET", page, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise LookupError(f"{page}: {answer.status}")
    connection.close()


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    pairs = parents()
    for one in found:  # grows while it is walked
        found += [child for child, parent in pairs if parent == one]
    return found


def parents() -> list[tuple[int, int]]:
    """Every process and its parent: Linux says it in files, others have `ps`."""
    files = list(Path("/proc").glob("[0-9]*/stat"))
    if files:
        return [pair for file in files for pair in _pair(file)]
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [(int(pid), int(parent)) for pid, parent in map(str.split, listed.splitlines())]


def _pair(file: Path) -> list[tuple[int, int]]:
    """Nothing when the process has gone meanwhile. A program's name, in brackets, may hold anything."""
    try:
        return [(int(file.parent.name), int(file.read_text().rpartition(")")[2].split()[1]))]
    except OSError:
        return []


def megabytes(pid: int) -> float:
    """What is its own, and its share of what it shares; without that account of Linux, all it has in memory."""
    account = Path(f"/proc/{pid}/smaps_rollup")
    if account.exists():
        return sum(map(int, PROPORTIONAL.findall(account.read_text()))) * KIB / 1e6
    used = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(used.stdout) * KIB / 1e6


if __name__ == "__main__":
    main()
