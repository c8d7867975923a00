"""Marks a browser kept: each has its identifier, arrives once, after the one it followed, and with its own instant."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Act, Mark
from cordee.meetings.actions.refusals import StaleMark
from cordee.meetings.models import Attendance, AttendanceChange
from cordee.meetings.tests import factory

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _standing(today):
    """Pages and acts are of the same day."""


def send(world, person, portion, *, act, version=0, by=None):
    mark = Mark(person.pk, portion, version, act=act)
    return actions.mark_attendance(meeting=world.meeting, mark=mark, by=by or world.alice, on=TODAY)


def post(client, world, person, portion, **fields):
    url = reverse("meetings:mark", args=[world.meeting.pk, person.pk])
    typed = {f"portion-{person.pk}": portion, f"version-{person.pk}": 0, "since": 0, **fields}
    return client.post(url, typed, headers=HTMX)


def values():
    return list(AttendanceChange.objects.order_by("pk").values_list("after", flat=True))


def test_the_same_act_sent_twice_is_recorded_once(world):
    who, act = world.participants[0], Act(uuid4())
    assert send(world, who, "half", act=act).act == act.identifier
    assert send(world, who, "half", act=act) is None
    assert values() == ["half"]


def test_an_act_received_before_takes_nothing_back_from_who_came_after(world):
    who, act = world.participants[0], Act(uuid4())
    send(world, who, "half", act=act)
    send(world, who, "day", act=None, version=1, by=world.secretary)
    assert send(world, who, "half", act=act) is None
    assert values() == ["half", "day"]


def test_an_identifier_used_for_someone_else_changes_nothing(world):
    first, second = world.participants[:2]
    act = Act(uuid4())
    send(world, first, "half", act=act)
    assert send(world, second, "half", act=act) is None
    assert list(Attendance.objects.values_list("person", flat=True)) == [first.pk]


def test_the_database_itself_refuses_an_act_twice(world):
    change = send(world, world.participants[0], "half", act=Act(uuid4()))
    copy = AttendanceChange.objects.get(pk=change.pk)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_one_corrects_oneself_before_the_first_answer_has_come(world):
    who, first = world.participants[0], Act(uuid4())
    send(world, who, "half", act=first)
    send(world, who, "none", act=Act(uuid4(), after=first.identifier))
    assert values() == ["half", "none"]


def test_an_act_that_follows_ones_own_gives_way_to_what_came_between(world):
    who, first = world.participants[0], Act(uuid4())
    send(world, who, "half", act=first)
    send(world, who, "day", act=None, version=1, by=world.secretary)
    with pytest.raises(StaleMark):
        send(world, who, "none", act=Act(uuid4(), after=first.identifier))
    assert values() == ["half", "day"]


@pytest.mark.parametrize("after", [None, uuid4()])
def test_an_act_that_follows_nothing_known_is_as_stale_as_any(world, after):
    who = world.participants[0]
    send(world, who, "day", act=None, by=world.secretary)
    with pytest.raises(StaleMark):
        send(world, who, "none", act=Act(uuid4(), after=after))


def test_both_instants_are_kept(world):
    change = send(world, world.participants[0], "half", act=Act(uuid4(), timedelta(hours=2)))
    change.refresh_from_db()
    assert change.changed_at - change.made_at == timedelta(hours=2)


def test_no_mark_was_made_before_the_day_of_its_meeting(world):
    change = send(world, world.participants[0], "half", act=Act(uuid4(), timedelta(days=300)))
    change.refresh_from_db()
    assert change.made_at.astimezone(change.made_at.tzinfo).date() == world.meeting.date
    assert change.made_at < change.changed_at


def test_the_history_says_when_a_late_mark_was_made(world, sign_in):
    who = world.participants[0]
    client = sign_in(world.alice)
    post(client, world, who, "half", act=uuid4(), age=7200)
    page = client.get(reverse("meetings:history", args=[world.meeting.pk, who.pk])).content.decode()
    assert "indiqué hors ligne" in page


def test_a_mark_sent_at_once_says_nothing_of_it(world, sign_in):
    who = world.participants[0]
    client = sign_in(world.alice)
    post(client, world, who, "half", act=uuid4(), age=1)
    page = client.get(reverse("meetings:history", args=[world.meeting.pk, who.pk])).content.decode()
    assert "indiqué hors ligne" not in page


def test_sent_twice_the_page_answers_twice_with_what_is_recorded(world, sign_in):
    who, client, act = world.participants[0], sign_in(world.alice), uuid4()
    for _again in range(2):
        response = post(client, world, who, "half", act=act)
        assert response.status_code == 200
        assert f'name="version-{who.pk}" value="1"' in response.content.decode()
    assert values() == ["half"]


@pytest.mark.parametrize("since", ["secretary", "charlie"])
def test_a_page_left_open_sends_nothing_in_the_name_of_who_signed_in_since(world, sign_in, since):
    """Not even for someone to whom the meeting does not exist: « not found » would say that the mark is lost."""
    who, client = world.participants[0], sign_in(getattr(world, since))
    response = post(client, world, who, "half", act=uuid4(), owner=world.alice.pk)
    assert response.status_code == 403
    assert "fait par quelqu’un d’autre" in response.content.decode()
    assert values() == []


def test_received_before_the_validation_it_is_no_refusal_after(world, sign_in):
    who, client, act = world.participants[0], sign_in(world.alice), uuid4()
    post(client, world, who, "half", act=act)
    actions.validate_meeting(meeting=world.meeting, by=world.secretary, on=TODAY, absent_for_unmarked=True)
    assert post(client, world, who, "half", act=act).status_code == 200
    refused = post(client, world, who, "half", act=uuid4())
    assert refused.status_code == 409
    assert "Corrigez-les avec un motif." in refused.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "x"},
        {"act": "é" * 36},
        {"act": str(uuid4()), "after": "x"},
        {"act": str(uuid4()), "age": "-1"},
        {"act": str(uuid4()), "age": "9" * 40},
    ],
)
def test_an_act_that_cannot_be_read_changes_nothing(world, sign_in, fields):
    response = post(sign_in(world.alice), world, world.participants[0], "half", **fields)
    assert response.status_code == 422
    assert values() == []


def test_the_worker_answers_under_its_roster_only(world, sign_in):
    url = reverse("meetings:worker", args=[world.meeting.pk])
    assert url.startswith(reverse("meetings:roster", args=[world.meeting.pk]))
    assert sign_in(world.charlie).get(url).status_code == 404
    response = sign_in(world.alice).get(url)
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in response.headers
    assert "worker-src 'none'" in response.headers["Content-Security-Policy"]


def test_only_the_roster_may_start_a_worker(world, sign_in):
    client = sign_in(world.alice)
    roster = client.get(reverse("meetings:roster", args=[world.meeting.pk]))
    detail = client.get(reverse("meetings:detail", args=[world.meeting.pk]))
    assert "worker-src 'self'" in roster.headers["Content-Security-Policy"]
    assert "worker-src 'none'" in detail.headers["Content-Security-Policy"]


def test_the_correction_of_a_kept_mark_starts_from_it(world, sign_in):
    actions.validate_meeting(meeting=world.meeting, by=world.secretary, on=TODAY, absent_for_unmarked=True)
    url = reverse("meetings:correction", args=[world.meeting.pk, world.participants[0].pk])
    page = sign_in(world.alice).get(url, {"portion": "half", "reason": "Partie tôt"}).content.decode()
    assert 'value="Partie tôt"' in page
