"""Someone leaves their employer: what ends with it, what does not, and until when it can be taken back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.people.actions import accounts, delegations, departures
from cordee.people.actions.affiliations import OverlappingAffiliation, record_employer
from cordee.people.actions.duties import KeptApart, record_duty
from cordee.people.models import Affiliation, Departure, Duty, Membership, Person
from cordee.people.tasks import departed_accounts
from cordee.records import journal
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = factory.TODAY
LEFT = date(2025, 3, 15)


world = kept(factory.world, clock=TODAY)


def as_(person):
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return client


def leave(person, by, left_on=LEFT, account_until=None, on=TODAY):
    employed = person.affiliations.latest("starts_on")
    return departures.record_departure(affiliation=employed, left_on=left_on, account_until=account_until, by=by, on=on)


def again(person):
    return Person.objects.get(pk=person.pk)


def rights_on(person, day):
    standing = again(person).standing(day)
    return standing.duties | standing.roles


def test_everything_that_bound_them_ends_that_day(world):
    alice = world.alice
    factory.duty(alice, "educational-director", factory.organization())
    delegations.delegate(
        fact=world.officer.duties.get(), to=alice, starts_on=TODAY, ends_on=TODAY + timedelta(days=60),
        by=world.officer, on=TODAY,
    )  # fmt: skip
    assert len(rights_on(alice, LEFT - timedelta(days=1))) == 3
    leave(alice, world.officer)
    assert len(rights_on(alice, LEFT - timedelta(days=1))) == 3, "their last day is a day like another"
    assert rights_on(alice, LEFT) == frozenset()
    assert not Affiliation.objects.current(LEFT).filter(person=alice).exists()
    assert [entry.act for entry in journal.history(alice)].count("person.left") == 1


def test_it_is_taken_back_and_everything_goes_on(world):
    alice = world.alice
    kept = Membership.objects.get(person=alice).ends_on
    leave(alice, world.officer)
    as_(world.officer).post(reverse("people:departure_undo", args=[alice.pk]))
    assert Membership.objects.get(person=alice).ends_on == kept
    assert Affiliation.objects.current(LEFT).filter(person=alice).exists()
    assert not Departure.objects.standing().exists()


def test_it_is_not_taken_back_once_something_follows_it_or_a_month_has_passed(world):
    elsewhere = factory.organization("884000", "CS Riverside")
    for person, follow in ((world.alice, hired), (world.participants[0], back_in_the_group)):
        made = leave(person, world.officer)
        follow(person, elsewhere, world)
        with pytest.raises(departures.SomethingRests):
            departures.undo_departure(departure=made, by=world.secretary, on=TODAY)
    late = leave(world.participants[1], world.officer)
    with pytest.raises(departures.TooLateToUndo):
        departures.undo_departure(departure=late, by=world.secretary, on=TODAY + timedelta(days=31))


def test_a_duty_that_comes_back_never_meets_one_given_meanwhile(world):
    made = leave(world.bob, world.secretary)
    record_duty(
        person=world.bob, code="coordinator", organization=None, starts_on=LEFT, ends_on=None,
        by=world.secretary, on=TODAY,
    )  # fmt: skip
    with pytest.raises(KeptApart):
        departures.undo_departure(departure=made, by=world.secretary, on=TODAY)
    assert rights_on(world.bob, LEFT) == frozenset(), "all or nothing"


def hired(person, elsewhere, world):
    record_employer(
        person=person, organization=elsewhere, category="teacher", starts_on=LEFT, by=world.secretary, on=TODAY
    )


def back_in_the_group(person, elsewhere, world):
    factory.membership(person, world.group, starts_on=LEFT)


def test_who_says_it(world):
    """The employer’s billing officer and the keepers, never oneself; keepers alone for an officer of the house."""
    elsewhere = factory.person("Oscar")
    factory.duty(elsewhere, "billing-officer", factory.organization("884000", "CS Riverside"))
    for person, by, why in (
        (world.alice, elsewhere, "la facturation de l’employeur"),
        (world.alice, world.bob, "la facturation de l’employeur"),
        (world.officer, world.officer, "votre propre départ"),
        (world.bob, world.officer, "tient une fonction de la coopérative"),
    ):
        with pytest.raises(Forbidden, match=why):
            leave(person, by)
    leave(world.bob, world.secretary)
    assert rights_on(world.bob, LEFT) == frozenset()


def test_a_day_outside_the_affiliation_and_twice_are_refused(world):
    with pytest.raises(departures.OutsideEmployment):
        leave(world.alice, world.officer, left_on=factory.YEAR_START)
    leave(world.alice, world.officer)
    with pytest.raises(departures.LeftAlready):
        leave(world.alice, world.officer, left_on=LEFT - timedelta(days=2))


def test_an_invitation_that_waits_is_withdrawn(world):
    nadia = factory.person("Nadia", account=False)
    invitation = accounts.invite(person=nadia, by=world.secretary, on=TODAY)
    leave(nadia, world.officer)
    assert Client().get(reverse("people:invitation", args=[accounts.token_of(invitation)])).status_code == 410


def test_the_account_closes_on_its_day_unless_someone_employs_them_again(world, settings):
    gone, back = world.alice, world.charlie
    for person in (gone, back):
        leave(person, world.secretary, account_until=date(2025, 6, 1))
    hired(back, factory.organization("884000", "CS Riverside"), world)
    settings.CLOCK = date(2025, 5, 31)
    assert departed_accounts.call() == 0
    assert as_(gone).get(reverse("privacy:mine")).status_code == 200
    settings.CLOCK = date(2025, 6, 1)
    assert departed_accounts.call() == 1
    assert (again(gone).user.is_active, again(back).user.is_active) == (False, True)
    assert departed_accounts.call() == 0
    assert journal.history(gone).last().act == "account.closed"


def test_what_rested_on_them_is_told_to_who_may_know_it(world):
    """The billing officer learns that a group has nobody; not what the group goes through."""
    page = reverse("people:departure", args=[world.alice.pk])
    assert "Ce qui prend fin ce jour-là" in as_(world.officer).get(page).content.decode()
    answer = as_(world.officer).post(page, {"last_day": "2025-03-14", "account_last_day": ""}, follow=True)
    assert "Personne d’autre n’anime ce groupe." in answer.content.decode()
    with CaptureQueriesContext(connection) as queries:
        answer = as_(world.secretary).get(page)
    assert "18-TC-TRP" in answer.content.decode()
    assert len([one for one in queries if one["sql"].startswith("SELECT")]) <= 14  # two of them to sign in
    leave(world.officer, world.secretary)
    answer = as_(world.secretary).get(reverse("people:departure", args=[world.officer.pk]))
    assert "Personne d’autre n’a cette fonction." in answer.content.decode()


def test_who_still_has_an_employer_has_no_second_one(world):
    page = reverse("people:employer", args=[world.alice.pk])
    typed = {"organization": factory.organization().pk, "category": "teacher", "starts_on": "2025-02-01"}
    assert as_(world.secretary).post(page, typed).status_code == 422
    with pytest.raises(OverlappingAffiliation):
        hired(world.alice, factory.organization(), world)
    leave(world.alice, world.officer, left_on=date(2025, 2, 1))
    assert as_(world.secretary).post(page, typed).status_code == 302
    assert Duty.objects.filter(person=world.alice).count() == 0
