"""Clara wants to know what the cooperative holds about her, who looked, and to leave with a copy of it."""

import json

import pytest

from cordee.meetings.actions.marking import Mark, mark_attendance
from cordee.meetings.tests import factory
from cordee.people.models import Person
from cordee.records import sealing
from cordee.records.models import JournalEntry
from tests.scenarios.cast import signed_in

pytestmark = pytest.mark.django_db


def test_she_sees_it_learns_who_looked_and_takes_it_away(people, comes):
    comes("2025-03-04")
    clara, secretary = people.clara, people.solange
    marked(people, clara)

    # The secretary looks her up, and corrects her name.
    desk = signed_in(secretary)
    desk.opens("people:detail", clara.pk)
    typed = {"first_name": clara.first_name, "last_name": "Moraine-Lacroix", "email": clara.email, "language": ""}
    desk.sends("people:correction", clara.pk, **typed)

    # She reads that in the history of her record, and what else is held.
    home = signed_in(Person.objects.get(pk=clara.pk))
    home.opens("privacy:history", "people.person", clara.pk)
    home.reads(f"{secretary.full_name} a consulté la fiche", f"{secretary.full_name} a corrigé la fiche")
    home.opens("privacy:mine").reads("Compenser l’employeur d’après les présences", "Moraine-Lacroix")

    # The copy is hers alone; that it left is written down, and the journal holds.
    copy = json.loads(home.opens("privacy:mine_json").answer.content)
    tables = {table["table"]: table["rows"] for table in copy["tables"]}
    assert tables["people.Person"][0]["last_name"] == "Moraine-Lacroix"
    assert [row["portion"] for row in tables["meetings.Attendance"]] == ["day"]
    assert secretary.email not in home.answer.content.decode()
    desk.opens("privacy:journal", act="file.taken").reads("a emporté un fichier", "copie.json")
    sealing.seal.call()
    found = sealing.verify()
    assert (found.faults, found.waiting) == ([], 0)
    assert found.sealed == JournalEntry.objects.count()


def marked(people, person):
    meeting = factory.meeting(people.group)
    mark_attendance(meeting=meeting, mark=Mark(person.pk, "day", None), by=people.ariane, on=factory.TODAY)
