"""Clara wants to know what the cooperative holds about her, who looked, and to leave with a copy of it."""

import json

import pytest

from cordee.meetings.actions.marking import Mark, mark_attendance
from cordee.meetings.tests import factory
from cordee.records import sealing
from cordee.records.models import JournalEntry
from tests.scenarios.cast import signed_in

pytestmark = pytest.mark.django_db


def test_she_sees_it_learns_who_looked_and_takes_it_away(people, comes):
    comes("2025-03-04")
    clara = people.clara
    marked(people, clara)
    desk, home = signed_in(people.solange), signed_in(clara)
    looked_up_and_corrected(desk, clara)
    home.opens("privacy:history", "people.person", clara.pk)
    home.reads("Solange Moraine a consulté la fiche", "Solange Moraine a corrigé la fiche")
    home.opens("privacy:mine").reads("Compenser l’employeur d’après les présences", "Moraine-Lacroix")
    copy = json.loads(home.opens("privacy:mine_json").answer.content)
    is_hers_alone(copy, people)
    desk.opens("privacy:journal", act="file.taken").reads("a emporté un fichier", "copie.json")
    the_journal_holds()


def marked(people, person):
    meeting = factory.meeting(people.group)
    mark_attendance(meeting=meeting, mark=Mark(person.pk, "day", None), by=people.ariane, on=factory.TODAY)


def looked_up_and_corrected(desk, person):
    desk.opens("people:detail", person.pk)
    typed = {"first_name": person.first_name, "last_name": "Moraine-Lacroix", "email": person.email, "language": ""}
    desk.sends("people:correction", person.pk, **typed)


def is_hers_alone(copy, people):
    tables = {table["table"]: table["rows"] for table in copy["tables"]}
    assert tables["people.Person"][0]["last_name"] == "Moraine-Lacroix"
    assert [row["portion"] for row in tables["meetings.Attendance"]] == ["day"]
    said = json.dumps(copy)
    assert [one for one in (people.ariane, people.solange) if one.email in said] == []


def the_journal_holds():
    sealing.seal.call()
    found = sealing.verify()
    assert (found.faults, found.waiting) == ([], 0)
    assert found.sealed == JournalEntry.objects.count()
