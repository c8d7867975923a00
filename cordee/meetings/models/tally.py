"""The running totals of a roster, in one query that does not read the people.

In plain SQL: it runs at each tap, and Django takes twenty times longer to write this statement than a database to
answer it (4 ms against 0.2 ms). A test holds it equal to `Meeting.objects.with_progress()`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from cordee.meetings.models.attendance import Portion
from cordee.meetings.models.meeting import Meeting
from cordee.meetings.models.roster import Line

TOTALS = """
SELECT
    (SELECT COUNT(*) FROM meetings_attendance WHERE meeting_id = %(meeting)s AND portion <> ''),
    (SELECT COUNT(*) FROM meetings_attendance WHERE meeting_id = %(meeting)s AND portion IN ('half', 'day')),
    (SELECT COUNT(*) FROM people_membership belongs
        JOIN people_person person ON person.id = belongs.person_id AND person.merged_into_id IS NULL
        WHERE belongs.group_id = %(group)s AND belongs.starts_on <= %(day)s
        AND (belongs.ends_on IS NULL OR belongs.ends_on > %(day)s)
        AND NOT EXISTS (SELECT 1 FROM meetings_attendance marked WHERE marked.meeting_id = %(meeting)s
            AND marked.person_id = belongs.person_id AND marked.portion <> '')),
    (SELECT COALESCE(MAX(made.id), 0) FROM meetings_attendancechange made
        JOIN meetings_attendance changed ON changed.id = made.attendance_id
        WHERE changed.meeting_id = %(meeting)s AND made.id <> %(mine)s)
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """`latest` is the id of the last change of the meeting: it grows at each one (see `actions.locking`)."""

    marked: int
    present: int
    unmarked: int
    latest: int

    @property
    def expected(self) -> int:
        return self.marked + self.unmarked

    @property
    def absent(self) -> int:
        return self.marked - self.present


def tally_of(meeting: Meeting, *, mine: int = 0) -> Tally:
    """The totals now; `latest` leaves out the change `mine`, so that one can see whether others made some."""
    day = connection.ops.adapt_datefield_value(meeting.date)
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"meeting": meeting.pk, "group": meeting.group_id, "day": day, "mine": mine})
        return Tally(*cursor.fetchone())


def tally_from(lines: Iterable[Line]) -> Tally:
    """The same totals of a roster already read, without a query nor its `latest` change."""
    portions = [line.portion for line in lines]
    present = sum(portion in (Portion.HALF, Portion.DAY) for portion in portions)
    unmarked = portions.count(Portion.UNMARKED)
    return Tally(marked=len(portions) - unmarked, present=present, unmarked=unmarked, latest=0)
