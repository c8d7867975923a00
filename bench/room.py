"""`python -m bench.room ADDRESS --database NAME …`: as many arrivals as 8 telephones at once can declare.

Each sends what the page of the code sends for an address typed there: a scan of its own, the address, no account.
"""

import argparse
import http.client
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time as hour
from urllib.parse import urlencode

import django

CLIENTS = 8
MOST = 2500  # arrivals of one telephone, more than it has time for


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--database", required=True)
    parser.add_argument("--synchronous", required=True, help="what the database was told about the disk")
    parser.add_argument("--seconds", type=float, required=True)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options)))


def measure(options: argparse.Namespace) -> dict[str, object]:
    crowd = arriving(options.address, CLIENTS)
    crowd.start()
    time.sleep(options.seconds)
    crowd.stop()
    return row(crowd, options.database, options.synchronous)


def row(crowd, database: str, synchronous: str) -> dict[str, object]:
    """A line of the report; the first errors are said, they are not for the report."""
    from bench.figures import spread_ms

    for error in crowd.errors[:3]:
        sys.stderr.write(f"    {error}\n")
    return {
        "database": database,
        "synchronous": synchronous,
        "clients": len(crowd.callers),
        "per_second": round(len(crowd.seconds) / crowd.duration, 1),
        **spread_ms(crowd.seconds),
        "errors": len(crowd.errors),
    }


def arriving(address: str, count: int):
    """`count` telephones, each in a room of its own whose group has people with an address."""
    from bench.crowd import Caller, Crowd
    from bench.entrance import TOKEN
    from cordee.meetings.actions.codes import Scan, ticket_of
    from cordee.meetings.models import Direction
    from cordee.people.models import Group
    from cordee.toolkit import clock

    @dataclass(kw_only=True)
    class Telephone(Caller):
        arrivals: list[tuple[int, str]]

        def calls(self) -> Iterator[tuple[int, str]]:
            return iter(self.arrivals)

        def send(self, connection: http.client.HTTPConnection, call: tuple[int, str]) -> str:
            meeting, typed = call
            ticket = ticket_of(Scan(meeting, Direction.ARRIVAL, clock.now()))
            connection.request(
                "POST", f"/rencontres/ici/{ticket}/", urlencode({"address": typed}),
                {"Cookie": f"csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
                 "Content-Type": "application/x-www-form-urlencoded"},
            )  # fmt: skip
            answer = connection.getresponse()
            answer.read()
            return "" if answer.status == 302 else f"{meeting}: {answer.status}"

    groups = list(Group.objects.filter(memberships__person__email__isnull=False).distinct().order_by("pk")[:count])
    if len(groups) < count:
        raise LookupError(f"{count} groups of people with an address are needed, {len(groups)} found")
    return Crowd([Telephone(address=address, arrivals=arrivals_of(group)) for group in groups])


def arrivals_of(group) -> list[tuple[int, str]]:
    """Everyone of the group, at one meeting of today after the other: each arrives once at each."""
    from cordee.meetings.models import Meeting, expected_memberships
    from cordee.toolkit import clock

    today = clock.today()
    expected = expected_memberships(group, today).exclude(person__email=None).order_by("pk")
    addresses = list(expected.values_list("person__email", flat=True))
    planned = {"date": today, "starts_at": hour(9), "ends_at": hour(15, 30), "planned_portion": "day"}
    rooms = Meeting.objects.bulk_create(
        Meeting(group=group, modality="in-person", **planned) for _ in range(MOST // len(addresses) + 1)
    )
    return [(room.pk, each) for room in rooms for each in addresses]


if __name__ == "__main__":
    main()
