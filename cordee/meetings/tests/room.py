"""The room of a meeting in tests: its screen, the telephones in it, and a clock one can move."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.test import Client
from django.urls import reverse

from cordee.meetings.actions.codes import code_of
from cordee.meetings.models import Direction, Meeting
from cordee.toolkit import clock

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TICKET = re.compile(r"/rencontres/ici/[\w:-]+/")


def hour(text: str, day: date) -> datetime:
    return clock.at(day, time.fromisoformat(text))


@dataclass
class Room:
    meeting: Meeting

    @contextmanager
    def clock_at(self, text: str, day: date | None = None):
        with clock.standing_at(hour(text, day or self.meeting.date)):
            yield

    def code(self, direction: Direction = Direction.ARRIVAL) -> str:
        """The address on the screen now."""
        return reverse("meetings:code", args=[self.meeting.pk, code_of(self.meeting.pk, direction, clock.now())])

    def scan(self, direction: Direction = Direction.ARRIVAL, *, by=None):
        """A telephone with the page the code leads to; `by` is signed in on it."""
        telephone = Client()
        if by is not None:
            telephone.force_login(by.user, backend=BACKEND)
        return Telephone(telephone, telephone.get(self.code(direction)))

    def arrives(self, person, at: str) -> None:
        with self.clock_at(at):
            self.scan(by=person).declare()

    def leaves(self, person, at: str) -> None:
        with self.clock_at(at):
            self.scan(Direction.DEPARTURE, by=person).declare()


@dataclass
class Telephone:
    client: Client
    page: object

    @property
    def action(self) -> str:
        return TICKET.search(self.page.content.decode())[0]

    def declare(self):
        return self.client.post(self.action)

    def type(self, address: str):
        return self.client.post(self.action, {"address": address})
