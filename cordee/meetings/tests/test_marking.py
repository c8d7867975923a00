from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.meetings import actions
from cordee.meetings.actions import Mark, refusals
from cordee.meetings.models import Attendance, AttendanceChange, Source, roster_of, tally_of
from cordee.meetings.tests import factory
from cordee.people.models import Affiliation, Membership, Person
from cordee.records.models import JournalEntry
from cordee.reference.models import Edition
from cordee.toolkit.refusals import Forbidden

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


def mark(world, who, portion, version=0, *, by=None, reason=""):
    return actions.mark_attendance(
        meeting=world.meeting, mark=Mark(who.pk, portion, version, reason), by=by or world.alice, on=TODAY
    )


def portions(meeting):
    return {line.person.first_name: line.portion for line in roster_of(meeting).lines}


def test_everyone_expected_is_listed_and_unmarked_is_not_absent(world):
    assert portions(world.meeting) == {"Paule00": "", "Paule01": "", "Paule02": "", "Alice": ""}
    assert tally_of(world.meeting).absent == 0


def test_a_former_member_and_an_absorbed_record_are_not_expected(world):
    left, absorbed = world.participants[:2]
    Membership.objects.filter(person=left).update(ends_on=factory.DAY)
    Person.objects.filter(pk=absorbed.pk).update(merged_into=world.participants[2])
    assert set(portions(world.meeting)) == {"Paule02", "Alice"}


def test_a_mark_is_kept_with_its_history_and_one_journal_entry(world):
    change = mark(world, world.participants[0], "half")
    row = Attendance.objects.get()
    assert (row.portion, row.version, row.source, row.marked_by) == ("half", 1, Source.ROSTER, world.alice)
    assert (change.before, change.after, change.changed_by) == ("", "half", world.alice)
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.subject_id, entry.actor_id) == ("attendance.marked", str(row.pk), world.alice.pk)


def test_the_same_value_changes_nothing(world):
    mark(world, world.participants[0], "half")
    assert mark(world, world.participants[0], "half", 0) is None
    assert (AttendanceChange.objects.count(), JournalEntry.objects.count()) == (1, 1)


def test_a_stale_version_is_refused_and_both_values_are_said(world):
    who = world.participants[0]
    mark(world, who, "day")
    with pytest.raises(refusals.StaleMark) as refused:
        mark(world, who, "half", 0, by=world.secretary)
    sentence = str(refused.value)
    assert refused.value.status == 409
    assert "Journée" in sentence
    assert "Demi-journée" in sentence
    assert "Alice Test" in sentence
    assert Attendance.objects.get().portion == "day"


def test_a_reason_belongs_to_an_absence_and_goes_with_it(world):
    who = world.participants[0]
    mark(world, who, "none", reason="  Maladie ")
    assert Attendance.objects.get().reason == "Maladie"
    mark(world, who, "none", 1, reason="Autre rencontre")
    assert AttendanceChange.objects.count() == 2
    mark(world, who, "day", 2, reason="Autre rencontre")
    assert Attendance.objects.get().reason == ""


def test_nobody_gets_more_than_the_planned_portion(world):
    world.meeting.planned_portion = "half"
    world.meeting.save(update_fields=["planned_portion"])
    with pytest.raises(refusals.TooLong):
        mark(world, world.participants[0], "day")
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("portion", ["half", "day"])
def test_nobody_is_present_without_an_employer_that_day(world, portion):
    who = world.participants[0]
    Affiliation.objects.filter(person=who).update(starts_on=date(2025, 1, 15))
    with pytest.raises(refusals.NotAffiliated) as refused:
        mark(world, who, portion)
    assert who.full_name in str(refused.value)
    assert not Attendance.objects.exists()


def test_an_absence_needs_no_employer(world):
    who = world.participants[0]
    Affiliation.objects.filter(person=who).delete()
    assert mark(world, who, "none").after == "none"


def test_someone_not_expected_is_refused_on_the_roster(world):
    with pytest.raises(refusals.NotExpected):
        mark(world, world.charlie, "day")


def test_a_meeting_to_come_takes_no_marks(world):
    world.meeting = factory.meeting(world.group, date(2025, 2, 1))
    with pytest.raises(refusals.NotHeldYet):
        mark(world, world.participants[0], "day")


def test_a_date_outside_any_edition_is_refused(world):
    Edition.objects.all().delete()
    with pytest.raises(refusals.OutsideYear, match="2024-2025"):
        mark(world, world.participants[0], "day")


def test_a_portion_that_does_not_exist_is_refused(world):
    with pytest.raises(refusals.UnknownPortion):
        mark(world, world.participants[0], "week")


def test_strangers_and_the_treasurer_may_not_mark(world):
    for someone in (world.charlie, world.bob, world.participants[1], world.officer):
        with pytest.raises(Forbidden):
            mark(world, world.participants[0], "day", by=someone)
    assert not Attendance.objects.exists()


def test_everyone_present_sets_only_the_unmarked(world):
    mark(world, world.participants[0], "none")
    mark(world, world.participants[1], "half")
    outcome = actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    assert len(outcome.changes) == 2
    assert portions(world.meeting) == {"Paule00": "none", "Paule01": "half", "Paule02": "day", "Alice": "day"}
    assert JournalEntry.objects.filter(act="attendance.everyone-present").count() == 1


def test_everyone_present_names_who_has_no_employer_and_goes_on(world):
    Affiliation.objects.filter(person=world.participants[0]).delete()
    outcome = actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    assert list(outcome.refusals) == [world.participants[0].pk]
    assert len(outcome.changes) == 3


def test_many_marks_are_one_act_and_a_stale_one_does_not_stop_the_rest(world):
    first, second, third = world.participants
    mark(world, first, "day", by=world.secretary)
    outcome = actions.mark_attendances(
        meeting=world.meeting,
        marks=[Mark(first.pk, "half", 0), Mark(second.pk, "half", 0), Mark(third.pk, "none", 0)],
        by=world.alice,
        on=TODAY,
    )
    assert [change.after for change in outcome.changes] == ["half", "none"]
    assert isinstance(outcome.refusals[first.pk], refusals.StaleMark)
    assert JournalEntry.objects.filter(actor_id=world.alice.pk).count() == 1


def test_a_walk_in_is_present_and_flagged_once(world):
    actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    line = next(line for line in roster_of(world.meeting).lines if line.person == world.charlie)
    assert (line.portion, line.is_walk_in) == ("day", True)
    with pytest.raises(refusals.AlreadyListed):
        actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    with pytest.raises(refusals.AlreadyListed):
        actions.add_walk_in(meeting=world.meeting, person=world.participants[0], by=world.alice, on=TODAY)


def test_the_act_of_one_mark_costs_few_queries(world):
    world.alice.standing(TODAY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        mark(world, world.participants[0], "day")
    # PostgreSQL locks the meeting with a query of its own; SQLite's transaction is the lock.
    allowed = 5 if connection.vendor == "sqlite" else 6
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= allowed


def test_undo_gives_back_what_was_there_and_history_keeps_both(world):
    first, second, _third = world.participants
    mark(world, first, "none", reason="Maladie")
    outcome = actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    undone = actions.undo_marks(
        meeting=world.meeting, token=actions.undo_token(outcome.changes), by=world.alice, on=TODAY
    )
    assert {change.after for change in undone} == {""}
    assert portions(world.meeting) == {"Paule00": "none", "Paule01": "", "Paule02": "", "Alice": ""}
    row = Attendance.objects.get(person=second)
    assert (row.version, row.changes.count()) == (2, 2)


def test_undo_restores_the_reason_too(world):
    who = world.participants[0]
    mark(world, who, "none", reason="Maladie")
    change = mark(world, who, "day", 1)
    actions.undo_marks(meeting=world.meeting, token=actions.undo_token([change]), by=world.alice, on=TODAY)
    row = Attendance.objects.get()
    assert (row.portion, row.reason) == ("none", "Maladie")


def test_undo_is_refused_once_someone_marked_again_and_cannot_be_repeated(world):
    who = world.participants[0]
    change = mark(world, who, "day")
    token = actions.undo_token([change])
    mark(world, who, "half", 1, by=world.secretary)
    with pytest.raises(refusals.CannotUndo):
        actions.undo_marks(meeting=world.meeting, token=token, by=world.alice, on=TODAY)
    assert Attendance.objects.get().portion == "half"


@pytest.mark.parametrize("token", ["", "x", "1-", "999999", "1-999999999999"])
def test_a_token_that_names_nothing_is_refused(world, token):
    with pytest.raises(refusals.CannotUndo):
        actions.undo_marks(meeting=world.meeting, token=token, by=world.alice, on=TODAY)


def test_a_walk_in_that_is_undone_leaves_the_roster_and_can_come_back(world):
    change = actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    actions.undo_marks(meeting=world.meeting, token=actions.undo_token([change]), by=world.alice, on=TODAY)
    assert "Charlie" not in portions(world.meeting)
    actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    assert portions(world.meeting)["Charlie"] == "day"
