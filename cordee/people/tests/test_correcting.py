"""Correcting the record of a person: who may, what an address may be, and where the e-mails that wait go."""

import pytest
from icalendar import Calendar

from cordee.meetings import actions
from cordee.meetings.tests import factory
from cordee.people.actions.merging import AlreadyMerged, merge_persons
from cordee.people.actions.persons import CORRECTED, EmailTaken, NameMissing, correct_person
from cordee.people.models import Person
from cordee.records import journal, outbox
from cordee.records.models import Message
from cordee.toolkit import clock
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


world = kept(factory.world, clock=factory.TODAY)


@pytest.fixture
def paule(world):
    return world.participants[0]


def enter(client, person):
    client.force_login(person.user, backend=BACKEND)
    return client


def page(person):
    return f"/personnes/{person.pk}/correction/"


def typed(person, **changed):
    fields = {"first_name": person.first_name, "last_name": person.last_name, "email": person.email, "language": ""}
    return {**fields, **changed}


def correct(world, person, **changed):
    return correct_person(person=person, **typed(person, **changed), by=world.secretary, on=factory.TODAY)


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "officer", "self"])
def test_only_the_coordinator_and_the_secretary_correct(client, world, paule, who):
    person = paule if who == "self" else getattr(world, who)
    enter(client, person)
    assert client.get(page(paule)).status_code == 403
    assert client.post(page(paule), typed(paule, last_name="Autre")).status_code == 403
    with pytest.raises(Forbidden, match="coordination"):
        correct_person(person=paule, **typed(paule, last_name="Autre"), by=person, on=factory.TODAY)
    assert Person.objects.get(pk=paule.pk).last_name == "Piolet"
    assert page(paule) not in client.get(f"/personnes/{world.participants[0].pk}/").content.decode()


def test_the_coordinator_may(client, world, paule):
    factory.duty(world.alice, "coordinator")
    assert enter(client, world.alice).post(page(paule), typed(paule, last_name="Autre")).status_code == 302


def test_a_correction_is_kept_and_seen_by_the_person_and_not_by_their_peers(client, world, paule):
    before = paule.email
    enter(client, world.secretary)
    assert page(paule) in client.get(f"/personnes/{paule.pk}/").content.decode()
    changed = typed(paule, first_name="  Paulette ", email="Paulette.Piolet@Exemple.TEST ", language="en")
    assert client.post(page(paule), changed).url == f"/personnes/{paule.pk}/"
    corrected = Person.objects.get(pk=paule.pk)
    assert (corrected.first_name, corrected.email) == ("Paulette", "paulette.piolet@exemple.test")
    entry = journal.history(paule).get(act=CORRECTED)
    assert entry.actor_id == world.secretary.pk
    assert entry.detail.payload["before"] == {"first_name": "Paule00", "email": before, "language": ""}
    for viewer, sees in ((world.secretary, True), (paule, True), (world.participants[1], False), (world.bob, False)):
        shown = enter(client, viewer).get(f"/personnes/{paule.pk}/").content.decode()
        assert (f"{before} → paulette.piolet@exemple.test" in shown) is sees, viewer
        assert ("celle de son organisation → English" in shown) is sees, viewer


def test_saving_what_stands_already_changes_nothing(client, world, paule):
    said = enter(client, world.secretary).post(page(paule), typed(paule), follow=True).content.decode()
    assert "Rien n’a changé" in said
    assert not journal.history(paule).filter(act=CORRECTED).exists()


def test_an_address_is_one_person_whatever_its_capitals(client, world, paule):
    theirs = world.participants[1].email
    with pytest.raises(EmailTaken):
        correct(world, paule, email=theirs.upper())
    response = enter(client, world.secretary).post(page(paule), typed(paule, first_name="Zoé", email=theirs.title()))
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Cette adresse est déjà celle d’une autre personne" in shown
    assert 'value="Zoé"' in shown
    assert Person.objects.get(pk=paule.pk).first_name == "Paule00"


def test_several_people_may_have_no_address(world, paule):
    for person in world.participants:
        assert correct(world, person, email="  ")
    assert Person.objects.filter(email=None).count() == len(world.participants)


def test_a_name_is_needed(client, world, paule):
    with pytest.raises(NameMissing):
        correct(world, paule, last_name=" ")
    response = enter(client, world.secretary).post(page(paule), typed(paule, last_name=" ", email="pas une adresse"))
    assert response.status_code == 422
    assert 'id="id_last_name_error"' in response.content.decode()
    assert 'id="id_email_error"' in response.content.decode()


def test_a_record_made_one_with_another_is_corrected_no_more(client, world, paule):
    merge_persons(kept=world.participants[1], absorbed=paule, by=world.secretary, on=factory.TODAY)
    with pytest.raises(AlreadyMerged):
        correct(world, paule, last_name="Autre")
    assert enter(client, world.secretary).get(page(paule)).status_code == 404


def test_the_account_keeps_the_address_one_signs_in_with(world, paule):
    before = paule.user.email
    correct(world, paule, email="nouvelle@exemple.test")
    paule.user.refresh_from_db()
    assert paule.user.email == before


@pytest.fixture
def invitation(world, paule):
    """What waits to leave for Paule, to be at a meeting to come."""
    meeting = factory.meeting(world.group, factory.TODAY.replace(day=28))
    actions.announce_meeting(meeting=meeting, by=world.alice, on=factory.TODAY)
    return Message.objects.get(person_id=paule.pk)


def attendee(message):
    [event] = Calendar.from_ical(message.calendar).events
    return str(event["ATTENDEE"])


def test_an_invitation_that_waits_goes_to_the_new_address_alone(world, paule, invitation):
    others = dict(Message.objects.exclude(pk=invitation.pk).values_list("pk", "address"))
    correct(world, paule, email="nouvelle@exemple.test")
    invitation.refresh_from_db()
    assert invitation.address == "nouvelle@exemple.test"
    assert attendee(invitation) == "mailto:nouvelle@exemple.test"
    assert dict(Message.objects.exclude(pk=invitation.pk).values_list("pk", "address")) == others


def test_what_bounced_goes_to_the_new_address_once_tried_again(world, paule, invitation):
    Message.objects.filter(pk=invitation.pk).update(sent_at=clock.now())
    outbox.refuse(invitation.message_id, "5.1.1")
    correct(world, paule, email="nouvelle@exemple.test")
    invitation.refresh_from_db()
    assert invitation.refused_at
    assert attendee(invitation) == f"mailto:{invitation.address}" == "mailto:nouvelle@exemple.test"


def test_what_was_sent_keeps_saying_where_it_went(world, paule, invitation):
    Message.objects.filter(pk=invitation.pk).update(sent_at=clock.now())
    correct(world, paule, email="nouvelle@exemple.test")
    invitation.refresh_from_db()
    assert invitation.address == paule.email


def test_nothing_leaves_for_an_address_taken_off(world, paule, invitation):
    correct(world, paule, email="")
    assert not Message.objects.filter(pk=invitation.pk).exists()


def test_a_correction_costs_the_same_for_any_number_of_letters(world, paule, django_assert_max_num_queries):
    for day in range(21, 29):
        meeting = factory.meeting(world.group, factory.TODAY.replace(day=day))
        actions.announce_meeting(meeting=meeting, by=world.alice, on=factory.TODAY)
    with django_assert_max_num_queries(12):
        correct(world, paule, email="nouvelle@exemple.test")
