"""A meeting reaches the calendars of those invited and its changes change it there, through a real mail server."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cordee.meetings import actions, calendars
from cordee.meetings.actions import telling
from cordee.meetings.models import Meeting
from cordee.meetings.tasks import keep_invitations_up
from cordee.meetings.tests import factory
from cordee.meetings.tests.invitations import (
    COMING,
    agenda,
    announce,
    calendar_of,
    coming,
    delivered,
    event_of,
    text_of,
)
from cordee.records.models import Message
from cordee.records.outbox import deliver
from cordee.toolkit.testing.mailserver import MailServer

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")
ALICE, PAULE = "alice.test@exemple.test", "paule00.piolet@exemple.test"


@pytest.fixture
def server(settings, today):
    settings.MAIL_DOMAIN, settings.DEFAULT_FROM_EMAIL = "cordee.exemple.test", "Cordée <cordee@cordee.exemple.test>"
    with MailServer() as running:
        settings.MAILERS = running.mailers()
        yield running


@pytest.fixture
def meeting(world):
    return coming(world)


def move(meeting, by, **fields):
    """What the act of moving does to a meeting before it tells people."""
    for name, value in {**fields, "sequence": meeting.sequence + 1}.items():
        setattr(meeting, name, value)
    meeting.save()
    telling.changed(meeting, by=by, reason="La salle est prise.")


def test_everyone_expected_is_invited_each_by_their_own_e_mail(world, meeting, server):
    announce(world, meeting)
    letters = delivered(server)
    assert set(letters) == {ALICE, PAULE, "paule01.piolet@exemple.test", "paule02.piolet@exemple.test"}
    letter = letters[PAULE]
    assert str(letter["Subject"]) == "Invitation : 18-TC-TRP, mardi 4 février 2025"
    assert "Envoyé par Alice Test." in text_of(letter)
    assert "Quand : mardi 4 février 2025, de 9 h à 15 h 30" in text_of(letter)
    assert "Où : École du Roc, 13, rue du Col, Longueuil" in text_of(letter)
    assert "/rencontres/reponse/" in text_of(letter)
    assert "/personnes/courriels/" in text_of(letter)


def test_a_calendar_finds_in_it_all_it_needs(world, meeting, server):
    announce(world, meeting)
    letter = delivered(server)[PAULE]
    calendar, event = calendar_of(letter), event_of(letter)
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"rencontre-{meeting.pk}@cordee.exemple.test"
    assert event["SEQUENCE"] == 0
    assert event.start == datetime(2025, 2, 4, 9, tzinfo=TORONTO)
    assert event.end == datetime(2025, 2, 4, 15, 30, tzinfo=TORONTO)
    assert event["LOCATION"] == "École du Roc, 13, rue du Col, Longueuil"
    assert event["SUMMARY"] == "18-TC-TRP – Où en sommes-nous?"
    assert event["ORGANIZER"] == "mailto:cordee@cordee.exemple.test"
    assert event["ORGANIZER"].split(":")[1] in str(letter["From"]), "another organizer is not believed"
    assert event["ATTENDEE"] == f"mailto:{PAULE}", "the recipient alone"
    assert calendar.get_missing_tzids() == set()


@pytest.mark.parametrize("day", [date(2025, 1, 14), date(2025, 3, 9), date(2025, 7, 2), date(2025, 11, 2)])
def test_the_zone_it_carries_says_what_the_clock_says(world, day):
    zone = calendars._zone().to_tz()
    for hour in (time(0, 30), time(9), time(23)):
        there, here = datetime.combine(day, hour, tzinfo=zone), datetime.combine(day, hour, tzinfo=TORONTO)
        assert there.utcoffset() == here.utcoffset()


def test_the_agenda_is_in_the_e_mail_and_in_the_calendar(world, meeting, server):
    agenda(meeting, "Accueil", "Suites", owner=world.alice)
    announce(world, meeting)
    letter = delivered(server)[PAULE]
    assert "1. Accueil (Alice Test, 20 min)\n2. Suites (Alice Test, 20 min)" in text_of(letter)
    assert "Accueil" in event_of(letter)["DESCRIPTION"]


def test_a_change_takes_the_place_of_what_was_in_the_calendar(world, meeting, server):
    announce(world, meeting)
    before = event_of(delivered(server)[PAULE])
    move(meeting, world.alice, date=date(2025, 2, 6), link="https://visio.exemple.test/18")
    letter = delivered(server)[PAULE]
    after = event_of(letter)
    assert after["UID"] == before["UID"]
    assert after["ORGANIZER"] == before["ORGANIZER"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt
    assert after.start.date() == date(2025, 2, 6)
    assert "Motif : La salle est prise." in text_of(letter)
    assert "https://visio.exemple.test/18" in text_of(letter)


def test_cancelling_tells_everyone_once(world, meeting, server):
    announce(world, meeting)
    delivered(server)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", by=world.alice, on=factory.TODAY)
    letters = delivered(server)
    assert len(letters) == len(server.letters) == 4
    assert str(letters[PAULE]["Subject"]).startswith("Rencontre annulée")
    assert "Motif : Tempête" in text_of(letters[PAULE])
    event = event_of(letters[PAULE])
    assert calendar_of(letters[PAULE])["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert delivered(server) == {}


def test_a_cancellation_taken_back_puts_it_back_in_calendars(world, meeting, server):
    announce(world, meeting)
    delivered(server)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", by=world.alice, on=factory.TODAY)
    delivered(server)
    actions.restore_meeting(meeting=meeting, by=world.alice, on=factory.TODAY)
    letter = delivered(server)[PAULE]
    assert str(letter["Subject"]).startswith("Rencontre rétablie")
    assert (event_of(letter)["STATUS"], event_of(letter)["SEQUENCE"]) == ("CONFIRMED", 2)


def test_nobody_hears_that_a_draft_or_a_day_gone_by_is_cancelled(world, server):
    draft = factory.meeting(world.group, COMING)
    for each in (draft, world.meeting):
        actions.cancel_meeting(meeting=each, reason="Tempête", by=world.alice, on=factory.TODAY)
    assert not Message.objects.exists()


def test_what_did_not_leave_before_the_change_never_leaves(world, meeting, server):
    announce(world, meeting)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", by=world.alice, on=factory.TODAY)
    letters = delivered(server)
    assert len(server.letters) == 4
    assert calendar_of(letters[PAULE])["METHOD"] == "CANCEL"


def test_each_reads_it_in_their_language(world, meeting, server):
    factory.organization(code="884000", short_name="CS Riverside", language="en")
    english, chose_french = factory.person("Fiona"), factory.person("Gail")
    for each in (english, chose_french):
        each.affiliations.update(organization=factory.organization(code="884000"))
        factory.membership(each, world.group)
    chose_french.language = "fr"
    chose_french.save()
    announce(world, meeting)
    letters = delivered(server)
    assert str(letters[english.email]["Subject"]) == "Invitation: 18-TC-TRP, Tuesday, February 4, 2025"
    assert "When: Tuesday, February 4, 2025, 9:00 a.m. to 3:30 p.m." in text_of(letters[english.email])
    assert "Choose the e-mails you receive" in text_of(letters[english.email])
    assert "vous invite" in text_of(letters[chose_french.email])


def test_who_moves_out_of_reach_of_the_new_day_is_told_it_is_off(world, meeting, server):
    leaving = world.participants[0]
    leaving.memberships.update(ends_on=date(2025, 2, 5))
    announce(world, meeting)
    delivered(server)
    move(meeting, world.alice, date=date(2025, 2, 11))
    letters = delivered(server)
    assert calendar_of(letters[leaving.email])["METHOD"] == "CANCEL"
    assert "Vous ne faites plus partie de 18-TC-TRP" in text_of(letters[leaving.email])
    assert calendar_of(letters[ALICE])["METHOD"] == "REQUEST"


def test_who_joins_or_leaves_the_group_afterwards_is_told_once(world, meeting, server):
    announce(world, meeting)
    delivered(server)
    leaving, joining = world.participants[0], factory.person("Jade")
    leaving.memberships.update(ends_on=date(2025, 2, 1))
    factory.membership(joining, world.group, starts_on=date(2025, 1, 18))
    keep_invitations_up.call()
    keep_invitations_up.call()
    letters = delivered(server)
    assert {to: calendar_of(letter)["METHOD"] for to, letter in letters.items()} == {
        leaving.email: "CANCEL",
        joining.email: "REQUEST",
    }
    assert delivered(server) == {}


def test_an_act_that_fails_tells_nobody(world, meeting, server, monkeypatch):
    announce(world, meeting)
    delivered(server)
    monkeypatch.setattr("cordee.meetings.actions.planning.journal.write", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.cancel_meeting(meeting=meeting, reason="Tempête", by=world.alice, on=factory.TODAY)
    assert delivered(server) == {}
    assert Meeting.objects.get(pk=meeting.pk).sequence == 0


def test_a_server_that_was_down_gets_the_invitations_when_it_is_back(world, meeting, settings, today):
    with MailServer() as gone:
        settings.MAILERS = gone.mailers()
    announce(world, meeting)
    assert deliver.call() == 0
    Message.objects.update(due_at=timezone.now())
    with MailServer() as back:
        settings.MAILERS = back.mailers()
        assert len(delivered(back)) == 4


def test_the_page_of_the_meeting_says_how_many_left_and_who_could_not_be_reached(world, meeting, server, sign_in):
    world.participants[0].email = "never@exemple.test"
    world.participants[0].save()
    announce(world, meeting)
    delivered(server)
    page = sign_in(world.alice).get(f"/rencontres/{meeting.pk}/").content.decode()
    assert "3 invitations envoyées" in page and "1 refusée" in page
    assert "Adresse à corriger : Paule00 Piolet." in page
    assert "/courriels/" not in page, "the liaison does not read the e-mails of the house"
    page = sign_in(world.secretary).get(f"/rencontres/{meeting.pk}/").content.decode()
    assert f"/courriels/?about=meeting.{meeting.pk}" in page
    assert "3 invitations" not in sign_in(world.participants[1]).get(f"/rencontres/{meeting.pk}/").content.decode()
