"""The meetings in one’s own calendar: a secret address that can be taken back, read by a real client."""

import subprocess
import sys
from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from cordee.meetings import actions, calendars
from cordee.meetings.actions import subscribing
from cordee.meetings.models import FeedKey, Meeting
from cordee.meetings.tests import factory
from cordee.meetings.tests.invitations import agenda, coming
from cordee.people.actions.merging import merge_persons

pytestmark = pytest.mark.django_db
PAGE = "/rencontres/mon-calendrier/"
CLIENT = """
[general]
status_path = "{folder}/status"
[pair cordee]
a = "there"
b = "here"
collections = null
[storage there]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
"""


@pytest.fixture
def key(world, today):
    return subscribing.open_feed(group=None, by=world.participants[0], on=today)


def path(key):
    return f"/rencontres/flux/{key.secret}.ics"


def events(client, key):
    response = client.get(path(key))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["UID"]): event for event in Calendar.from_ical(response.content).events}


def uid(meeting):
    return f"rencontre-{meeting.pk}@127.0.0.1"


def test_it_holds_the_meetings_one_is_expected_at_and_no_draft(client, world, key):
    announced, draft = coming(world), factory.meeting(world.group, date(2025, 3, 4))
    elsewhere = factory.meeting(factory.group("41-inclusion", "41", "Inclusion"))
    found = events(client, key)
    assert set(found) == {uid(world.meeting), uid(announced)}
    assert uid(draft) not in found and uid(elsewhere) not in found


def test_nobody_s_name_is_in_it(client, world, key):
    agenda(coming(world), "Accueil", owner=world.alice)
    text = client.get(path(key)).content.decode()
    for person in (world.alice, *world.participants):
        assert person.last_name not in text
        assert person.email not in text
    assert "ATTENDEE" not in text and "ORGANIZER" not in text


def test_a_cancelled_meeting_says_so(client, world, key):
    meeting = coming(world)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", by=world.alice, on=factory.TODAY)
    event = events(client, key)[uid(meeting)]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


@pytest.mark.parametrize("is_off", [False, True])
@pytest.mark.parametrize(
    "text", ["Bilan", "", "a, b; c \\\\ d\r\ne\nf\rg : « h »", "é" * 100, "x" * 74 + "é€𝄞" * 30, "y" * 200, 'z="\\\\n"']
)
def test_an_event_of_a_feed_is_the_one_people_are_invited_to(world, text, is_off):
    meeting = coming(world)
    meeting.title, meeting.place, meeting.sequence = text[:200], text[:200], 3
    if is_off:
        actions.cancel_meeting(meeting=meeting, reason="Tempête", by=world.alice, on=factory.TODAY)
    written = calendars.feed([(meeting, f"https://exemple.test/{text}")], name="Rencontres")
    sent = calendars.invitation(
        meeting,
        world.participants[0],
        method=calendars.CANCEL if is_off else calendars.REQUEST,
        stamp=calendars.changed_at(meeting),
        description=f"https://exemple.test/{text}",
    )
    (read,), (invited,) = Calendar.from_ical(written).events, Calendar.from_ical(sent).events
    for name in ("ORGANIZER", "ATTENDEE"):
        del invited[name]
    assert read == invited
    assert max(map(len, written.split(b"\r\n"))) <= 75


def test_the_feed_of_a_group_is_for_its_members(client, world, sign_in, today):
    other = factory.group("41-inclusion", "41", "Inclusion")
    signed = sign_in(world.participants[0])
    assert signed.post(PAGE, {"calendar": other.pk}).status_code == 422
    signed.post(PAGE, {"calendar": world.group.pk})
    key = FeedKey.objects.get(group=world.group)
    assert set(events(client, key)) == {uid(world.meeting)}
    world.participants[0].memberships.update(ends_on=date(2025, 1, 1))
    assert events(client, key) == {}, "who has left reads nothing more"


def test_a_calendar_that_has_it_already_is_told_nothing_changed(client, world, key):
    first = client.get(path(key))
    again = client.get(path(key), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(path(key), headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    Meeting.objects.update(title="Autre titre")
    assert client.get(path(key), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_no_longer_in_it_is_a_change_too(client, world, key, settings):
    meeting = coming(world)
    first = client.get(path(key))
    settings.CLOCK = factory.TODAY + timedelta(days=1)
    assert client.get(path(key), headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    world.participants[0].memberships.update(ends_on=meeting.date)
    second = client.get(path(key), headers={"If-Modified-Since": first["Last-Modified"]})
    assert second.status_code == 200
    assert uid(meeting).encode() not in second.content


@pytest.mark.parametrize("act", ["retrait", "renouvellement"])
def test_an_address_taken_back_reads_nothing_more(client, world, key, sign_in, act):
    old = path(key)
    page = sign_in(world.participants[0]).post(f"{PAGE}{key.pk}/{act}/", follow=True).content.decode()
    assert key.secret not in page
    response = client.get(old)
    assert response.status_code == 404
    assert "Prenez la nouvelle" in response.content.decode()
    assert FeedKey.objects.in_use().count() == (act == "renouvellement")


def test_the_address_of_someone_else_is_not_ours_to_take_back(world, key, sign_in):
    assert sign_in(world.participants[1]).post(f"{PAGE}{key.pk}/retrait/").status_code == 404
    assert FeedKey.objects.in_use().filter(pk=key.pk).exists()


def test_asking_twice_gives_the_same_address(world, key, sign_in):
    signed = sign_in(world.participants[0])
    signed.post(PAGE, {"calendar": "mine"})
    assert FeedKey.objects.in_use().count() == 1
    page = signed.get(PAGE).content.decode()
    assert f'value="http://127.0.0.1{path(key)}"' in page
    assert f"webcal://127.0.0.1{path(key)}" in page


def test_the_address_of_a_record_made_one_with_another_reads_on(client, world, key):
    double = factory.person("Paulette")
    merge_persons(kept=double, absorbed=world.participants[0], by=world.secretary, on=factory.TODAY)
    assert uid(world.meeting) in events(client, key)


def test_the_size_of_a_year_costs_no_more_queries(client, world, key, django_assert_num_queries):
    client.get(path(key))
    Meeting.objects.bulk_create(
        Meeting(
            group=world.group,
            date=date(2024, 7, 2) + timedelta(days=number % 200),
            starts_at=time(8 + number // 200),
            ends_at=time(16),
            planned_portion="day",
            modality="virtual",
        )
        for number in range(500)
    )
    client.get(path(key))
    with django_assert_num_queries(4):
        response = client.get(path(key))
    assert response.content.count(b"BEGIN:VEVENT") == 501


@pytest.mark.django_db(transaction=True)
def test_a_real_client_reads_it_over_http(live_server, world, key, tmp_path, settings):
    settings.ALLOWED_HOSTS = ["*"]
    cancelled = coming(world)
    kept = coming(world, date(2025, 2, 18))
    actions.cancel_meeting(meeting=cancelled, reason="Tempête", by=world.alice, on=factory.TODAY)
    (tmp_path / "config").write_text(CLIENT.format(folder=tmp_path, url=live_server.url + path(key)))
    days = {world.meeting.date: "CONFIRMED", cancelled.date: "CANCELLED", kept.date: "CONFIRMED"}
    (tmp_path / "calendar").mkdir()
    vdirsyncer(tmp_path, "discover")
    assert synced(tmp_path) == days
    actions.cancel_meeting(meeting=kept, reason="Tempête", by=world.alice, on=factory.TODAY)
    assert synced(tmp_path) == days | {kept.date: "CANCELLED"}


def vdirsyncer(folder, act):
    command = [sys.executable, "-m", "vdirsyncer", "--config", str(folder / "config"), act]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, input="y\n", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def synced(folder):
    """The state of the event of each day, as vdirsyncer keeps it: it gives what it reads by HTTP other identifiers."""
    vdirsyncer(folder, "sync")
    files = (folder / "calendar").glob("*.ics")
    found = [event for file in files for event in Calendar.from_ical(file.read_bytes()).events]
    assert len({event.start for event in found}) == len(found), "each once"
    return {event.start.date(): str(event["STATUS"]) for event in found}
