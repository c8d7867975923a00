"""Telephones at the door: each sends the address of everyone expected, one room after the other."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from urllib.parse import urlencode

from bench.crowd import Caller, Crowd
from bench.entrance import TOKEN
from cordee.meetings.actions.codes import Scan, ticket_of
from cordee.meetings.models import Direction, Meeting, expected_memberships
from cordee.people.models import Group
from cordee.toolkit import clock

MOST = 2500  # arrivals of one telephone, more than it has time for


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


def arriving(address: str, count: int) -> Crowd:
    """`count` telephones, each at the rooms of a group whose people have an address."""
    groups = list(Group.objects.filter(memberships__person__email__isnull=False).distinct().order_by("pk")[:count])
    if len(groups) < count:
        raise LookupError(f"{count} groups of people with an address are needed, {len(groups)} found")
    return Crowd([Telephone(address=address, arrivals=arrivals_of(group)) for group in groups])


def arrivals_of(group: Group) -> list[tuple[int, str]]:
    """Everyone of the group, at one meeting of today after the other: each arrives once at each."""
    today = clock.today()
    expected = expected_memberships(group, today).exclude(person__email=None).order_by("pk")
    addresses = list(expected.values_list("person__email", flat=True))
    planned = {"date": today, "starts_at": time(9), "ends_at": time(15, 30), "planned_portion": "day"}
    rooms = Meeting.objects.bulk_create(
        Meeting(group=group, modality="in-person", **planned) for _ in range(MOST // len(addresses) + 1)
    )
    return [(room.pk, each) for room in rooms for each in addresses]
