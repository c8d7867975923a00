"""Who holds a duty and until when: recorded by one, confirmed by another when it gives the most rights."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.people.actions import duties
from cordee.people.actions.merging import merge_persons
from cordee.people.models import Duty, Person
from cordee.people.policy import TO_CONFIRM
from cordee.records import journal
from cordee.toolkit.refusals import Forbidden

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = factory.TODAY
MARCH = date(2025, 3, 1)


@pytest.fixture
def desk(db, settings):
    settings.CLOCK = TODAY
    return {code: made(name, code) for name, code in (("Solène", "coordinator"), ("Blandine", "secretary"))}


def made(name, code):
    who = factory.person(name)
    factory.duty(who, code)
    return who


def as_(person):
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return client


def record(person, code, by, organization=None, starts_on=TODAY, ends_on=None):
    span = {"starts_on": starts_on, "ends_on": ends_on}
    return duties.record_duty(person=person, code=code, organization=organization, **span, by=by, on=TODAY)


def again(person):
    """As the next request reads them."""
    return Person.objects.get(pk=person.pk)


def test_a_billing_officer_is_recorded_by_one_and_bills_at_once(desk):
    flavie, centre = factory.person("Flavie"), factory.organization()
    typed = {"code": "billing-officer", "organization": centre.pk, "starts_on": "2025-01-20", "last_day": "2025-06-30"}
    answer = as_(desk["secretary"]).post(reverse("people:new_duty", args=[flavie.pk]), typed, follow=True)
    assert "Fonction inscrite pour Flavie Test" in answer.content.decode()
    last = date(2025, 6, 30)
    assert again(flavie).standing(last).organizations("billing-officer") == {centre.pk}
    assert not again(flavie).holds("billing-officer", on=last + timedelta(days=1))
    assert [entry.act for entry in journal.history(flavie)] == ["duty.recorded"]


@pytest.mark.parametrize("code", TO_CONFIRM)
def test_what_gives_the_most_rights_takes_two_people(desk, code):
    newcomer = factory.person("Nadia")
    duty = record(newcomer, code, desk["secretary"])
    assert not again(newcomer).holds(code, on=TODAY)
    for alone in (desk["secretary"], newcomer):
        with pytest.raises(Forbidden, match="une autre personne"):
            duties.confirm_duty(duty=duty, by=alone, on=TODAY)
    as_(desk["coordinator"]).post(reverse("people:duty_confirmation", args=[duty.pk]))
    assert again(newcomer).holds(code, on=TODAY)
    with pytest.raises(duties.ConfirmedAlready):
        duties.confirm_duty(duty=duty, by=made("Béa", "coordinator"), on=TODAY)


def test_nobody_gives_themselves_a_duty_nor_ends_or_keeps_their_own(desk):
    secretary = desk["secretary"]
    assert as_(secretary).get(reverse("people:new_duty", args=[secretary.pk])).status_code == 403
    for code in ("treasurer", "coordinator", "billing-officer"):
        with pytest.raises(Forbidden, match="Nul ne s’attribue"):
            record(secretary, code, secretary)
    with pytest.raises(Forbidden):
        duties.end_duty(duty=Duty.objects.get(person=secretary), ends_on=None, by=secretary, on=TODAY)


def test_the_treasury_never_meets_the_desk_nor_the_billing(desk):
    """An administrator of the system is not a treasurer, nor the other way round."""
    gaspard, flavie = made("Gaspard", "treasurer"), factory.person("Flavie")
    record(flavie, "billing-officer", desk["secretary"], factory.organization())
    for person, code in ((desk["coordinator"], "treasurer"), (flavie, "treasurer"), (gaspard, "secretary")):
        with pytest.raises(duties.KeptApart, match="ne vont pas à la même personne"):
            record(person, code, desk["secretary"])
    with pytest.raises(duties.KeptApart):
        record(gaspard, "billing-officer", desk["secretary"], factory.organization())


def test_a_duty_that_waits_is_to_be_done_by_each_who_may_confirm_it(desk):
    """Not by who recorded it nor who would hold it; the home page of who oversees shows it."""
    gaspard, flavie = made("Gaspard", "treasurer"), factory.person("Flavie")
    duty = record(flavie, "coordinator", desk["secretary"], ends_on=MARCH)

    def asked(person):
        return "Confirmer une fonction, Flavie Test" in as_(person).get("/").content.decode()

    home = as_(desk["coordinator"]).get("/").content.decode()
    assert reverse("people:duty", args=[duty.pk]) in home
    assert [asked(person) for person in (desk["coordinator"], gaspard, desk["secretary"], flavie)] == [
        True,
        True,
        False,
        False,
    ]
    assert not Duty.objects.to_confirm(gaspard.pk, MARCH).exists()
    duties.confirm_duty(duty=duty, by=gaspard, on=TODAY)
    assert not asked(desk["coordinator"])


def test_one_after_the_other_is_not_both_at_once(desk):
    gaspard = made("Gaspard", "treasurer")
    duties.end_duty(duty=gaspard.duties.get(), ends_on=MARCH, by=desk["secretary"], on=TODAY)
    assert record(gaspard, "coordinator", desk["secretary"], starts_on=MARCH).is_pending


def test_a_duty_has_its_place_and_is_held_once(desk):
    flavie, centre, by = factory.person("Flavie"), factory.organization(), desk["secretary"]
    for code, where in (("billing-officer", None), ("treasurer", centre), ("executive-committee", None)):
        with pytest.raises(duties.WrongPlace):
            record(flavie, code, by, where)
    with pytest.raises(duties.WrongDates):
        record(flavie, "billing-officer", by, centre, ends_on=TODAY)
    record(flavie, "billing-officer", by, centre)
    with pytest.raises(duties.HeldAlready):
        record(flavie, "billing-officer", by, centre, starts_on=MARCH)


def test_an_end_is_written_and_nobody_alone_prolongs_what_takes_two(desk):
    gaspard = made("Gaspard", "treasurer")
    duty = gaspard.duties.get()
    page = reverse("people:duty", args=[duty.pk])
    as_(desk["secretary"]).post(page, {"last_day": "2025-02-28"})
    assert not again(gaspard).holds("treasurer", on=MARCH)
    for longer in ("", "2025-06-30"):
        answer = as_(desk["secretary"]).post(page, {"last_day": longer})
        assert answer.status_code == 422
        assert "inscrivez-la de nouveau" in answer.content.decode()
    assert as_(gaspard).post(page, {"last_day": ""}).status_code == 422  # nor do they themselves
    assert as_(factory.person("Charlie")).get(page).status_code == 403


def test_a_recording_is_withdrawn_while_nothing_rests_on_it(desk):
    newcomer = factory.person("Nadia")
    waiting = record(newcomer, "treasurer", desk["secretary"])
    as_(desk["secretary"]).post(reverse("people:duty_withdrawal", args=[waiting.pk]))
    assert not newcomer.duties.exists()
    confirmed = record(newcomer, "treasurer", desk["secretary"])
    duties.confirm_duty(duty=confirmed, by=desk["coordinator"], on=TODAY)
    with pytest.raises(duties.RecordedTooLongAgo):
        duties.withdraw_duty(duty=confirmed, by=desk["secretary"], on=TODAY)


def test_making_two_records_one_gives_nobody_the_rights_of_another(desk):
    """By a merge what one holds would pass to whoever comes in as the other."""
    gaspard, accomplice, twin = made("Gaspard", "treasurer"), factory.person("Complice"), factory.person("Jumeau")
    Person.objects.filter(pk=twin.pk).update(email=None)
    twin.user.delete()
    for kept, absorbed in ((accomplice, gaspard), (gaspard, accomplice), (gaspard, desk["coordinator"])):
        with pytest.raises(Forbidden, match="tient une fonction"):
            merge_persons(kept=kept, absorbed=absorbed, by=desk["secretary"], on=TODAY)
    with pytest.raises(Forbidden, match="votre propre fiche"):
        merge_persons(kept=desk["secretary"], absorbed=twin, by=desk["secretary"], on=TODAY)
    assert merge_persons(kept=gaspard, absorbed=again(twin), by=desk["secretary"], on=TODAY).pk


def test_a_form_sent_as_it_came_leaves_the_end_of_the_duty_as_it_is(desk):
    duty = record(factory.person("Flavie"), "billing-officer", desk["secretary"], factory.organization(), ends_on=MARCH)
    client, address = as_(desk["coordinator"]), reverse("people:duty", args=[duty.pk])
    form = client.get(address).context["form"]
    client.post(address, {"last_day": form["last_day"].value()})
    assert Duty.objects.get(pk=duty.pk).ends_on == MARCH
    page = client.get(reverse("people:detail", args=[duty.person_id])).content.decode()
    # The day without it, which is kept, is not a day that people are told.
    assert "28 février 2025" in page
    assert "1er mars 2025" not in page
