"""`python -m bench.teams --database NAME --requests N`: the largest Teams report, from the file to its preview."""

import argparse
import json
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter
from typing import Any

import django

PARTICIPANTS, SESSIONS = 500, 2000
KNOWN = 300  # of whom one in ten wrote another name than the directory’s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--requests", type=int, default=10)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options.database, options.requests)))


def measure(database: str, requests: int) -> dict[str, object]:
    """Reading, up to the proposal that is kept, then the preview: each time all is matched and judged anew."""
    from bench.figures import spread_ms
    from bench.in_process import get

    read_seconds, address, cookies = read()
    answers = [get(address, cookies) for _ in range(requests + 1)]
    if answers[-1].status != 200:
        raise LookupError(f"{address}: {answers[-1].status}")
    return {
        "database": database,
        "participants": PARTICIPANTS,
        "sessions": SESSIONS,
        "read_ms": round(read_seconds * 1000, 1),
        "first_ms": round(answers[0].seconds * 1000, 1),
        **spread_ms([answer.seconds for answer in answers[1:]]),
    }


def read() -> tuple[float, str, str]:
    """Seconds, then the address of the preview and the cookies of who may see it."""
    from django.urls import reverse

    from bench.entrance import cookies_of
    from bench.taps import open_sheets
    from cordee.meetings.actions.teams import propose_reports
    from cordee.meetings.imports.teams import proposal_of
    from cordee.meetings.models import Meeting
    from cordee.meetings.tests.teams_files import DIALECTS, report_file
    from cordee.toolkit import clock

    today = clock.today()
    meeting = Meeting.objects.select_related("group").get(pk=open_sheets(1)[0].meeting)
    content = report_file(DIALECTS["v3-british"], list(connections(meeting)))
    started = perf_counter()
    proposal = proposal_of([("rapport.csv", content)], meeting)
    batch = propose_reports(
        meeting=meeting, file_name="rapport.csv", sha256="0" * 64, proposal=proposal, by=None, on=today
    )
    seconds = perf_counter() - started
    return seconds, reverse("meetings:teams_preview", args=[meeting.pk, batch.pk]), cookies_of("secretaire")


def connections(meeting: Any) -> Iterator[Any]:
    """Everyone comes and goes, as often as the others."""
    from cordee.meetings.tests.teams_files import Connection
    from cordee.toolkit import clock

    each = SESSIONS // PARTICIPANTS
    begin = clock.at(meeting.date, meeting.starts_at).replace(tzinfo=None)
    for number, name in enumerate(names()):
        for session in range(each):
            joined = begin + timedelta(minutes=30 * session, seconds=number)
            yield Connection(name, joined, joined + timedelta(minutes=25))


def names() -> list[str]:
    """Of the directory, some shortened as one writes them oneself, then of nobody it knows."""
    from cordee.people.models import Person

    people = Person.objects.order_by("pk").values_list("first_name", "last_name").distinct()[:KNOWN]
    known = [f"{first if number % 10 else first[0]} {last}" for number, (first, last) in enumerate(people)]
    return [*dict.fromkeys(known), *(f"Invitée Numéro{number}" for number in range(PARTICIPANTS))][:PARTICIPANTS]


if __name__ == "__main__":
    main()
