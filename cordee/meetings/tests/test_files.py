"""The list of meetings and a roster as spreadsheets: what is on screen, by who may see it, with its history."""

from datetime import date

import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.toolkit.tabular import read_table

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


def sheets(response):
    """The rows of each sheet under its header, by the name of the sheet."""
    assert response.status_code == 200
    read = {}
    for sheet in read_table(response.content):
        head = next(at for at, row in enumerate(sheet.rows) if sum(cell is not None for cell in row) > 2)
        read[sheet.name] = [dict(zip(sheet.rows[head], row, strict=False)) for row in sheet.rows[head + 1 :]]
    return read


def roster_file(world, ending="xlsx"):
    return reverse(f"meetings:roster_{ending}", args=[world.meeting.pk])


@pytest.fixture
def corrected(world):
    """One absence corrected after the validation, by the secretary."""
    first, *_others = world.participants
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY)
    actions.correct_attendance(
        attendance=Attendance.objects.get(person=first),
        portion="half",
        reason="Partie à midi",
        version=1,
        by=world.secretary,
        on=TODAY,
    )
    return world


def test_a_roster_has_portions_sources_who_when_and_corrections(corrected, sign_in):
    read = sheets(sign_in(corrected.alice).get(roster_file(corrected)))
    *lines, total = read["Présences"]
    first = next(line for line in lines if line["Prénom"] == "Paule00")
    assert (first["Présence"], first["Jours"], first["Motif"]) == ("Demi-journée", 0.5, "Partie à midi")
    assert (first["Source"], first["Inscrite par"]) == ("Correction", "Solène Test")
    assert isinstance(first["Date"], date)
    assert next(line for line in lines if line["Prénom"] == "Charlie")["Rôle"] == "Sur place"
    assert total["Jours"] == 4.5
    last = read["Historique"][-1]
    assert (last["Avant"], last["Après"], last["Par"]) == ("Journée", "Demi-journée", "Solène Test")
    assert len(read["Historique"]) == 6


def test_a_roster_as_csv_opens_in_a_french_canadian_excel(corrected, sign_in):
    text = sign_in(corrected.bob).get(roster_file(corrected, "csv")).content.decode("utf-8-sig")
    assert "Piolet;Paule00;CSS des Patriotes;" in text
    assert ";Demi-journée;0,5;Partie à midi;" in text


@pytest.mark.parametrize(("who", "status"), [("secretary", 200), ("charlie", 404), ("participant", 403)])
def test_who_takes_the_roster_away_is_who_sees_it(world, sign_in, who, status):
    person = world.participants[0] if who == "participant" else getattr(world, who)
    for ending in ("xlsx", "csv"):
        assert sign_in(person).get(roster_file(world, ending)).status_code == status


def test_the_list_is_exported_as_its_filters_show_it(world, sign_in):
    other = factory.group("36-x", "36", "Mentorat")
    factory.meeting(other, date(2024, 10, 3))
    coming = factory.meeting(world.group, date(2025, 3, 11), title="=1+1")
    actions.announce_meeting(meeting=coming, by=world.alice, on=factory.TODAY)
    client = sign_in(world.secretary)
    url = reverse("meetings:list_xlsx")
    everything = sheets(client.get(url))["Rencontres"]
    assert [row["Groupe"] for row in everything] == ["36-Mentorat", "18-TC-TRP", "18-TC-TRP"]
    upcoming = sheets(client.get(url, {"group": world.group.pk, "state": "upcoming"}))["Rencontres"]
    assert [(row["Date"], row["Titre"], row["État"]) for row in upcoming] == [(date(2025, 3, 11), "=1+1", "À venir")]
    text = client.get(reverse("meetings:list_csv"), {"q": "mentorat"}).content.decode("utf-8-sig")
    assert text.splitlines()[1] == "Chercher une rencontre : mentorat".replace(" :", "\u00a0:")
    assert "18-TC-TRP" not in text


def test_a_file_of_the_list_holds_only_what_one_may_see(world, sign_in):
    factory.meeting(factory.group("36-x", "36", "Mentorat"), date(2024, 10, 3))
    rows = sheets(sign_in(world.alice).get(reverse("meetings:list_xlsx")))["Rencontres"]
    assert [row["Groupe"] for row in rows] == ["18-TC-TRP"]


def test_a_file_costs_the_same_for_few_people_and_for_many(world, sign_in, django_assert_max_num_queries):
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    client = sign_in(world.secretary)
    with django_assert_max_num_queries(12) as few:
        client.get(roster_file(world))
    people = [factory.person(f"Autre{n:02d}", account=False) for n in range(20)]
    for person in people:
        factory.membership(person, world.group)
    marks = [Mark(person.pk, "half", 0) for person in people]
    actions.mark_attendances(meeting=world.meeting, marks=marks, by=world.alice, on=TODAY)
    with django_assert_max_num_queries(12) as many:
        client.get(roster_file(world))
    assert len(few) == len(many)
