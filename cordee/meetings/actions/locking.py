"""One meeting is changed by one act at a time: ids of its changes grow in the order of commit on both databases.

Written in plain SQL for what each tap does: Django takes ten times longer to write these statements than the database
to answer them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from cordee.meetings.actions import refusals
from cordee.meetings.models import Answer, Attendance, Line, Meeting, Reply
from cordee.people.models import Affiliation, Membership, Person
from cordee.values.school_year import SchoolYear

LOCK = "SELECT id FROM meetings_meeting WHERE id = %s FOR UPDATE"
STATE = """
SELECT EXISTS (SELECT 1 FROM meetings_validation WHERE meeting_id = %(meeting)s),
    EXISTS (SELECT 1 FROM meetings_cancellation WHERE meeting_id = %(meeting)s),
    EXISTS (SELECT 1 FROM reference_edition WHERE year = %(year)s)
"""
LINES = """
SELECT person.id, person.first_name, person.last_name,
    mark.id, mark.portion, mark.reason, mark.source, mark.version, said.word,
    (SELECT id FROM people_affiliation WHERE person_id = person.id AND starts_on <= %s
        AND (ends_on IS NULL OR ends_on > %s)),
    (SELECT id FROM people_membership WHERE person_id = person.id AND group_id = %s AND starts_on <= %s
        AND (ends_on IS NULL OR ends_on > %s))
FROM people_person person
LEFT JOIN meetings_attendance mark ON mark.person_id = person.id AND mark.meeting_id = %s
LEFT JOIN meetings_answer said ON said.person_id = person.id AND said.meeting_id = %s AND said.day = %s
    AND said.reply = 'no'
WHERE person.id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class State:
    is_validated: bool
    is_cancelled: bool
    year_is_open: bool


def lock(meeting: Meeting) -> State:
    """Keep the meeting from others until the transaction ends, and say how it stands now.

    SQLite has the whole file already (IMMEDIATE). PostgreSQL waits for the row first, and only then looks: a statement
    that did both would see what was there before it waited.
    """
    year = str(SchoolYear.containing(meeting.date))
    with connection.cursor() as cursor:
        if connection.features.has_select_for_update:
            cursor.execute(LOCK, [meeting.pk])
        cursor.execute(STATE, {"meeting": meeting.pk, "year": year})
        return State(*map(bool, cursor.fetchone()))


def locked(meeting: Meeting) -> Meeting:
    """The meeting with its validation and cancellation as they are now, kept from others."""
    lock(meeting)
    return Meeting.objects.select_related("group", "validation", "cancellation", "announcement").get(pk=meeting.pk)


def lock_open(meeting: Meeting, *, on: date) -> None:
    """Lock it, or say why it takes no marks: outside any edition, cancelled, to come, or validated."""
    state = lock(meeting)
    if not state.year_is_open:
        raise refusals.OutsideYear(meeting.date, SchoolYear.containing(meeting.date))
    if state.is_cancelled:
        raise refusals.MeetingCancelled
    if meeting.date > on:
        raise refusals.NotHeldYet(meeting)
    if state.is_validated:
        raise refusals.AlreadyValidated


def lines_of(meeting: Meeting, persons: Iterable[int]) -> dict[int, Line]:
    """The lines of these people, listed or not: enough to decide and to write, not to show."""
    ids = list(persons)
    if not ids:
        return {}
    day = connection.ops.adapt_datefield_value(meeting.date)
    sql = LINES.format(ids=", ".join(["%s"] * len(ids)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [day, day, meeting.group_id, day, day, meeting.pk, meeting.pk, day, *ids])
        return {row[0]: _line(meeting, *row) for row in cursor.fetchall()}


def _line(meeting: Meeting, person_id: int, first_name: str, last_name: str, *rest: Any) -> Line:
    mark_id, portion, reason, source, version, declined, employment_id, membership_id = rest
    person = Person(pk=person_id, first_name=first_name, last_name=last_name)
    attendance = None
    if mark_id is not None:
        attendance = Attendance(pk=mark_id, meeting=meeting, person=person, portion=portion, reason=reason)
        attendance.source, attendance.version = source, version
        attendance._state.adding = False
    employment = Affiliation(pk=employment_id) if employment_id else None
    membership = Membership(pk=membership_id) if membership_id else None
    answer = None if declined is None else Answer(reply=Reply.NO, word=declined)
    return Line(person, attendance, employment, membership, answer=answer)
