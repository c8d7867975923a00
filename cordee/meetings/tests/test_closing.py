import re

import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark, refusals
from cordee.meetings.models import Attendance, Source, Validation, roster_of
from cordee.meetings.tests import factory
from cordee.people.models import Affiliation, Person
from cordee.toolkit.contributions import meeting_holds
from cordee.toolkit.refusals import Forbidden
from cordee.values.verdict import no

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


def validate(world, *, by=None, rest=False):
    return actions.validate_meeting(meeting=world.meeting, by=by or world.alice, on=TODAY, absent_for_unmarked=rest)


def correct(world, attendance, portion, reason="Erreur de saisie", version=None, by=None):
    return actions.correct_attendance(
        attendance=attendance,
        portion=portion,
        reason=reason,
        version=attendance.version if version is None else version,
        by=by or world.alice,
        on=TODAY,
    )


@pytest.fixture
def validated(world):
    validate(world, rest=True)
    return world


def test_everyone_is_marked_before_the_attendance_is_validated(world):
    actions.mark_attendance(
        meeting=world.meeting, mark=Mark(world.participants[0].pk, "day", 0), by=world.alice, on=TODAY
    )
    with pytest.raises(refusals.StillUnmarked, match="3 personnes ne sont pas saisies") as refused:
        validate(world)
    assert len(refused.value.lines) == 3
    assert not Validation.objects.exists()


def test_the_rest_can_be_marked_absent_in_the_same_act(validated):
    assert {line.portion for line in roster_of(validated.meeting).lines} == {"none"}
    assert Validation.objects.get().validated_by == validated.alice


def test_nobody_validates_twice_nor_marks_afterwards(validated):
    with pytest.raises(refusals.AlreadyValidated):
        validate(validated, by=validated.secretary)
    with pytest.raises(refusals.AlreadyValidated):
        actions.mark_everyone_present(meeting=validated.meeting, by=validated.alice, on=TODAY)


@pytest.mark.parametrize("who", ["bob", "charlie", "officer"])
def test_others_do_not_validate(world, who):
    with pytest.raises(Forbidden):
        validate(world, by=getattr(world, who), rest=True)


def test_a_meeting_without_anyone_is_not_validated(world):
    empty = factory.meeting(factory.group("36-x", "36", "Autre"))
    with pytest.raises(refusals.NobodyListed):
        actions.validate_meeting(meeting=empty, by=world.secretary, on=TODAY)


def test_a_validation_is_withdrawn_unless_something_rests_on_it(validated, monkeypatch):
    held = [no("La réclamation de mi-année est soumise.")]
    monkeypatch.setattr(meeting_holds, "_functions", [lambda meeting: held])
    with pytest.raises(refusals.ValidationHeld, match="mi-année"):
        actions.withdraw_validation(meeting=validated.meeting, by=validated.alice, on=TODAY)
    held.clear()
    actions.withdraw_validation(meeting=validated.meeting, by=validated.alice, on=TODAY)
    assert not Validation.objects.exists()
    with pytest.raises(refusals.NotValidated):
        actions.withdraw_validation(meeting=validated.meeting, by=validated.alice, on=TODAY)


def test_undoing_the_validation_takes_back_the_absences_it_wrote(world, sign_in):
    client, first = sign_in(world.alice), world.participants[0]
    actions.mark_attendance(meeting=world.meeting, mark=Mark(first.pk, "day", 0), by=world.alice, on=TODAY)
    client.post(reverse("meetings:validation", args=[world.meeting.pk]), {"rest": "absent"})
    page = client.get(reverse("meetings:roster", args=[world.meeting.pk])).content.decode()
    undo = re.search(r'action="([^"]*retrait/\?absences=[^"]*)"', page)[1]
    client.post(undo)
    assert not Validation.objects.exists()
    assert [line.portion for line in roster_of(world.meeting).lines if line.portion] == ["day"]


def test_a_correction_needs_a_reason_and_keeps_what_was(validated):
    row = Attendance.objects.get(person=validated.participants[0])
    with pytest.raises(refusals.ReasonMissing):
        correct(validated, row, "day", reason="  ")
    change = correct(validated, row, "day")
    row.refresh_from_db()
    assert (row.portion, row.source, row.version) == ("day", Source.CORRECTION, 2)
    assert (change.before, change.after, change.reason) == ("none", "day", "Erreur de saisie")
    assert row.changes.count() == 2


def test_a_correction_that_is_stale_the_same_or_too_long_is_refused(validated):
    row = Attendance.objects.get(person=validated.participants[0])
    with pytest.raises(refusals.NothingToCorrect):
        correct(validated, row, "none")
    correct(validated, row, "half", by=validated.secretary)
    with pytest.raises(refusals.StaleMark):
        correct(validated, row, "day", version=1)
    validated.meeting.planned_portion = "half"
    validated.meeting.save(update_fields=["planned_portion"])
    with pytest.raises(refusals.TooLong):
        correct(validated, row, "day", version=2)


def test_before_the_validation_there_is_nothing_to_correct(world):
    change = actions.mark_attendance(
        meeting=world.meeting, mark=Mark(world.participants[0].pk, "day", 0), by=world.alice, on=TODAY
    )
    with pytest.raises(refusals.NotValidated):
        correct(world, change.attendance, "half")


def add_forgotten(world, person, by):
    fields = {"portion": "half", "reason": "Oubliée", "by": by, "on": TODAY}
    return actions.add_forgotten(meeting=world.meeting, person=person, **fields)


def test_someone_forgotten_is_added_after_the_validation_with_a_reason(validated):
    change = add_forgotten(validated, validated.charlie, validated.secretary)
    assert (change.before, change.after, change.source) == ("", "half", Source.CORRECTION)


def test_who_runs_the_group_adds_its_people_alone_once_it_is_validated(validated):
    left = factory.person("Nadia")
    factory.membership(left, validated.group, ends_on=factory.DAY)
    assert add_forgotten(validated, left, validated.alice).after == "half"
    with pytest.raises(Forbidden, match="retirez d’abord la validation"):
        add_forgotten(validated, validated.charlie, validated.alice)
    with pytest.raises(Forbidden):
        add_forgotten(validated, left, validated.officer)


def test_who_runs_the_group_opens_the_correction_of_nobody_else(validated, sign_in):
    stranger = address("correction", validated, validated.charlie.pk)
    refused = sign_in(validated.alice).get(stranger)
    assert refused.status_code == 403
    assert validated.charlie.full_name not in refused.content.decode()
    assert sign_in(validated.alice).post(stranger, {"portion": "day", "reason": "x", "version": 0}).status_code == 403
    assert sign_in(validated.secretary).get(stranger).status_code == 200
    assert not Attendance.objects.filter(person=validated.charlie).exists()


def test_who_was_added_on_the_spot_before_is_corrected_by_who_runs_the_group(world, sign_in):
    actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY, absent_for_unmarked=True)
    assert sign_in(world.alice).get(address("correction", world, world.charlie.pk)).status_code == 200


def test_the_search_of_who_was_forgotten_shows_the_group_alone(validated, sign_in):
    url, new = address("walk_in", validated), address("new_walk_in", validated)
    mine = sign_in(validated.alice).get(url, {"q": "te"}).content.decode()
    assert validated.charlie.full_name not in mine
    assert address("correction", validated, validated.alice.pk) in mine
    assert "retirez d’abord la validation" in mine
    assert new not in mine
    named = {"first_name": "Nadia", "last_name": "Névé", "organization": factory.organization().pk}
    assert sign_in(validated.alice).post(new, {**named, "category": "teacher"}).status_code == 403
    assert not Person.objects.filter(first_name="Nadia").exists()
    every = sign_in(validated.secretary).get(url, {"q": "te"}).content.decode()
    assert address("correction", validated, validated.charlie.pk) in every
    assert new in every


def address(name, world, *more):
    return reverse(f"meetings:{name}", args=[world.meeting.pk, *more])


def test_the_page_offers_to_mark_the_rest_absent_and_one_can_come_back(world, sign_in):
    client = sign_in(world.alice)
    refused = client.post(address("validation", world))
    assert refused.status_code == 409
    assert "4 personnes ne sont pas saisies" in refused.content.decode()
    assert client.get(address("validation", world)).status_code == 200
    assert client.post(address("validation", world), {"rest": "absent"}).status_code == 302
    page = client.get(address("roster", world)).content.decode()
    assert address("withdrawal", world) in page
    client.post(address("withdrawal", world))
    assert not Validation.objects.exists()


def test_a_correction_through_its_page_shows_in_the_history(validated, sign_in):
    client, who = sign_in(validated.alice), validated.participants[0]
    url = address("correction", validated, who.pk)
    assert "Absence" in client.get(url).content.decode()
    refused = client.post(url, {"portion": "day", "reason": "", "version": 1})
    assert refused.status_code == 409
    assert client.post(url, {"portion": "day", "reason": "Arrivée tard", "version": 1}).status_code == 302
    page = client.get(address("history", validated, who.pk)).content.decode()
    assert "Absence → Journée, Arrivée tard (Correction)" in page
    assert "Alice Test" in page


def test_people_see_the_history_of_their_own_mark_only(validated, sign_in):
    first, second = validated.participants[:2]
    client = sign_in(first)
    assert client.get(address("history", validated, first.pk)).status_code == 200
    assert client.get(address("history", validated, second.pk)).status_code == 404
    assert client.get(address("correction", validated, first.pk)).status_code == 403


def test_a_centre_reads_what_happened_to_its_staff_and_not_the_names_of_who_did_it(validated, sign_in):
    other = factory.organization("863000", "CSS Autre")
    Affiliation.objects.filter(person=validated.alice).update(organization=other)
    who, name = validated.participants[0], validated.alice.full_name
    pages = [reverse("meetings:detail", args=[validated.meeting.pk]), address("history", validated, who.pk)]
    for page in pages:
        assert name in sign_in(who).get(page).content.decode()
        shown = sign_in(validated.officer).get(page).content.decode()
        assert name not in shown
        assert who.full_name in shown
