"""`python -m bench.mail --database NAME --messages N`: reminders written, then handed to a real SMTP server beside.

Handed over twice: once in one go, for the rate; once by a worker that is killed half-way and another that goes on, to
count what was lost or told twice.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from cordee.meetings.models import Meeting
    from cordee.toolkit.testing.mailserver import MailServer

HAND_OVER = "import django; django.setup(); from cordee.records.outbox import deliver; deliver.call()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--messages", type=int, default=1000)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options.database, options.messages)))


def measure(database: str, messages: int) -> dict[str, object]:
    from cordee.toolkit.testing.mailserver import MailServer

    meetings = crowd(messages)
    with MailServer() as server:
        hand_over(server).wait()  # what the demonstration had to say that day
        told, sent = write(meetings[0]), time.perf_counter()
        hand_over(server).wait()
        sent = time.perf_counter() - sent
        write(meetings[1])
        half_way(server, messages)
        reached = Counter(str(letter["Message-ID"]) for letter in server.letters)
    expected = ids_of(meetings)
    return {
        "database": database,
        "messages": messages,
        "written_per_second": round(messages / told, 1),
        "per_second": round(messages / sent, 1),
        "lost": len(expected - set(reached)),
        "doubled": sum(reached[one] - 1 for one in expected if reached[one]),
    }


def crowd(size: int) -> list["Meeting"]:
    """Two groups of the same people, each with a meeting tomorrow that was announced."""
    from cordee.meetings.models import Announcement, Meeting
    from cordee.people.models import Group, Membership, Person
    from cordee.toolkit import clock

    people = Person.objects.bulk_create(
        Person(first_name="Paule", last_name=f"Foule {n}", email=f"foule{n}@exemple.test") for n in range(size)
    )
    tomorrow, made = clock.today() + timedelta(days=1), []
    for number in range(2):
        group = Group.objects.create(slug=f"foule-{number}", name=f"Foule {number}", kind="networking")
        Membership.objects.bulk_create(
            Membership(person=person, group=group, role="participant", starts_on=clock.today() - timedelta(days=90))
            for person in people
        )
        hours = {"starts_at": "09:00", "ends_at": "12:00", "planned_portion": "half", "modality": "virtual"}
        meeting = Meeting.objects.create(group=group, date=tomorrow, **hours)
        known = clock.now() - timedelta(days=30)
        Announcement.objects.create(meeting=meeting, announced_by=people[0], announced_at=known)
        made.append(Meeting.objects.get(pk=meeting.pk))
    return made


def write(meeting: "Meeting") -> float:
    """Seconds to write the reminders of one meeting."""
    from cordee.meetings.actions import reminding

    started = time.perf_counter()
    reminding.remind_of_meeting(meeting, on=meeting.date - timedelta(days=1))
    return time.perf_counter() - started


def hand_over(server: "MailServer") -> "subprocess.Popen[bytes]":
    """A process that hands over all that waits."""
    smtp = {"CORDEE_SMTP_HOST": "127.0.0.1", "CORDEE_SMTP_PORT": str(server.port), "CORDEE_SMTP_SECURITY": "none"}
    return subprocess.Popen([sys.executable, "-c", HAND_OVER], env={**os.environ, **smtp})


def half_way(server: "MailServer", messages: int) -> None:
    """One is killed half-way; another goes on once the lease of what the first had in hand has passed."""
    from django.utils import timezone

    from cordee.records.models import SENDING_LEASE, Message

    already, killed = len(server.letters), hand_over(server)
    while len(server.letters) < already + messages / 2 and killed.poll() is None:
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    Message.objects.exclude(sending_at=None).update(sending_at=timezone.now() - SENDING_LEASE)
    hand_over(server).wait()


def ids_of(meetings: list["Meeting"]) -> set[str]:
    from cordee.records.models import Message

    about = [f"meeting.{meeting.pk}" for meeting in meetings]
    return set(Message.objects.filter(about__in=about).values_list("message_id", flat=True))


if __name__ == "__main__":
    main()
