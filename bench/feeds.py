"""`python -m bench.feeds --database NAME --requests N`: the calendar feed of someone with 500 meetings."""

import argparse
import gzip
import json
from datetime import time, timedelta

import django

MEETINGS = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--requests", type=int, default=100)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options.database, options.requests)))


def measure(database: str, requests: int) -> dict[str, object]:
    """The first reading, when nothing of it is known yet, then the others."""
    from bench.figures import spread_ms
    from bench.in_process import get

    address = address_of_a_busy_reader()
    answers = [get(address) for _ in range(requests + 1)]
    found = gzip.decompress(answers[-1].body).count(b"BEGIN:VEVENT")
    if found != MEETINGS:
        raise LookupError(f"{address}: {answers[-1].status}, {found} meetings")
    return {
        "database": database,
        "meetings": MEETINGS,
        "first_ms": round(answers[0].seconds * 1000, 1),
        **spread_ms([answer.seconds for answer in answers[1:]]),
    }


def address_of_a_busy_reader() -> str:
    from django.urls import reverse

    from cordee.meetings.actions.subscribing import open_feed
    from cordee.meetings.models import Meeting
    from cordee.people.models import Group, Membership, Person
    from cordee.toolkit import clock

    today = clock.today()
    reader = Person.objects.create(first_name="Paule", last_name="Assidue", email="assidue@exemple.test")
    group = Group.objects.create(slug="assidue", number="98", name="Assidue", kind="networking")
    Membership.objects.create(person=reader, group=group, role="participant", starts_on=today - timedelta(days=400))
    Meeting.objects.bulk_create(
        Meeting(
            group=group,
            title=f"Rencontre {number}",
            date=today - timedelta(days=number // 2),
            starts_at=time(9 + number % 2 * 4),
            ends_at=time(12 + number % 2 * 4),
            planned_portion="half",
            modality="virtual",
            place="En ligne",
        )
        for number in range(MEETINGS)
    )
    return reverse("meetings:feed", args=[open_feed(group=None, by=reader, on=today).secret])


if __name__ == "__main__":
    main()
