"""Minutes are written together, approved, locked and corrected; the database holds what was approved."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from cordee.meetings import actions
from cordee.meetings.actions import Point, minutes_refusals, refusals, state_of
from cordee.meetings.models import (
    FollowUp,
    Meeting,
    MinutesApproval,
    MinutesCorrection,
    MinutesLock,
    MinutesSection,
    MinutesState,
    agenda_of,
    minutes_state,
)
from cordee.meetings.models.outline import outline_of
from cordee.meetings.tests import factory
from cordee.records.models import JournalEntry
from cordee.toolkit.refusals import Forbidden
from cordee.values.merging import joined

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


@pytest.fixture
def point(world):
    """The key of the one point of the agenda."""
    write_agenda(world, Point("Retour sur les classes"))
    return outline_of(world.meeting)[0].key


def who(world):
    return {"by": world.alice, "on": TODAY}


def fresh(world):
    return Meeting.objects.get(pk=world.meeting.pk)


def write_agenda(world, *points):
    seen = state_of(list(agenda_of(world.meeting)))
    actions.write_agenda(meeting=world.meeting, points=points, seen=seen, **who(world))


def write(world, key="decisions", text="On continue.", seen=0, by=None):
    return actions.write_section(meeting=world.meeting, key=key, text=text, seen=seen, by=by or world.alice, on=TODAY)


def approve(world, **how):
    given = {"way": "by-members", "approved_on": TODAY, "at_meeting": None, **how}
    return actions.approve_minutes(meeting=world.meeting, **given, **who(world))


def locked(world):
    write(world)
    approve(world)
    actions.lock_for_good(meeting=world.meeting, **who(world))


def text(world, key="decisions"):
    return next(entry.text for entry in outline_of(world.meeting) if entry.key == key)


# Written on the agenda


def test_the_minutes_follow_the_agenda_then_say_what_is_drawn_from_it(world, point):
    assert [entry.title for entry in outline_of(world.meeting)] == [
        "Retour sur les classes",
        "Apprentissages",
        "Réflexions et stratégies",
        "Décisions",
    ]
    write(world, point, "Trois classes **essaient**.")
    assert "<strong>essaient</strong>" in outline_of(world.meeting)[0].html


def test_a_point_taken_off_the_agenda_keeps_what_was_written_under_it(world, point):
    write(world, point, "Trois classes essaient.")
    write_agenda(world, Point("Suites"))
    assert [(entry.title, entry.text) for entry in outline_of(world.meeting)][:2] == [
        ("Suites", ""),
        ("Retour sur les classes", "Trois classes essaient."),
    ]
    left = outline_of(world.meeting)[1]
    write(world, left.key, "Quatre.", left.version)
    assert text(world, left.key) == "Quatre."


def test_only_those_who_run_the_group_write(world):
    for person in (world.participants[0], world.bob, world.charlie):
        with pytest.raises(Forbidden):
            write(world, by=person)
    write(world, by=world.secretary)


def test_a_long_sitting_of_one_person_is_one_entry_of_the_journal(world):
    for version in range(5):
        write(world, text=f"Ligne {version}", seen=version)
    assert JournalEntry.objects.filter(act="minutes.written").count() == 1
    write(world, text="Une autre", seen=5, by=world.secretary)
    assert JournalEntry.objects.filter(act="minutes.written").count() == 2


def test_a_part_that_is_not_there_or_too_long_is_refused_with_what_to_do(world):
    with pytest.raises(minutes_refusals.NoSuchPart):
        write(world, "point-999")
    with pytest.raises(minutes_refusals.TooLong):
        write(world, text="a" * 40_001)


# Two at once


def test_two_people_at_once_are_told_and_no_word_is_lost(world):
    write(world, text="Alice écrit.")
    with pytest.raises(minutes_refusals.StaleSection) as refusal:
        write(world, text="Solène écrit.", by=world.secretary)
    assert refusal.value.mine == "Solène écrit."
    assert "Alice Test a écrit dans" in str(refusal.value)
    assert text(world) == "Alice écrit."
    write(world, text="Solène écrit.", seen=1, by=world.secretary)
    assert text(world) == "Solène écrit."


def test_the_same_words_written_twice_are_no_conflict(world):
    write(world, text="Pareil.")
    assert write(world, text="Pareil.\r\n", by=world.secretary).version == 1


def test_joining_two_texts_keeps_every_line_of_both():
    assert joined("a\nb\nc", "a\nB\nc\nd") == "a\nb\nB\nc\nd"
    assert joined("", "x") == "\nx"


# Approved, locked, corrected


def test_the_state_follows_what_was_done(world):
    assert minutes_state(fresh(world)) == MinutesState.NONE
    write(world)
    assert minutes_state(fresh(world)) == MinutesState.DRAFT
    approve(world)
    assert minutes_state(fresh(world)) == MinutesState.APPROVED
    actions.lock_for_good(meeting=world.meeting, **who(world))
    assert minutes_state(fresh(world)) == MinutesState.LOCKED


def test_minutes_are_approved_at_a_later_meeting_of_the_group(world):
    write(world)
    later = factory.meeting(world.group, date(2025, 1, 17))
    assert approve(world, way="at-meeting", at_meeting=later).approved_on == later.date


def test_an_approval_names_a_later_meeting_held_by_the_same_group_or_a_day_that_fits(world):
    write(world)
    elsewhere = factory.group("41-inclusion", "41", "Inclusion")
    for wrong in (
        None,
        world.meeting,
        factory.meeting(world.group, date(2025, 1, 7)),
        factory.meeting(world.group, TODAY + timedelta(days=9)),
        factory.meeting(elsewhere, date(2025, 1, 17)),
    ):
        with pytest.raises(minutes_refusals.WrongMeeting):
            approve(world, way="at-meeting", at_meeting=wrong)
    for day in (None, date(2025, 1, 13), TODAY + timedelta(days=1)):
        with pytest.raises(minutes_refusals.WrongDay):
            approve(world, approved_on=day)


def test_empty_minutes_are_not_approved(world):
    with pytest.raises(minutes_refusals.NothingWritten):
        approve(world)


def test_approved_minutes_change_no_more_until_the_approval_is_taken_back(world, point):
    write(world, point)
    approve(world)
    with pytest.raises(minutes_refusals.MinutesClosed):
        write(world, point, "Autre", 1)
    with pytest.raises(minutes_refusals.MinutesClosed):
        write_agenda(world, Point("Autre"))
    actions.withdraw_minutes_approval(meeting=world.meeting, **who(world))
    write(world, point, "Autre", 1)


def test_locked_minutes_stay_and_corrections_stand_beside_with_author_day_and_reason(world):
    with pytest.raises(minutes_refusals.NotLocked):
        actions.correct_minutes(meeting=world.meeting, key="", text="x", reason="y", **who(world))
    locked(world)
    with pytest.raises(minutes_refusals.MinutesLocked):
        actions.withdraw_minutes_approval(meeting=world.meeting, **who(world))
    with pytest.raises(minutes_refusals.MinutesLocked):
        write(world, text="Autre", seen=1)
    with pytest.raises(refusals.ReasonMissing):
        actions.correct_minutes(meeting=world.meeting, key="", text="x", reason=" ", **who(world))
    made = actions.correct_minutes(
        meeting=world.meeting, key="decisions", text="Lire : le 4 février.", reason="Date inversée", **who(world)
    )
    assert (made.section.part, made.corrected_by) == ("decisions", world.alice)
    assert text(world) == "On continue."


def test_the_database_itself_keeps_what_was_approved_and_locked(world):
    actions.add_follow_up(meeting=world.meeting, what="Écrire", owner=world.alice, due_on=None, **who(world))
    locked(world)
    actions.correct_minutes(meeting=world.meeting, key="", text="x", reason="y", **who(world))
    rewritten = (
        lambda: MinutesSection.objects.update(text="Autre"),
        lambda: MinutesSection.objects.all().delete(),
        lambda: MinutesApproval.objects.update(approved_on=factory.DAY),
        lambda: MinutesApproval.objects.all().delete(),
        lambda: MinutesLock.objects.all().delete(),
        lambda: MinutesCorrection.objects.update(text="Autre"),
        lambda: MinutesCorrection.objects.all().delete(),
        lambda: FollowUp.objects.update(what="Autre"),
        lambda: FollowUp.objects.all().delete(),
        lambda: MinutesSection.objects.create(
            meeting=world.meeting,
            part="learnings",
            language="fr",
            written_by=world.alice,
            written_at=MinutesLock.objects.get().locked_at,
        ),
    )
    for rewriting in rewritten:
        with pytest.raises(DatabaseError), transaction.atomic():
            rewriting()
    assert text(world) == "On continue."
