"""`python -m bench.crowded ADDRESS --what taps --database NAME …`: as much as 8 clients at once can have recorded.

Taps are those of people who mark attendance. Arrivals are what the page of the code sends for an address typed there:
a scan of its own, the address, no account.
"""

import argparse
import json
import sys
import time

import django

CLIENTS = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--what", choices=("taps", "arrivals"), required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--synchronous", required=True, help="what the database was told about the disk")
    parser.add_argument("--seconds", type=float, required=True)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options)))


def measure(options: argparse.Namespace) -> dict[str, object]:
    from bench.arrivals import arriving
    from bench.taps import tapping

    crowd = (tapping if options.what == "taps" else arriving)(options.address, CLIENTS)
    crowd.start()
    time.sleep(options.seconds)
    crowd.stop()
    return row(crowd, options.database, options.synchronous)


def row(crowd, database: str, synchronous: str, *, during: str = "") -> dict[str, object]:
    """A line of the report; the first errors are said, they are not for the report."""
    from bench.figures import spread_ms

    for error in crowd.errors[:3]:
        sys.stderr.write(f"    {error}\n")
    return {
        "database": database,
        "synchronous": synchronous,
        "during": during,
        "clients": len(crowd.callers),
        "per_second": round(len(crowd.seconds) / crowd.duration, 1),
        **spread_ms(crowd.seconds),
        "errors": len(crowd.errors),
    }


if __name__ == "__main__":
    main()
