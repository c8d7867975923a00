"""The screen of the room: who opens it, which code it shows, what it says when there is none."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.tests import factory
from cordee.meetings.tests.room import BACKEND, Room

pytestmark = pytest.mark.django_db
CODE = re.compile(r'class="qr" href="([^"]+)"')


@pytest.fixture
def room(world):
    return Room(world.meeting)


@pytest.fixture
def look(client, room):
    """What someone sees on the screen at an hour of the day of the meeting."""

    def at(hour, *, by, day=None, **asked):
        client.force_login(by.user, backend=BACKEND)
        headers = {"HX-Request": "true"} if asked.pop("part", False) else {}
        with room.clock_at(hour, day):
            return client.get(reverse("meetings:screen", args=[room.meeting.pk]), asked, headers=headers)

    return at


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("secretary", 200), ("bob", 403), ("charlie", 404), ("participant", 403)]
)
def test_whoever_takes_the_attendance_opens_the_screen(world, look, who, status):
    person = world.participants[0] if who == "participant" else getattr(world, who)
    assert look("09:00", by=person).status_code == status


def test_the_screen_shows_a_code_that_leads_to_the_arrival_and_no_name(world, room, look, client):
    page = look("09:00", by=world.alice).content.decode()
    assert "Déclarez votre arrivée" in page
    assert 'viewBox="0 0' in page
    assert not any(person.full_name in page for person in world.participants)
    with room.clock_at("09:00:40"):
        answer = client.get(CODE.search(page)[1])
    assert "Déclarer mon arrivée" in answer.content.decode()


def test_the_code_changes_every_thirty_seconds_and_htmx_asks_for_it_alone(world, look):
    first, same, next_one = (
        look(at, by=world.alice, part=True).content.decode() for at in ("09:00:01", "09:00:29", "09:00:30")
    )
    assert "<html" not in first
    assert CODE.search(first)[1] == CODE.search(same)[1] != CODE.search(next_one)[1]


def test_without_javascript_the_page_asks_again_by_itself(world, look):
    assert (
        '<noscript><meta http-equiv="refresh" content="20"></noscript>'
        in look("09:00", by=world.alice).content.decode()
    )


def test_near_the_end_the_screen_asks_for_departures_unless_told_otherwise(world, look):
    assert "Déclarez votre arrivée" in look("14:59", by=world.alice).content.decode()
    assert "Déclarez votre départ" in look("15:00", by=world.alice).content.decode()
    assert "Déclarez votre arrivée" in look("15:10", by=world.alice, sens="arrivee").content.decode()
    assert "Déclarez votre départ" in look("09:00", by=world.alice, sens="depart").content.decode()


def test_the_screen_counts_those_who_came(world, room, look):
    page = look("09:00", by=world.alice).content.decode()
    assert "0 arrivée déclarée" in page, page[page.index('class="say"') :][:1500]
    for person in world.participants[:2]:
        room.arrives(person, "09:00")
    assert "2 arrivées déclarées" in look("09:01", by=world.alice).content.decode()


def test_another_day_there_is_no_code_and_the_screen_says_why(world, look):
    page = look("09:00", by=world.alice, day=factory.DAY + timedelta(days=1)).content.decode()
    assert "n’a pas lieu aujourd’hui" in page
    assert 'class="qr"' not in page
    assert "every 5s" not in page


def test_a_cancelled_meeting_has_no_code(world, room, look):
    actions.cancel_meeting(meeting=room.meeting, reason="Tempête", by=world.alice, on=factory.DAY)
    page = look("09:00", by=world.alice).content.decode()
    assert "Cette rencontre est annulée" in page
    assert 'class="qr"' not in page
