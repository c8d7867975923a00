"""`python -m bench.claims ADDRESS --database NAME …`: closing a year, beside one bare statement over the same rows.

The command is run twice: alone, for its figures; then while people go on marking on the server at ADDRESS.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass

import django

PREPARE = ("manage.py", "prepare_claims", "2024-2025", "year-end", "--json")
CLIENTS, PAUSE = 8, 0.2
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # what the system counts memory in
BARE = """
INSERT INTO bench_totals (organization, meeting_group, person, halves)
SELECT affiliation.organization_id, meeting.group_id, mark.person_id,
    SUM(CASE mark.portion WHEN 'day' THEN 2 WHEN 'half' THEN 1 ELSE 0 END)
FROM meetings_attendance mark
JOIN meetings_meeting meeting ON meeting.id = mark.meeting_id
JOIN people_affiliation affiliation ON affiliation.person_id = mark.person_id
    AND affiliation.starts_on <= meeting.date AND (affiliation.ends_on IS NULL OR affiliation.ends_on > meeting.date)
WHERE meeting.date >= '2024-07-01' AND meeting.date < '2025-07-01'
GROUP BY affiliation.organization_id, meeting.group_id, mark.person_id
"""


@dataclass(frozen=True)
class Prepared:
    seconds: float
    peak_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--database", required=True)
    parser.add_argument("--synchronous", required=True, help="what the database was told about the disk")
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options)))


def measure(options: argparse.Namespace) -> dict[str, list[dict[str, object]]]:
    from cordee.meetings.models import Attendance

    attendances = Attendance.objects.count()
    alone, bare = prepare(), bare_sql()
    claims = {
        "database": options.database,
        "attendances": attendances,
        "seconds": round(alone.seconds, 1),
        "peak_mb": round(alone.peak_mb),
        "ratio_to_bare_sql": round(alone.seconds / bare, 1),
    }
    return {"claims": [claims], "marking": [while_marking(options)]}


def prepare() -> Prepared:
    """The command as one types it, start-up included; the most memory its process held."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *PREPARE], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, PREPARE)
    return Prepared(time.perf_counter() - started, used.ru_maxrss * PEAK_UNIT / 1e6)


def bare_sql() -> float:
    """Seconds of one statement that adds up the same rows and writes the sums, committed; the table goes after."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_totals (organization bigint, meeting_group bigint, person bigint, halves bigint)"
        )
        started = time.perf_counter()
        with transaction.atomic():
            cursor.execute(BARE)
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE bench_totals")
    return seconds


def while_marking(options: argparse.Namespace) -> dict[str, object]:
    """What those who mark, at the pace of people, see of a preparation under way."""
    from bench.crowded import row
    from bench.taps import tapping

    crowd = tapping(options.address, CLIENTS, pause=PAUSE)
    crowd.start()
    try:
        prepare()
    finally:
        crowd.stop()
    return row(crowd, options.database, options.synchronous, during="prepare_claims")


if __name__ == "__main__":
    main()
