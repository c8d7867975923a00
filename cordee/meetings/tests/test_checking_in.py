"""Checking in by the code of the room: what becomes a mark, what is only kept, what is refused."""

import re
from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.actions.codes import Scan, code_of, ticket_of
from cordee.meetings.models import (
    Attendance,
    AttendanceChange,
    CheckIn,
    CheckInRefusal,
    Direction,
    RefusedFor,
)
from cordee.meetings.tests import factory
from cordee.meetings.tests.room import Room
from cordee.meetings.views.check_in import UNKNOWN
from cordee.people.actions.merging import merge_persons
from cordee.people.models import Membership
from cordee.records.models import JournalEntry
from cordee.toolkit import clock

pytestmark = pytest.mark.django_db
CSRF = re.compile(r"[A-Za-z0-9]{64}")


@pytest.fixture
def room(world):
    """The meeting of 14 January, nine to half past three, on its own day."""
    return Room(world.meeting)


@pytest.fixture
def paule(world):
    return world.participants[0]


@pytest.fixture
def edition():
    """The rules of the year, with the minutes that make a half day and a day."""
    call_command("load_edition", "2024-2025", "--in-force")


def mark_of(person):
    return Attendance.objects.filter(person=person).values_list("portion", "source").first()


# The clock of the code


@pytest.mark.parametrize(("later", "status"), [("09:00:29", 200), ("09:01:29", 200), ("09:01:31", 410), ("10:00", 410)])
def test_a_code_is_taken_on_the_screen_and_a_minute_after_and_an_hour_later_is_refused(room, later, status):
    with room.clock_at("09:00"):
        photographed = room.code()
    with room.clock_at(later):
        assert Client().get(photographed).status_code == status


def test_a_code_used_from_home_an_hour_later_says_why_and_is_shown_to_the_liaison(room, world, paule):
    with room.clock_at("09:00"):
        photographed = room.code()
    client = Client()
    client.force_login(paule.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with room.clock_at("10:05"):
        page = client.get(photographed)
        client.get(photographed)
    assert "Ce code n’est plus à l’écran depuis 9 h : rien" in page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    refusal = CheckInRefusal.objects.get()
    assert (refusal.why, refusal.person) == (RefusedFor.LATE, paule)
    assert not CheckIn.objects.exists()
    liaison = Client()
    liaison.force_login(world.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with room.clock_at("10:06"):
        roster = liaison.get(reverse("meetings:roster", args=[room.meeting.pk])).content.decode()
    assert "1 code refusé" in roster
    assert "Code périmé, Paule00 Piolet" in " ".join(roster.split())


def test_a_code_used_by_people_who_did_not_say_who_they_are_counts_once(room):
    with room.clock_at("09:00"):
        photographed = room.code()
    with room.clock_at("11:00"):
        for _ in range(3):
            Client().get(photographed)
    assert CheckInRefusal.objects.count() == 1


def test_a_scan_answered_after_ten_minutes_is_refused_and_kept_once(room, paule):
    with room.clock_at("09:00"):
        telephone = room.scan(by=paule)
        action = telephone.action
    with room.clock_at("09:11"):
        assert telephone.client.get(action).status_code == 410
        assert telephone.client.post(action).status_code == 410
    assert not CheckIn.objects.exists()
    assert CheckInRefusal.objects.get().person == paule


def test_what_was_declared_in_time_is_still_shown_when_one_looks_again_later(room, paule):
    with room.clock_at("09:00"):
        telephone = room.scan(by=paule)
        action = telephone.action
        telephone.declare()
    with room.clock_at("09:30"):
        assert "Votre arrivée est notée" in telephone.client.get(action).content.decode()
    assert not CheckInRefusal.objects.exists()


# The signature


def test_a_code_that_was_altered_is_no_code(room):
    with room.clock_at("09:00"):
        code = code_of(room.meeting.pk, Direction.ARRIVAL, clock.now())
        later = code_of(room.meeting.pk, Direction.ARRIVAL, clock.now() + timedelta(hours=1))
        forged = [
            code[:-1] + ("0" if code[-1] != "0" else "1"),
            f"d{code[1:]}",
            f"{later.partition('-')[0]}-{code.partition('-')[2]}",
            code.partition("-")[0],
            "a-",
            "x",
        ]
        for each in forged:
            response = Client().get(reverse("meetings:code", args=[room.meeting.pk, each]))
            assert response.status_code == 404, each
    assert not CheckInRefusal.objects.exists()


def test_the_code_of_another_meeting_is_no_code_here(room, world):
    other = factory.meeting(world.group, starts_at=time(16), ends_at=time(18), planned_portion="half")
    with room.clock_at("09:00"):
        code = code_of(other.pk, Direction.ARRIVAL, clock.now())
        assert Client().get(reverse("meetings:code", args=[room.meeting.pk, code])).status_code == 404


def test_a_ticket_that_was_altered_is_no_ticket(room):
    with room.clock_at("09:00"):
        action = room.scan().action
        for forged in (action.replace("-a-", "-d-"), action[:-3] + "zz/", "/rencontres/ici/x/"):
            assert Client().post(forged, {"address": "a@b.test"}).status_code == 404
            assert Client().get(f"{forged}merci/").status_code == 404


# Arrival and departure


def test_an_arrival_is_the_planned_portion_declared_by_the_person(room, paule):
    room.arrives(paule, "08:55")
    assert mark_of(paule) == ("day", "checkin")
    change = AttendanceChange.objects.get()
    assert (change.before, change.after, change.source, change.changed_by) == ("", "day", "checkin", paule)
    assert JournalEntry.objects.get(act="attendance.declared").actor_id == paule.pk


def test_an_address_is_enough_and_the_system_signs_the_mark(room, paule):
    with room.clock_at("09:02"):
        answer = room.scan().type(f"  {paule.email.upper()} ")
    assert answer.status_code == 302
    assert mark_of(paule) == ("day", "checkin")
    assert AttendanceChange.objects.get().changed_by is None
    assert CheckIn.objects.get().signed_in is False


def test_checking_in_twice_changes_nothing(room, paule):
    room.arrives(paule, "09:00")
    room.arrives(paule, "09:20")
    with room.clock_at("09:30"):
        room.scan().type(paule.email)
    assert [one.at.astimezone(clock.now().tzinfo).hour for one in CheckIn.objects.all()] == [9]
    assert AttendanceChange.objects.count() == 1
    assert Attendance.objects.get().version == 1


@pytest.mark.parametrize(
    ("left", "mark"), [("15:30", ("day", "checkin")), ("11:30", ("half", "checkin")), ("10:00", ("", "checkin"))]
)
def test_the_minutes_between_two_scans_give_the_portion_by_the_rules_of_the_day(room, paule, edition, left, mark):
    room.arrives(paule, "09:00")
    room.leaves(paule, left)
    assert mark_of(paule) == mark


def test_a_departure_alone_is_worth_what_was_planned(room, paule):
    room.leaves(paule, "15:20")
    assert mark_of(paule) == ("day", "checkin")


def test_a_departure_scanned_before_the_arrival_is_no_departure(room, paule, edition):
    room.leaves(paule, "09:00")
    room.arrives(paule, "09:01")
    assert mark_of(paule) == ("day", "checkin")


def test_what_the_liaison_marked_is_never_replaced_and_what_was_declared_stands_beside(room, world, paule, client):
    with room.clock_at("09:00"):
        mark = Mark(paule.pk, "half", 0)
        actions.mark_attendance(meeting=room.meeting, mark=mark, by=world.alice, on=factory.DAY)
    room.arrives(paule, "09:05")
    assert mark_of(paule) == ("half", "roster")
    assert CheckIn.objects.get().portion == "day"
    client.force_login(world.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with room.clock_at("09:10"):
        roster = client.get(reverse("meetings:roster", args=[room.meeting.pk])).content.decode()
    assert "Déclaré : Journée." in roster.replace("\N{NO-BREAK SPACE}", " ")


def test_a_mark_the_liaison_took_away_may_be_declared_again(room, world, paule):
    room.arrives(paule, "09:00")
    with room.clock_at("09:05"):
        actions.mark_attendance(meeting=room.meeting, mark=Mark(paule.pk, "none", 1), by=world.alice, on=factory.DAY)
    room.leaves(paule, "09:06")
    assert mark_of(paule) == ("none", "roster")


def test_who_has_no_employer_that_day_declares_and_is_not_marked(room, world):
    free = factory.person("Gaétane", employed=False)
    factory.membership(free, world.group)
    room.arrives(free, "09:00")
    assert mark_of(free) is None
    assert CheckIn.objects.get().person == free


def test_the_address_of_a_record_that_was_absorbed_is_that_of_the_one_that_stands_for_it(room, world, paule):
    double = factory.person("Paulette", "Double", account=False)
    address = double.email
    merge_persons(kept=paule, absorbed=double, by=world.secretary, on=factory.DAY)
    with room.clock_at("09:00"):
        room.scan().type(address)
    assert CheckIn.objects.get().person == paule


# Who is not expected


def test_someone_known_who_is_not_expected_is_told_to_ask_and_the_liaison_adds_them_in_one_tap(room, world, client):
    with room.clock_at("09:00"):
        telephone = room.scan(by=world.charlie)
        answer = telephone.client.post(telephone.action, follow=True).content.decode()
    assert "demandez à la personne qui anime de vous ajouter" in answer
    assert mark_of(world.charlie) is None
    client.force_login(world.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = reverse("meetings:request", args=[room.meeting.pk, world.charlie.pk])
    with room.clock_at("09:05"):
        roster = client.get(reverse("meetings:roster", args=[room.meeting.pk])).content.decode()
        assert "Charlie Test demande à être sur la feuille." in roster
        assert request in roster
        client.post(request)
        after = client.get(
            reverse("meetings:roster", args=[room.meeting.pk]), {"codes": ""}, headers={"HX-Request": "1"}
        )
    assert mark_of(world.charlie) == ("day", "checkin")
    assert "demande à être" not in after.content.decode()
    change = AttendanceChange.objects.get()
    assert change.changed_by == world.alice
    room.leaves(world.charlie, "09:06")


def test_only_who_asked_is_added_by_a_request_and_only_once(room, world, paule, client):
    client.force_login(world.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    room.arrives(paule, "09:00")
    with room.clock_at("09:05"):
        for person, status in ((world.charlie, 404), (paule, 409)):
            response = client.post(reverse("meetings:request", args=[room.meeting.pk, person.pk]))
            assert response.status_code == status


def test_the_answer_to_an_address_never_says_whether_someone_has_it(room, world, paule):
    answers = []
    for address in (paule.email, world.charlie.email, "personne@exemple.test"):
        with room.clock_at("09:00"):
            telephone = room.scan()
            response = telephone.client.post(telephone.action, {"address": address}, follow=True)
        assert response.redirect_chain[-1][0] == f"{telephone.action}merci/"
        answers.append(CSRF.sub("", response.content.decode()).replace(telephone.action, ""))
    assert answers[0] == answers[1] == answers[2]
    assert paule.full_name not in answers[0]
    refusal = CheckInRefusal.objects.get()
    assert (refusal.why, refusal.person, refusal.code) == (RefusedFor.UNKNOWN, None, "")


def test_the_page_a_code_leads_to_shows_nobody(room, world):
    with room.clock_at("09:00"):
        page = room.scan().page.content.decode()
    for person in (*world.participants, world.alice):
        assert person.full_name not in page
        assert person.email not in page


def test_what_is_not_an_address_is_said_and_nothing_is_written(room):
    with room.clock_at("09:00"):
        response = room.scan().type("pas une adresse")
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not CheckInRefusal.objects.exists()


# When


def test_nothing_is_declared_at_a_cancelled_meeting(room, world, paule):
    with room.clock_at("09:00"):
        telephone = room.scan(by=paule)
        action = telephone.action
        actions.cancel_meeting(meeting=room.meeting, reason="Tempête", by=world.alice, on=factory.DAY)
        for response in (telephone.client.post(action), room.scan().page):
            assert response.status_code == 409
            assert "Cette rencontre est annulée" in response.content.decode()
    assert not CheckIn.objects.exists()


def test_once_validated_one_is_sent_to_whoever_runs_the_meeting(room, world, paule):
    with room.clock_at("09:00"):
        telephone = room.scan()
        action = telephone.action
        actions.validate_meeting(meeting=room.meeting, by=world.alice, on=factory.DAY, absent_for_unmarked=True)
        response = telephone.client.post(action, {"address": paule.email})
    assert response.status_code == 409
    assert "déjà validées" in response.content.decode()
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_codes_are_for_the_day_of_the_meeting(room, days):
    with room.clock_at("09:00", room.meeting.date + timedelta(days=days)):
        page = room.scan().page
    assert page.status_code == 409
    assert "n’a pas lieu aujourd’hui" in page.content.decode()


def test_a_person_who_left_the_group_before_that_day_asks_to_be_added(room, world, paule):
    Membership.objects.filter(person=paule).update(ends_on=date(2025, 1, 10))
    room.arrives(paule, "09:00")
    assert mark_of(paule) is None
    assert CheckIn.objects.get().person == paule


# How often


def test_one_scan_serves_five_addresses_and_the_neighbours_go_on(room, world, paule):
    with room.clock_at("09:00"):
        telephone = room.scan()
        statuses = [telephone.type(f"essai{n}@exemple.test").status_code for n in range(6)]
        assert statuses == [302] * 5 + [429]
        assert room.scan().type(paule.email).status_code == 302
    assert mark_of(paule) == ("day", "checkin")


def test_a_flood_of_unknown_addresses_fills_no_list_and_locks_nobody_out(room, paule, monkeypatch):
    monkeypatch.setitem(UNKNOWN, "most", 3)
    with room.clock_at("09:00"):
        for n in range(6):
            assert room.scan().type(f"essai{n}@exemple.test").status_code == 302
        room.scan().type(paule.email)
    assert CheckInRefusal.objects.count() == 3
    assert mark_of(paule) == ("day", "checkin")


def test_a_check_in_costs_few_queries(room, paule, django_assert_max_num_queries):
    with room.clock_at("09:00"):
        telephone = room.scan()
        action = telephone.action
        with django_assert_max_num_queries(14):
            telephone.client.post(action, {"address": paule.email})


def test_two_scans_of_one_second_have_each_their_ticket(room):
    scan = Scan(room.meeting.pk, Direction.ARRIVAL, clock.now())
    assert ticket_of(scan) != ticket_of(scan)
