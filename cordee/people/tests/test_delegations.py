"""Lending what one holds: what the other may do, in whose name it is written, what is never lent."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.people import policy
from cordee.people.actions import delegations, duties
from cordee.people.models import Delegation, Membership, Person
from cordee.records.models import JournalEntry, Message
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = factory.TODAY
WEEK = TODAY + timedelta(days=7)


world = kept(factory.world, clock=TODAY)


def as_(person):
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return client


def lend(holder, to, fact=None, starts_on=TODAY, ends_on=WEEK, on=TODAY):
    fact = fact or holder.duties.get()
    return delegations.delegate(fact=fact, to=to, starts_on=starts_on, ends_on=ends_on, by=holder, on=on)


def again(person):
    return Person.objects.get(pk=person.pk)


def test_a_liaison_lends_her_group_and_what_is_done_bears_her_name(world):
    charlie, role = world.charlie, Membership.objects.get(person=world.alice)
    roster = reverse("meetings:everyone", args=[world.meeting.pk])
    assert as_(charlie).post(roster).status_code == 404
    typed = {"fact": f"role:{role.pk}", "to": world.secretary.pk, "starts_on": "2025-01-20", "last_day": "2025-01-26"}
    page = reverse("people:new_delegation")
    assert as_(world.alice).post(page, typed | {"to": charlie.pk}).status_code == 422, "nobody one does not know"
    lend(world.alice, charlie, role)
    as_(charlie).post(roster)
    entry = JournalEntry.objects.get(act="attendance.everyone-present")
    assert (entry.actor_id, entry.for_id) == (charlie.pk, world.alice.pk)
    history = as_(world.secretary).get(reverse("privacy:history", args=["meetings.meeting", world.meeting.pk]))
    assert "au nom de Alice Test" in " ".join(history.content.decode().split())


def test_it_is_chosen_among_what_one_holds_and_taken_back(world):
    role = Membership.objects.get(person=world.alice)
    member = world.participants[0]
    typed = {"fact": f"role:{role.pk}", "to": member.pk, "starts_on": "2025-01-20", "last_day": "2025-01-26"}
    answer = as_(world.alice).post(reverse("people:new_delegation"), typed, follow=True)
    assert "agit en votre nom" in answer.content.decode()
    assert "Vous agissez au nom de Alice Test" in as_(member).get(reverse("people:my_rights")).content.decode()
    made = Delegation.objects.get()
    assert made.ends_on - made.starts_on == timedelta(days=7)
    assert as_(world.charlie).post(reverse("people:delegation_withdrawal", args=[made.pk])).status_code == 404
    as_(world.alice).post(reverse("people:delegation_withdrawal", args=[made.pk]))
    assert again(member).standing(TODAY).groups("liaison") == frozenset()
    with pytest.raises(delegations.WithdrawnAlready):
        delegations.withdraw_delegation(delegation=made, by=member, on=TODAY)


def test_it_holds_from_its_first_day_to_its_last_and_while_its_holder_holds(world):
    lend(world.officer, world.charlie, starts_on=TODAY + timedelta(days=1))
    centre = factory.organization().pk
    assert not again(world.charlie).holds("billing-officer", on=TODAY)
    assert again(world.charlie).standing(WEEK - timedelta(days=1)).organizations("billing-officer") == {centre}
    assert not again(world.charlie).holds("billing-officer", on=WEEK)
    held = world.officer.duties.get()
    duties.end_duty(duty=held, ends_on=WEEK - timedelta(days=2), by=world.secretary, on=TODAY)
    assert not again(world.charlie).holds("billing-officer", on=WEEK - timedelta(days=1))


@pytest.mark.parametrize(
    ("language", "given", "what", "days", "withdrawn"),
    [
        (
            "fr",
            "Vous pouvez agir au nom de Océane Test",
            "facturation, CSS des Patriotes",
            "Du lundi 20 janvier 2025 au dimanche 26 janvier 2025, ces deux jours compris",
            "Vous n’agissez plus au nom de Océane Test",
        ),
        (
            "en",
            "You may act in the name of Océane Test",
            "illing officer, CSS des Patriotes",
            "From Monday, January 20, 2025 to Sunday, January 26, 2025",
            "You no longer act in the name of Océane Test",
        ),
    ],
)
def test_a_delegate_is_told_in_their_language_what_is_lent_and_that_it_is_taken_back(
    world, language, given, what, days, withdrawn
):
    Person.objects.filter(pk=world.charlie.pk).update(language=language)
    made = lend(world.officer, again(world.charlie))
    letter = Message.objects.get(kind="delegation")
    assert (letter.address, letter.person_id, letter.language) == (world.charlie.email, world.charlie.pk, language)
    assert letter.subject == given
    assert what in letter.text
    assert days in letter.text
    assert reverse("people:my_rights") in letter.text
    delegations.withdraw_delegation(delegation=made, by=world.secretary, on=TODAY)
    assert Message.objects.filter(kind="delegation").latest("pk").subject == withdrawn


def test_nobody_is_told_of_a_delegation_that_was_over(world):
    made = lend(world.officer, world.charlie)
    delegations.withdraw_delegation(delegation=made, by=world.officer, on=WEEK)
    assert Message.objects.filter(kind="delegation").count() == 1


@pytest.mark.parametrize(
    ("starts", "days", "sentence"),
    [(-1, 5, "dans le passé"), (0, 0, "doit suivre"), (0, 61, "au plus 60 jours")],
)
def test_it_is_short_and_not_of_the_past(world, starts, days, sentence):
    start = TODAY + timedelta(days=starts)
    with pytest.raises(delegations.OutsideBounds, match=sentence):
        lend(world.officer, world.charlie, starts_on=start, ends_on=start + timedelta(days=days))


def test_what_was_lent_is_not_lent_again_nor_what_one_does_not_hold(world):
    lend(world.officer, world.charlie)
    with pytest.raises(delegations.NotYours):
        lend(world.charlie, world.alice, world.officer.duties.get())
    page = as_(world.charlie).get(reverse("people:new_delegation")).content.decode()
    assert "Vous n’avez rien à déléguer" in page


def test_a_seat_and_a_participation_are_not_lent(world):
    seat = factory.duty(world.alice, "executive-committee")
    participation = Membership.objects.get(person=world.participants[0])
    for holder, fact in ((world.alice, seat), (world.participants[0], participation)):
        with pytest.raises(delegations.NotLent):
            lend(holder, world.charlie, fact)


def test_the_treasury_is_not_lent_to_who_keeps_accounts_or_bills_nor_the_other_way(world):
    treasurer = world.bob
    for holder, to in ((treasurer, world.secretary), (treasurer, world.officer), (world.secretary, treasurer)):
        with pytest.raises(duties.KeptApart):
            lend(holder, to)
    lend(treasurer, world.charlie)
    with pytest.raises(duties.KeptApart):
        lend(world.officer, world.charlie)


def test_it_goes_to_someone_who_can_come_in(world):
    nobody = factory.person("Sans", "Compte", account=False)
    with pytest.raises(delegations.NobodyThere):
        lend(world.officer, nobody)
    with pytest.raises(delegations.NobodyThere):
        lend(world.officer, world.officer)


def test_who_acts_for_the_treasurer_needs_a_second_factor_too(world, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert as_(world.charlie).get(reverse("people:my_rights")).status_code == 200
    lend(world.bob, world.charlie)
    assert policy.needs_second_factor(again(world.charlie), on=TODAY)
    assert as_(world.charlie).get(reverse("people:my_rights"))["Location"] == reverse("people:my_access")


def test_one_acts_in_ones_own_name_when_one_may(world):
    """The secretary who is also lent the group acts as secretary."""
    lend(world.alice, world.secretary, Membership.objects.get(person=world.alice))
    as_(world.secretary).post(reverse("meetings:everyone", args=[world.meeting.pk]))
    assert JournalEntry.objects.get(act="attendance.everyone-present").for_id is None


def test_what_gives_rights_is_never_done_for_another(world):
    lend(world.secretary, world.charlie)
    client = as_(world.charlie)
    assert client.get(reverse("people:correction", args=[world.alice.pk])).status_code == 200
    assert client.get(reverse("people:new_duty", args=[world.alice.pk])).status_code == 403
    waiting = duties.record_duty(
        person=world.alice, code="treasurer", organization=None, starts_on=TODAY, ends_on=None,
        by=world.secretary, on=TODAY,
    )  # fmt: skip
    assert client.post(reverse("people:duty_confirmation", args=[waiting.pk])).status_code == 403
