"""The sheet people sign: printed in the order of the roster, typed afterwards in one act."""

import pytest
from django.urls import reverse

from cordee.meetings import actions, exports
from cordee.meetings.actions import Mark
from cordee.meetings.models import Attendance, AttendanceChange, roster_of
from cordee.meetings.tests import factory
from cordee.meetings.tests.room import Room

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


def address(name, world, *more):
    return reverse(f"meetings:{name}", args=[world.meeting.pk, *more])


def typed(world, letters, **more):
    """A letter for each of the first participants."""
    people = world.participants[: len(letters)]
    fields = {f"portion-{person.pk}": letter for person, letter in zip(people, letters, strict=True)}
    return {**fields, **{f"version-{person.pk}": "0" for person in people}, **more}


def portions(world):
    marks = Attendance.objects.filter(person__in=world.participants).order_by("person")
    return [(mark.portion, mark.source) for mark in marks]


def test_the_sheet_has_the_people_of_the_roster_in_its_order_and_blank_lines(world, sign_in):
    page = sign_in(world.secretary).get(address("sheet", world)).content.decode()
    names = [line.person.full_name for line in roster_of(world.meeting).lines]
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    assert page.count("Personne venue sans être attendue") == exports.BLANKS
    assert "Signature" in page


def test_the_document_is_the_same_sheet(world, sign_in):
    response = sign_in(world.alice).get(address("sheet_pdf", world))
    assert response["Content-Type"] == "application/pdf"
    assert "Feuille" in response["Content-Disposition"]
    assert b"pdfuaid" in response.getvalue() or response.getvalue().startswith(b"%PDF")
    document = exports.sheet_document(world.meeting, roster_of(world.meeting).lines)
    assert [row[0] for row in document["rows"]] == [line.person.full_name for line in roster_of(world.meeting).lines]


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [("sheet", "bob", 200), ("sheet", "charlie", 404), ("sheet_entry", "bob", 403), ("sheet_entry", "charlie", 404)],
)
def test_who_sees_the_roster_prints_and_who_marks_types(world, sign_in, name, who, status):
    assert sign_in(getattr(world, who)).get(address(name, world)).status_code == status


def test_letters_and_digits_are_one_act_and_what_is_empty_stays(world, sign_in):
    response = sign_in(world.alice).post(address("sheet_entry", world), typed(world, ["J", "1", ""]))
    assert response.status_code == 302
    assert portions(world) == [("day", "sheet"), ("half", "sheet")]
    assert {change.changed_by for change in AttendanceChange.objects.all()} == {world.alice}


def test_the_whole_entry_is_taken_back_in_one_act(world, sign_in):
    client = sign_in(world.alice)
    client.post(address("sheet_entry", world), typed(world, ["j", "d", "a"]))
    token = actions.undo_token(AttendanceChange.objects.all())
    assert token in client.get(address("roster", world)).content.decode()
    client.post(address("undo", world, token))
    assert [portion for portion, _source in portions(world)] == ["", "", ""]


def test_a_letter_that_means_nothing_stops_everything_and_stays_in_its_line(world, sign_in):
    response = sign_in(world.alice).post(address("sheet_entry", world), typed(world, ["J", "X"]))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Lettre inconnue." in page
    assert 'value="X"' in page
    assert 'value="J"' in page
    assert not Attendance.objects.exists()


def test_a_half_day_takes_no_day(world, sign_in):
    world.meeting.planned_portion = "half"
    world.meeting.save()
    response = sign_in(world.alice).post(address("sheet_entry", world), typed(world, ["2"]))
    assert response.status_code == 422


def test_what_someone_marked_meanwhile_is_kept_and_said_in_its_line(world, sign_in):
    first = world.participants[0]
    mark = Mark(first.pk, "half", 0)
    actions.mark_attendance(meeting=world.meeting, mark=mark, by=world.secretary, on=TODAY)
    response = sign_in(world.alice).post(address("sheet_entry", world), typed(world, ["J", "J"]))
    assert response.status_code == 409
    assert "Rien n’a été remplacé" in response.content.decode()
    assert portions(world) == [("half", "roster"), ("day", "sheet")]


def test_the_signed_sheet_settles_what_was_declared_and_history_keeps_both(world, sign_in):
    first = world.participants[0]
    Room(world.meeting).arrives(first, "09:00")
    fields = typed(world, ["d"]) | {f"version-{first.pk}": "1"}
    sign_in(world.alice).post(address("sheet_entry", world), fields)
    assert portions(world) == [("half", "sheet")]
    changes = AttendanceChange.objects.order_by("pk").values_list("source", "before", "after")
    assert list(changes) == [("checkin", "", "day"), ("sheet", "day", "half")]


def test_typing_nothing_says_that_nothing_changed(world, sign_in):
    client = sign_in(world.alice)
    client.post(address("sheet_entry", world), typed(world, ["", ""]))
    assert "Rien n’a changé" in client.get(address("roster", world)).content.decode()


def test_once_validated_the_page_offers_no_line_to_type(world, sign_in):
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY, absent_for_unmarked=True)
    page = sign_in(world.alice).get(address("sheet_entry", world)).content.decode()
    assert "data-sheet" not in page
    assert "Présences validées." in page


def test_a_field_that_names_nobody_is_refused(world, sign_in):
    fields = {"portion-999999": "J", "version-999999": "0"}
    response = sign_in(world.alice).post(address("sheet_entry", world), fields)
    assert response.status_code == 409
    assert not Attendance.objects.exists()


def test_every_source_stands_on_its_line_and_in_the_files(world, sign_in, client):
    first, second, _third = world.participants
    Room(world.meeting).arrives(first, "09:00")
    alice = sign_in(world.alice)
    alice.post(address("sheet_entry", world), {f"portion-{second.pk}": "J", f"version-{second.pk}": "0"})
    roster = alice.get(address("roster", world)).content.decode()
    assert "Déclarée" in roster
    assert "Signée" in roster
    assert "Arrivée à" in roster
    text = alice.get(address("roster_csv", world)).getvalue().decode("utf-8-sig")
    assert "Code QR" in text
    assert "Feuille signée" in text
    actions.mark_attendances(
        meeting=world.meeting,
        marks=[Mark(line.person.pk, "none", None) for line in roster_of(world.meeting).lines if not line.portion],
        by=world.alice,
        on=TODAY,
    )
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY)
    validated = alice.get(address("roster", world)).content.decode()
    assert "Déclarée" not in validated
    assert "Code QR" in validated
