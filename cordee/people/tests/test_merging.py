import pytest
from django.apps import apps

from cordee.meetings import actions as meeting_actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import AttendanceChange
from cordee.meetings.tests import factory
from cordee.people.actions.merging import (
    AlreadyMerged,
    CannotUndoMerge,
    MergeHeld,
    SameRecord,
    merge_persons,
    undo_merge,
)
from cordee.people.models import Affiliation, Membership, Person, PersonMerge
from cordee.records.models import JournalEntry
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


world = kept(factory.world)


@pytest.fixture
def double(world):
    """The second record of the first participant, as a walk-in with an employer of its own."""
    return factory.person("Paule", "Piolet")


def merge(world, kept, absorbed, by=None):
    return merge_persons(kept=kept, absorbed=absorbed, by=by or world.secretary, on=TODAY)


def walk_in(world, person):
    return meeting_actions.add_walk_in(meeting=world.meeting, person=person, by=world.alice, on=TODAY).attendance


def everything():
    """Each row that points at a person, with the person it points at."""
    found = {}
    for relation in Person._meta.related_objects:
        rows = relation.related_model._base_manager.exclude(**{relation.field.name: None})
        for row in rows.values_list("pk", relation.field.name):
            if relation.related_model is not PersonMerge:
                found[relation.related_model._meta.label, row[0]] = row[1]
    return found


def test_what_was_one_record_s_becomes_the_other_s(world, double):
    kept = world.participants[0]
    attendance = walk_in(world, double)
    attended = merge(world, kept, double)
    attendance.refresh_from_db()
    double.refresh_from_db()
    assert attendance.person == kept
    assert double.merged_into == kept
    assert attended.moved["meetings.attendance.person"] == [attendance.pk]
    assert JournalEntry.objects.filter(act="person.merged").count() == 1


def test_an_overlapping_employer_stays_with_the_absorbed_record(world, double):
    merge(world, world.participants[0], double)
    assert Affiliation.objects.filter(person=double).count() == 1
    assert Affiliation.objects.filter(person=world.participants[0]).count() == 1


def test_a_membership_of_another_group_moves_and_one_of_the_same_stays(world, double):
    other = factory.group("36-x", "36", "Autre")
    factory.membership(double, other)
    factory.membership(double, world.group)
    merge(world, world.participants[0], double)
    assert Membership.objects.get(group=other).person == world.participants[0]
    assert Membership.objects.filter(group=world.group, person=double).exists()


def test_history_still_says_who_acted(world, double):
    factory.membership(double, world.group, "liaison")
    meeting_actions.mark_attendance(
        meeting=world.meeting, mark=Mark(world.participants[1].pk, "day", 0), by=double, on=TODAY
    )
    merge(world, world.participants[0], double)
    assert AttendanceChange.objects.get().changed_by == double


def test_undo_gives_everything_back(world, double):
    kept = factory.person("Paula", "Piolet", account=False, employed=False)
    Person.objects.filter(pk=kept.pk).update(email=None)
    walk_in(world, double)
    before = everything()
    done = merge(world, kept, double)
    assert everything() != before
    assert Person.objects.get(pk=kept.pk).email == "paule.piolet@exemple.test"
    undo_merge(merge=done, by=world.secretary, on=TODAY)
    assert everything() == before
    double.refresh_from_db()
    assert (double.merged_into, double.email) == (None, "paule.piolet@exemple.test")
    with pytest.raises(CannotUndoMerge):
        undo_merge(merge=done, by=world.secretary, on=TODAY)


def test_two_marks_at_one_meeting_forbid_the_merge_and_name_it(world, double):
    kept = world.participants[0]
    walk_in(world, double)
    meeting_actions.mark_attendance(meeting=world.meeting, mark=Mark(kept.pk, "half", 0), by=world.alice, on=TODAY)
    with pytest.raises(MergeHeld, match="14 janvier 2025"):
        merge(world, kept, double)
    meeting_actions.mark_attendance(meeting=world.meeting, mark=Mark(double.pk, "", 1), by=world.alice, on=TODAY)
    assert merge(world, kept, double).pk


def test_wrong_records_and_wrong_people_are_refused(world, double):
    kept = world.participants[0]
    with pytest.raises(SameRecord):
        merge(world, kept, kept)
    for someone in (world.alice, world.bob, world.charlie):
        with pytest.raises(Forbidden):
            merge(world, kept, double, by=someone)
    merge(world, kept, double)
    with pytest.raises(AlreadyMerged):
        merge(world, world.participants[1], double)
    with pytest.raises(AlreadyMerged):
        merge(world, double, world.participants[1])


def test_an_older_merge_is_undone_after_the_newer_one(world, double):
    first, second = world.participants[:2]
    older = merge(world, first, double)
    newer = merge(world, second, first)
    with pytest.raises(CannotUndoMerge):
        undo_merge(merge=older, by=world.secretary, on=TODAY)
    undo_merge(merge=newer, by=world.secretary, on=TODAY)
    undo_merge(merge=older, by=world.secretary, on=TODAY)
    assert Person.objects.unmerged().filter(pk=double.pk).exists()


def test_every_relation_to_a_person_is_either_a_fact_that_moves_or_a_hidden_actor():
    """A new table that says something of a person needs a reverse name, or it would not follow a merge."""
    facts = {(relation.related_model._meta.label, relation.field.name) for relation in Person._meta.related_objects}
    hidden = [
        field.name
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model is Person and (model._meta.label, field.name) not in facts
    ]
    assert {name for name in hidden if not name.endswith(("_by", "_for"))} <= {"person"}
    assert ("meetings.Attendance", "person") in facts
