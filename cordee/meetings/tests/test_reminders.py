"""Reminders: to whom, when, as each person wants them, and each once whatever happens to the workers."""

from datetime import date, timedelta

import pytest
from django.test import override_settings

from cordee.meetings.models import Answer, Attendance, Meeting, Validation
from cordee.meetings.tasks import remind
from cordee.meetings.tests import factory
from cordee.meetings.tests.invitations import COMING, coming
from cordee.people.models import DigestItem, MailChoice, Membership, Person
from cordee.people.tasks import weekly_digest
from cordee.records.models import Message
from cordee.records.tests.rest_of_delivery import two_go_on
from cordee.toolkit import clock
from cordee.toolkit.testing.mailserver import MailServer
from cordee.toolkit.testing.processes import kill, starter
from cordee.toolkit.testing.worlds import kept

DAY = timedelta(days=1)
HAND_OVER = ("-m", "cordee.meetings.tests.reminders_process")


@kept
def world():
    """The attendance of the meeting held before is validated: it awaits nobody."""
    made = factory.world()
    Validation.objects.create(meeting=made.meeting, validated_by=made.alice, validated_at=clock.now())
    return made


@pytest.fixture
def meeting(world):
    return coming(world)


def told(on, kind="reminder"):
    """Whom the tasks of that day write to, and the subjects."""
    before = set(Message.objects.values_list("pk", flat=True))
    with override_settings(CLOCK=on):
        remind.call()
    new = Message.objects.filter(kind=kind).exclude(pk__in=before).order_by("pk")
    return {message.address: message.subject for message in new}


def test_a_week_and_a_day_before_those_invited_are_reminded(world, meeting):
    assert told(COMING - 8 * DAY) == {}
    week = told(COMING - 7 * DAY)
    assert len(week) == 4
    assert set(week.values()) == {"Dans une semaine : 18-TC-TRP, mardi 4 février 2025"}
    assert told(COMING - 3 * DAY) == {}
    assert set(told(COMING - DAY).values()) == {"Demain : 18-TC-TRP, mardi 4 février 2025"}
    assert told(COMING) == {}


def test_those_who_answered_no_are_left_in_peace(world, meeting):
    for person, reply in zip(world.participants, ("no", "yes", "maybe"), strict=True):
        Answer.objects.create(meeting=meeting, person=person, reply=reply, day=meeting.date, answered_at=clock.now())
    assert world.participants[0].email not in told(COMING - DAY)
    text = Message.objects.get(person_id=world.participants[1].pk).text
    assert "Vous avez répondu oui." in text
    assert "/rencontres/reponse/" in text


def test_a_week_when_no_worker_ran_is_caught_up_the_next_days(world, meeting):
    assert set(told(COMING - 4 * DAY).values()) == {"Bientôt : 18-TC-TRP, mardi 4 février 2025"}
    assert told(COMING - 3 * DAY) == {}


def test_a_week_is_not_caught_up_on_the_eve_of_the_other_reminder(world, meeting):
    assert told(COMING - 2 * DAY) == {}


def test_what_was_announced_yesterday_needs_no_reminder_of_next_week(world, meeting):
    meeting.announcement.announced_at = clock.at(COMING - 5 * DAY, meeting.starts_at)
    meeting.announcement.save()
    assert told(COMING - 4 * DAY) == {}
    assert len(told(COMING - DAY)) == 4


def test_neither_drafts_nor_cancelled_meetings_are_reminded_of(world, meeting):
    meeting.announcement.delete()
    assert told(COMING - DAY) == {}


def test_the_day_after_the_liaison_has_the_attendance_to_finish(world, meeting):
    told_on = COMING + DAY
    assert told(told_on, "attendance") == {world.alice.email: "Présences à terminer : 18-TC-TRP, mardi 4 février 2025"}
    assert f"/rencontres/{meeting.pk}/presences/" in Message.objects.get(kind="attendance").text
    assert told(told_on + DAY, "attendance") == {}


def test_validated_attendance_awaits_nobody(world, meeting):
    Validation.objects.create(meeting=meeting, validated_by=world.alice, validated_at=clock.now())
    assert told(COMING + DAY, "attendance") == {}


def test_a_group_without_a_liaison_turns_to_its_manager(world, meeting):
    Membership.objects.filter(person=world.alice).update(role="participant")
    manager = factory.person("Magali")
    factory.membership(manager, world.group, "responsible-manager")
    assert set(told(COMING + DAY, "attendance")) == {manager.email}


def test_who_wants_a_digest_reads_the_week_on_monday(world, meeting):
    paule = world.participants[0]
    MailChoice.objects.create(person=paule, kind="reminder", pace="weekly")
    for ahead in (7, 1):
        assert paule.email not in told(COMING - ahead * DAY)
    assert DigestItem.objects.filter(person=paule).count() == 1, "the day before, a digest would come too late"
    with override_settings(CLOCK=date(2025, 2, 3)):
        assert weekly_digest.call() == 1
        assert weekly_digest.call() == 0
    letter = Message.objects.get(kind="digest")
    assert letter.address == paule.email
    assert letter.subject == "Votre résumé de la semaine"
    assert "mardi 4 février 2025" in letter.text


def test_a_monday_without_a_worker_is_caught_up_and_what_came_after_waits(world, meeting):
    MailChoice.objects.create(person=world.alice, kind="attendance", pace="weekly")
    told(COMING + DAY, "attendance")
    for day, letters in ((COMING + DAY, 0), (date(2025, 2, 12), 1), (date(2025, 2, 13), 0)):
        with override_settings(CLOCK=day):
            assert weekly_digest.call() == letters


def test_who_wants_nothing_gets_nothing(world, meeting):
    MailChoice.objects.create(person=world.participants[0], kind="reminder", pace="never")
    assert world.participants[0].email not in told(COMING - DAY)
    assert not DigestItem.objects.exists()


def test_a_meeting_that_moved_is_reminded_of_anew(world, meeting):
    assert len(told(COMING - DAY)) == 4
    Meeting.objects.filter(pk=meeting.pk).update(date=COMING + 14 * DAY)
    assert len(told(COMING + 13 * DAY)) == 4


def test_hundreds_of_reminders_survive_a_worker_killed_in_the_middle(transactional_db, tmp_path):
    crowd(600)
    with MailServer() as server:
        variables = {**server.variables(), "CORDEE_CLOCK": str(COMING - DAY)}
        kill(starter(tmp_path, **variables)(*HAND_OVER, "until", "240"))
        assert 0 < len(server.letters) < 600
        two_go_on(tmp_path, *HAND_OVER, **variables)
        reached = [letter["To"] for letter in server.letters]
        told = [letter["Message-ID"] for letter in server.letters]
    assert len(set(reached)) == len(set(told)) == 600, "nobody is forgotten, nobody is told twice"
    assert len(told) - 600 <= 1, "the one in hand is handed over again under the same Message-ID"


def crowd(size):
    """A meeting tomorrow of that many people."""
    made = factory.world(participants=0)
    meeting = coming(made)
    people = Person.objects.bulk_create(
        Person(first_name="Paule", last_name=f"Piolet {n}", email=f"paule{n}@exemple.test") for n in range(size)
    )
    Membership.objects.bulk_create(
        Membership(person=person, group=meeting.group, role="participant", starts_on=factory.YEAR_START)
        for person in people
    )
    Membership.objects.filter(person=made.alice).delete()
    assert not Attendance.objects.exists()
