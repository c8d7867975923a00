"""People of the invented year who left it long ago, everything that names them, and where names are looked for."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection

from cordee.governance.models import Mandate
from cordee.meetings.models import (
    Answer,
    Attendance,
    FollowUp,
    Meeting,
    MinutesApproval,
    MinutesCorrection,
    MinutesSection,
)
from cordee.people.actions.persons import correct_person
from cordee.people.models import Affiliation, Alias, DigestItem, Duty, MailChoice, Membership, Person, User
from cordee.people.names import fold
from cordee.records import journal
from cordee.records.models import ImportBatch, Message

LEFT_ON = date(2025, 7, 1)


def leave(*people: Person, on: date = LEFT_ON) -> None:
    """Nothing of them lasts after that day."""
    for model in (Affiliation, Membership, Duty, Mandate):
        rows = model.objects.filter(person__in=people)
        rows.filter(ends_on=None).update(ends_on=on)
    User.objects.filter(person__in=people).update(last_login=None)


def name_everywhere(person: Person, *, by: Person, at: datetime) -> None:
    """In what they said and what was said of them, in every kind of place there is."""
    full, turned = person.full_name, f"{person.last_name.upper()}, {person.first_name}"
    mark = Attendance.objects.filter(person=person).first() or Attendance.objects.order_by("pk")[0]
    Attendance.objects.filter(pk=mark.pk).update(reason=f"Remplacée : {full} est malade")
    Alias.objects.create(person=person, kind="name", value=f"{full} (invitée)")
    MailChoice.objects.create(person=person, kind="reminder", pace="weekly")
    Answer.objects.update_or_create(
        meeting=mark.meeting,
        person=person,
        defaults={"reply": "no", "word": f"de {full}", "day": mark.meeting.date, "answered_at": at},
    )
    DigestItem.objects.create(
        person=person, kind="reminder", key=f"k{person.pk}", subject=full, text=full, created_at=at
    )
    Message.objects.create(**letter(f"m{person.pk}", person.email or "", full, at=at), person_id=person.pk)
    Message.objects.create(**letter(f"o{person.pk}", "autre@exemple.test", f"Bonjour {turned}", at=at))
    ImportBatch.objects.create(
        kind="attendance", file_name=f"{full}.xlsx", sha256="0" * 64, created_at=at, proposal={"rows": [full, turned]}
    )
    in_minutes(mark.meeting, f"Point mené par {turned}; voir avec {full} ({person.email}).", by=by, at=at)
    journal.write("person.read", person, by=by, name=full, person=person.pk)
    journal.write("meeting.answered", mark.meeting, by=person, reply="no")


def letter(key: str, to: str, text: str, *, at: datetime) -> dict[str, Any]:
    moments = {"created_at": at, "due_at": at, "sent_at": at}
    return {"key": key, "kind": "reminder", "address": to, "subject": text, "text": text, "message_id": key} | moments


def in_minutes(meeting: Meeting, text: str, *, by: Person, at: datetime) -> None:
    """In minutes that are then approved, and in what was corrected of them since."""
    if MinutesApproval.objects.filter(meeting=meeting).exists():
        return
    writing = {"meeting": meeting, "language": "fr"}
    MinutesSection.objects.create(part="point", title="Mot", text=text, written_by=by, written_at=at, **writing)
    FollowUp.objects.create(what=text[:300], owner=by, added_by=by, added_at=at, **writing)
    MinutesApproval.objects.create(
        meeting=meeting, way="by-members", approved_on=at.date(), recorded_by=by, recorded_at=at
    )
    MinutesCorrection.objects.create(text=text, reason="Oubli", corrected_by=by, corrected_at=at, **writing)


def rename(person: Person, last_name: str, *, by: Person, on: date) -> None:
    known = {"first_name": person.first_name, "email": person.email or "", "language": ""}
    correct_person(person=person, last_name=last_name, **known, by=by, on=on)


def everything_said() -> Iterator[tuple[str, str, str]]:
    """(table, column, text) of every text of the database, those of tables without a model included."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str | dict | list) and value:
                        yield table, column, _decoded(value)


def _decoded(value: Any) -> str:
    if isinstance(value, str) and value[:1] not in "{[":
        return value
    try:
        return json.dumps(json.loads(value) if isinstance(value, str) else value, ensure_ascii=False)
    except ValueError:
        return str(value)


def places_of(*said: str) -> set[str]:
    """Where one of these names or addresses stands, whatever its accents and capitals: `table.column`."""
    wanted = [fold(one) for one in said]
    return {
        f"{table}.{column}"
        for table, column, text in everything_said()
        if any(one in folded for folded in [fold(text)] for one in wanted)
    }
