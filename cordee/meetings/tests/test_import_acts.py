"""Confirming a file and taking it back: all of it in one act, once, and never over what someone did meanwhile."""

import threading

import pytest
from django.db import connection

from cordee.meetings import actions
from cordee.meetings.actions import refusals
from cordee.meetings.actions.importing import (
    AddressTaken,
    AlreadyApplied,
    ChangedSince,
    NotApplied,
    NothingToImport,
    Outdated,
    apply_import,
    choose_for_import,
    propose_import,
    undo_import,
)
from cordee.meetings.actions.marking import Mark
from cordee.meetings.imports import Preview, fingerprint, proposal_of
from cordee.meetings.models import Attendance, AttendanceChange, Cancellation, Meeting, Source, roster_of
from cordee.meetings.tests import factory
from cordee.meetings.tests.sheets import HEAD, attendance, line, xlsx
from cordee.people.models import Person
from cordee.records.models import ImportBatch
from cordee.toolkit import clock
from cordee.toolkit.refusals import Forbidden

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


def received(content, by, *all_of):
    """A batch whose questions of these kinds have the answer given to all."""
    proposal = proposal_of(content, "présences.csv")
    for what in all_of:
        proposal["choices"] = Preview(proposal, by=by, on=TODAY).answers_to_all(what)
    return propose_import(file_name="présences.csv", sha256=fingerprint(content), proposal=proposal, by=by, on=TODAY)


def plan_of(batch, by):
    return Preview(batch.proposal, by=by, on=TODAY).plan()


def confirmed(batch, by, reason=""):
    return apply_import(batch=batch, plan=plan_of(batch, by), correction_reason=reason, by=by, on=TODAY)


def three(portion="1 j"):
    return attendance(*(line(f"Piolet, Paule{n:02}", portion) for n in range(3)))


def recorded():
    return sorted(Attendance.objects.values_list("person__first_name", "portion", "source"))


def mark(world, person, portion, reason=""):
    wanted = Mark(person.pk, portion, None, reason)
    actions.mark_attendance(meeting=world.meeting, mark=wanted, by=world.alice, on=TODAY)


def test_good_lines_go_in_without_the_bad_and_say_where_they_come_from(world):
    lines = [line("Piolet, Paule00", "½ j"), line("Piolet, Paule01", "peut-être"), line("Inconnue, Ada")]
    changes = confirmed(received(attendance(*lines), world.alice), world.alice)
    assert recorded() == [("Paule00", "half", "import")]
    assert (changes[0].changed_by, changes[0].source) == (world.alice, Source.IMPORT)


def test_a_file_may_bring_someone_who_does_not_belong_to_the_group(world):
    confirmed(received(attendance(line("Charlie Test")), world.alice), world.alice)
    [walk_in] = [line for line in roster_of(world.meeting).lines if line.person == world.charlie]
    assert (walk_in.portion, walk_in.is_walk_in) == ("day", True)


def test_the_same_file_twice_changes_nothing(world):
    confirmed(received(three(), world.alice), world.alice)
    again = received(three(), world.alice)
    assert Preview(again.proposal, by=world.alice, on=TODAY).counts["same"] == 3
    with pytest.raises(NothingToImport):
        confirmed(again, world.alice)
    assert AttendanceChange.objects.count() == 3


def test_the_same_content_saved_again_elsewhere_changes_nothing(world):
    confirmed(received(three(), world.alice), world.alice)
    saved_again = xlsx([["Présences"], [], HEAD, *(line(f"PIOLET Paule{n:02}", "journée") for n in range(3))])
    assert fingerprint(saved_again) != fingerprint(three())
    with pytest.raises(NothingToImport):
        confirmed(received(saved_again, world.alice), world.alice)


def test_a_file_that_creates_people_and_meetings_changes_nothing_the_second_time(world):
    content = attendance(line("Neuve, Anne", day="2025-01-08"))
    confirmed(received(content, world.secretary, "people", "meetings"), world.secretary)
    before = Person.objects.count(), Meeting.objects.count()
    with pytest.raises(NothingToImport):
        confirmed(received(content, world.secretary, "people", "meetings"), world.secretary)
    assert (Person.objects.count(), Meeting.objects.count()) == before


def test_what_differs_stays_unless_one_says_to_replace_it(world):
    mark(world, world.participants[0], "half")
    confirmed(received(three(), world.alice), world.alice)
    assert recorded()[0] == ("Paule00", "half", "roster")
    confirmed(received(three(), world.alice, "replace"), world.alice)
    assert recorded()[0] == ("Paule00", "day", "import")


def test_an_answer_is_given_to_what_one_saw(world):
    """« Replace the half » is no answer to what someone recorded since."""
    mark(world, world.participants[0], "half")
    batch = received(three(), world.alice, "replace")
    mark(world, world.participants[0], "none", "grippe")
    confirmed(batch, world.alice)
    assert recorded()[0] == ("Paule00", "none", "roster")


def close(world):
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY, absent_for_unmarked=True)


def cancel(world):
    fields = {"reason": "Tempête", "cancelled_by": world.alice, "cancelled_at": clock.now()}
    Cancellation.objects.create(meeting=world.meeting, **fields)


@pytest.mark.parametrize("meanwhile", [lambda world: mark(world, world.participants[1], "none"), close, cancel])
def test_what_changed_between_the_reading_and_the_act_stops_the_whole_of_it(world, meanwhile):
    for person in world.participants:
        mark(world, person, "half")
    batch = received(three(), world.alice, "replace")
    plan = plan_of(batch, world.alice)
    meanwhile(world)
    before = recorded()
    with pytest.raises((Outdated, refusals.ReasonMissing)):
        apply_import(batch=batch, plan=plan, correction_reason="", by=world.alice, on=TODAY)
    assert recorded() == before
    assert not ImportBatch.objects.get().applied_at


def test_a_validated_meeting_changes_only_with_a_reason_kept_in_its_history(world):
    mark(world, world.participants[0], "half")
    close(world)
    batch = received(attendance(line("Piolet, Paule00")), world.alice, "replace")
    preview = Preview(batch.proposal, by=world.alice, on=TODAY)
    assert preview.corrections == 1
    with pytest.raises(refusals.ReasonMissing):
        preview.checked_reason()
    with pytest.raises(refusals.ReasonMissing):
        confirmed(batch, world.alice)
    [change] = confirmed(batch, world.alice, "Feuille signée retrouvée")
    assert (change.before, change.after, change.reason) == ("half", "day", "Feuille signée retrouvée")


def test_undoing_gives_back_every_mark_its_value_its_reason_and_its_source(world):
    mark(world, world.participants[0], "none", "grippe")
    batch = received(three(), world.alice, "replace")
    confirmed(batch, world.alice)
    undo_import(batch=batch, by=world.alice, on=TODAY)
    assert recorded()[0] == ("Paule00", "none", "roster")
    assert Attendance.objects.get(person=world.participants[0]).reason == "grippe"
    assert set(Attendance.objects.exclude(person=world.participants[0]).values_list("portion", flat=True)) == {""}
    assert AttendanceChange.objects.count() == 1 + 3 + 3  # the history keeps all of it


def test_undoing_cancels_the_meetings_the_file_made_and_the_file_brings_them_back(world):
    content = attendance(line("Piolet, Paule00", day="2025-01-08"))
    batch = received(content, world.alice, "meetings")
    confirmed(batch, world.alice)
    undo_import(batch=batch, by=world.alice, on=TODAY)
    meeting = Meeting.objects.get(date="2025-01-08")
    assert meeting.is_cancelled
    again = received(content, world.alice, "meetings")
    confirmed(again, world.alice)
    assert not Meeting.objects.get(date="2025-01-08").is_cancelled
    assert recorded() == [("Paule00", "day", "import")]


def test_undoing_is_refused_as_a_whole_once_a_mark_was_changed_and_never_done_twice(world):
    batch = received(three(), world.alice)
    with pytest.raises(NotApplied):
        undo_import(batch=batch, by=world.alice, on=TODAY)
    confirmed(batch, world.alice)
    mark(world, world.participants[0], "half")
    before = recorded()
    with pytest.raises(ChangedSince):
        undo_import(batch=batch, by=world.alice, on=TODAY)
    assert recorded() == before
    mark(world, world.participants[0], "day")
    with pytest.raises(ChangedSince):  # the same value again, but someone's own
        undo_import(batch=batch, by=world.alice, on=TODAY)
    other = received(attendance(line("Alice Test")), world.alice)
    confirmed(other, world.alice)
    undo_import(batch=other, by=world.alice, on=TODAY)
    with pytest.raises(NotApplied):
        undo_import(batch=other, by=world.alice, on=TODAY)


def test_two_new_people_never_share_the_address_of_a_third(world):
    batch = received(attendance(line("Neuve, Anne", email="anne@exemple.test")), world.alice, "people")
    plan = plan_of(batch, world.alice)
    Person.objects.create(first_name="Autre", last_name="Fiche", email="anne@exemple.test")
    with pytest.raises(AddressTaken):
        apply_import(batch=batch, plan=plan, correction_reason="", by=world.alice, on=TODAY)
    assert recorded() == []


def test_who_runs_no_group_imports_nothing_and_a_liaison_only_for_hers(world):
    factory.meeting(factory.group("05-litteratie", "05", "Littératie"))
    with pytest.raises(Forbidden):
        received(three(), world.charlie)
    batch = received(attendance(line("Piolet, Paule00", group="05")), world.secretary)
    with pytest.raises(Forbidden):  # the plan of someone else
        apply_import(batch=batch, plan=plan_of(batch, world.secretary), correction_reason="", by=world.alice, on=TODAY)
    assert recorded() == []


@pytest.mark.django_db(transaction=True)
def test_two_people_who_confirm_the_same_batch_at_once_import_it_once():
    world = factory.world()
    batch = received(three(), world.alice)
    plan, start, outcomes = plan_of(batch, world.alice), threading.Barrier(2), []

    def confirm(by):
        start.wait(5)
        try:
            apply_import(batch=batch, plan=plan, correction_reason="", by=by, on=TODAY)
            outcomes.append("imported")
        except AlreadyApplied:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=[by]) for by in (world.alice, world.secretary)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["already", "imported"]
    assert AttendanceChange.objects.count() == 3


def test_answers_are_no_longer_taken_once_the_batch_is_confirmed(world):
    batch = received(three(), world.alice)
    confirmed(batch, world.alice)
    with pytest.raises(AlreadyApplied):
        choose_for_import(batch=batch, choices={}, by=world.alice, on=TODAY)
    with pytest.raises(AlreadyApplied):
        apply_import(
            batch=batch,
            plan=plan_of(received(three("½"), world.alice, "replace"), world.alice),
            correction_reason="",
            by=world.alice,
            on=TODAY,
        )
