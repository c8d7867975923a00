"""Who sits, for how long, by what right; and what they say of the year to come."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cordee.governance import actions
from cordee.governance.actions import refusals
from cordee.governance.models import Mandate, MandateNotice
from cordee.governance.tests.world import MARCH, START
from cordee.meetings.tests.factory import organization as centre
from cordee.people.actions.departures import record_departure
from cordee.people.actions.duties import DutyRests, KeptApart, confirm_duty, end_duty
from cordee.people.models import Affiliation, Duty, DutyCode, Person
from cordee.reference import policy as reference_policy
from cordee.reference.tests.drafts import person, signed_in
from cordee.toolkit.contributions import hand_overs, todo
from cordee.toolkit.refusals import Forbidden

END = date(2026, 7, 1)
COMMITTEE = DutyCode.EXECUTIVE_COMMITTEE


def notice(mandate, wish="leave", said_on=MARCH, by=None, **more):
    given = {"mandate": mandate, "wish": wish, "said_on": said_on, "by": by or mandate.person, "on": MARCH}
    return actions.give_notice(**{**given, **more})


def test_a_mandate_lasts_two_years_and_gives_the_rights_of_the_seat(world):
    mandate = world.name(world.gaspard)
    assert (mandate.starts_on, mandate.ends_on) == (START, END)
    last_day = END - timedelta(days=1)
    # The committee at once; the treasury once another person than who named him has confirmed it.
    assert not Person.objects.get(pk=world.gaspard.pk).holds("treasurer", on=last_day)
    confirm_duty(duty=mandate.duties.get(code="treasurer"), by=world.coordinator, on=MARCH)
    gaspard = Person.objects.get(pk=world.gaspard.pk)
    assert gaspard.holds(COMMITTEE, on=last_day) and gaspard.holds("treasurer", on=last_day)
    assert not gaspard.holds(COMMITTEE, "treasurer", on=END)
    assert reference_policy.can_edit(gaspard, on=last_day)
    assert not reference_policy.can_edit(gaspard, on=END)


def test_a_duty_held_already_is_not_written_twice(world):
    Duty.objects.create(person=world.gaspard, code="treasurer", starts_on=date(2023, 7, 1))
    mandate = world.name(world.gaspard)
    assert [duty.code for duty in mandate.duties.all()] == [COMMITTEE]


def test_nobody_gives_themselves_a_seat_nor_the_treasury_alone(world):
    with pytest.raises(Forbidden, match="Nul ne se nomme"):
        world.name(world.secretary)
    treasury = world.name(world.gaspard).duties.get(code="treasurer")
    for alone in (world.secretary, world.gaspard, world.paule):
        with pytest.raises(Forbidden):
            confirm_duty(duty=treasury, by=alone, on=MARCH)
    with pytest.raises(DutyRests, match="vient d’un mandat"):
        end_duty(duty=treasury, ends_on=END, by=world.secretary, on=MARCH)
    with pytest.raises(KeptApart):
        world.name(world.coordinator, start=END)


def test_a_departure_leaves_the_seat_to_be_filled_and_no_notice_gives_its_rights_back(world):
    """The rights end with the employer, the mandate with a notice: it is named among what is to be handed over."""
    mandate, last = world.name(world.gaspard), date(2025, 4, 1)
    employed = Affiliation.objects.create(
        person=world.gaspard, organization=centre(), category="manager", starts_on=START
    )
    record_departure(affiliation=employed, left_on=last, account_until=None, by=world.secretary, on=MARCH)
    assert not Person.objects.get(pk=world.gaspard.pk).holds(COMMITTEE, on=last)
    told = hand_overs.collect(world.secretary, on=last, subject=world.gaspard)
    assert [one.url for one in told if one.what.startswith("Mandat")] == [
        reverse("governance:notice", args=[mandate.pk])
    ]
    notice(mandate, by=world.secretary)
    actions.withdraw_notice(mandate=mandate, by=world.secretary, on=MARCH)
    assert not Person.objects.get(pk=world.gaspard.pk).holds(COMMITTEE, on=last)


def test_a_treasury_that_was_confirmed_is_not_undone(world):
    mandate = world.name(world.gaspard)
    confirm_duty(duty=mandate.duties.get(code="treasurer"), by=world.coordinator, on=MARCH)
    with pytest.raises(refusals.WithdrawnTooLate):
        actions.withdraw_mandate(mandate=mandate, by=world.secretary, on=MARCH)


def test_only_who_keeps_the_directory_names_someone(world):
    with pytest.raises(Forbidden, match="secrétaire de gestion"):
        world.name(world.paule, by=world.gaspard)


def test_the_seats_are_those_of_the_framework(world):
    world.name(world.gaspard, "chair", 2)
    for code, rank in (("chair", 3), ("chair", 0), ("astronomy", 1)):
        with pytest.raises(refusals.NoSuchSeat):
            world.name(world.paule, code, rank)


def test_a_seat_has_one_holder_at_a_time_and_a_person_one_seat(world):
    held = world.name(world.gaspard)
    with pytest.raises(refusals.SeatTaken, match="Gaspard Test occupe ce siège jusqu’au 1er juillet 2026"):
        world.name(world.paule, start=END - timedelta(days=1))
    with pytest.raises(refusals.SitsAlready):
        world.name(world.gaspard, "planning")
    with pytest.raises(IntegrityError, match="mandate_overlap"), transaction.atomic():
        Mandate.objects.create(
            seat=held.seat,
            person=world.paule,
            starts_on=START,
            ends_on=END,
            recorded_by=world.secretary,
            recorded_at=held.recorded_at,
        )
    assert world.name(world.paule, start=END).starts_on == END


def test_two_mandates_in_a_row_but_not_three(world):
    world.name(world.gaspard, start=date(2020, 7, 1))
    second = world.name(world.gaspard, start=date(2022, 7, 1))
    with pytest.raises(refusals.TooManyInARow, match="au plus 2 mandats de suite"):
        world.name(world.gaspard, start=date(2024, 7, 1))
    assert world.name(world.gaspard, start=date(2025, 7, 1)).pk != second.pk


def test_a_naming_is_undone_the_same_day_with_the_rights_it_gave(world, settings):
    mandate = world.name(world.gaspard)
    actions.withdraw_mandate(mandate=mandate, by=world.secretary, on=MARCH)
    assert not Mandate.objects.exists()
    assert not Duty.objects.filter(code=COMMITTEE).exists()
    mandate = world.name(world.gaspard)
    with pytest.raises(refusals.WithdrawnTooLate):
        actions.withdraw_mandate(mandate=mandate, by=world.secretary, on=MARCH + timedelta(days=1))


def test_who_leaves_goes_at_the_end_of_the_school_year_and_so_do_their_rights(world):
    mandate = world.name(world.gaspard)
    said = notice(mandate)
    mandate.refresh_from_db()
    assert (mandate.ends_on, said.is_late) == (date(2025, 7, 1), False)
    assert {duty.ends_on for duty in mandate.duties.all()} == {date(2025, 7, 1)}
    with pytest.raises(refusals.NoticeGiven):
        notice(mandate)
    actions.withdraw_notice(mandate=mandate, by=world.gaspard, on=MARCH)
    mandate.refresh_from_db()
    assert mandate.ends_on == END and {duty.ends_on for duty in mandate.duties.all()} == {END}
    with pytest.raises(refusals.NoticeMissing):
        actions.withdraw_notice(mandate=mandate, by=world.gaspard, on=MARCH)


def test_a_notice_that_frees_a_seat_given_since_is_not_taken_back(world):
    mandate = world.name(world.gaspard)
    notice(mandate)
    world.name(world.paule, start=date(2025, 7, 1))
    with pytest.raises(refusals.SeatFilled):
        actions.withdraw_notice(mandate=mandate, by=world.secretary, on=MARCH)
    assert MandateNotice.objects.exists()


@pytest.mark.parametrize(("said_on", "late"), [(date(2025, 6, 1), False), (date(2025, 6, 2), True)])
@pytest.mark.parametrize("wish", ["leave", "stay"])
def test_notice_is_due_on_1_june_and_accepted_late(world, said_on, late, wish):
    mandate = world.name(world.gaspard)
    assert notice(mandate, wish, said_on, on=said_on).is_late is late


def test_a_second_mandate_may_be_asked_for_but_no_third(world):
    world.name(world.gaspard, start=date(2022, 7, 1))
    second = world.name(world.gaspard)
    with pytest.raises(refusals.TooManyInARow):
        notice(second, "stay")
    notice(second, "leave")


def test_notice_is_ones_own_and_of_a_mandate_that_lasts(world):
    mandate = world.name(world.gaspard)
    with pytest.raises(Forbidden):
        notice(mandate, by=world.paule)
    with pytest.raises(refusals.InTheFuture):
        notice(mandate, said_on=MARCH + timedelta(days=1))
    for day in (MARCH, END + timedelta(days=1)):
        with pytest.raises(refusals.LeavesOutside):
            notice(mandate, leaving_on=day)
    with pytest.raises(refusals.MandateOver):
        notice(mandate, on=END)
    notice(mandate, by=world.secretary, leaving_on=date(2025, 4, 1))
    assert Mandate.objects.get().ends_on == date(2025, 4, 1)


def test_the_page_names_members_of_the_committee_to_everyone_and_their_past_to_those_who_sit(world, client):
    world.name(world.gaspard, start=date(2022, 7, 1))
    world.name(person("Ancienne"), "planning", start=date(2022, 7, 1))
    world.name(world.gaspard)
    address = reverse("governance:body", args=["executive"])
    page = signed_in(client, world.paule).get(address).content.decode()
    assert "Gaspard Test" in page and "Ancienne Test" not in page and "Vacant" in page
    assert "Ancienne Test" in signed_in(client, world.gaspard).get(address).content.decode()


def test_the_secretary_names_in_the_browser_and_takes_it_back(world, client):
    Duty.objects.create(person=world.paule, code="director-general", starts_on=START)
    address = reverse("governance:naming", args=["executive"])
    assert signed_in(client, world.paule).get(address).status_code == 403
    signed_in(client, world.secretary)
    typed = {"seat": "executive:2", "person": world.paule.pk, "starts_on": "1er juillet 2024"}
    page = client.post(address, typed, follow=True)
    assert "Paule Test siège du 1er juillet 2024" in page.content.decode()
    again = client.post(address, typed)
    assert again.status_code == 422 and "siège déjà" in again.content.decode()
    mandate = Mandate.objects.get()
    assert (mandate.seat.code, mandate.seat.rank) == ("executive", 2)
    client.post(reverse("governance:mandate_withdrawal", args=[mandate.pk]))
    assert not Mandate.objects.exists()


def test_a_member_gives_notice_in_the_browser_and_takes_it_back(world, client):
    mandate = world.name(world.gaspard)
    address = reverse("governance:notice", args=[mandate.pk])
    assert signed_in(client, world.paule).get(address).status_code == 404
    signed_in(client, world.gaspard)
    wrong = client.post(address, {"wish": "stay", "said_on": "2025-03-13", "leaving_on": "2025-05-01"})
    assert wrong.status_code == 422 and "laissez cette date vide" in wrong.content.decode()
    page = client.post(address, {"wish": "leave", "said_on": "2025-03-13", "leaving_on": ""}, follow=True)
    assert "Avis inscrit." in page.content.decode() and "Quitter l’instance" in page.content.decode()
    client.post(reverse("governance:notice_withdrawal", args=[mandate.pk]))
    assert Mandate.objects.get().ends_on == END


def test_in_the_last_year_the_holder_is_asked_before_the_deadline(world, settings):
    def asked(on):
        gaspard = Person.objects.get(pk=world.gaspard.pk)
        return [task.due for task in todo.collect(gaspard, on=on) if "Dire si vous restez" in task.title]

    mandate = world.name(world.gaspard, "planning", start=date(2023, 7, 1))
    assert asked(date(2025, 4, 1)) == []
    assert asked(date(2025, 4, 2)) == asked(date(2025, 6, 20)) == [date(2025, 6, 1)]
    notice(mandate, "stay", on=date(2025, 4, 2))
    assert asked(date(2025, 4, 2)) == []
