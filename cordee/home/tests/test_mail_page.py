"""The e-mails of the house, for the coordinator and the secretary: what waits, why, and trying again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cordee.meetings.tests import factory
from cordee.meetings.tests.invitations import announce, coming, delivered, event_of
from cordee.people.models import Person
from cordee.records import journal, outbox
from cordee.records.models import Message
from cordee.records.outbox import Letter, deliver, post
from cordee.toolkit.background import revival
from cordee.toolkit.testing.mailserver import MailServer
from cordee.toolkit.testing.worlds import kept

pytestmark = pytest.mark.django_db
PAGE = "/courriels/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


world = kept(factory.world, clock=factory.TODAY)


@pytest.fixture
def secretary(client, world):
    client.force_login(world.secretary.user, backend=BACKEND)
    return client


@pytest.fixture
def mixed(world, settings):
    """One sent, one refused, one delayed, one waiting."""
    with MailServer() as server:
        settings.MAILERS = server.mailers()
        for at, to in enumerate(("alice", "never", "later")):
            write(at, to)
        deliver.call()
        write(3, "dana", due_at=timezone.now() + timedelta(hours=1))
        yield server


def write(at, to, **values):
    letter = {
        "kind": "invitation",
        "person_id": None,
        "subject": f"Objet {at}",
        "text": "Bonjour",
        "about": f"meeting.{at}",
    }
    post(Letter(key=f"k{at}", to=f"{to}@exemple.test", **{**letter, **values}))


def page(client, **asked):
    return client.get(PAGE, asked).content.decode()


def test_it_is_for_the_coordinator_and_the_secretary_alone(client, world):
    for person in (world.alice, world.bob, world.officer, world.participants[0]):
        client.force_login(person.user, backend=BACKEND)
        assert client.get(PAGE).status_code == 403
        assert "/courriels/" not in client.get("/").content.decode()
    client.force_login(world.secretary.user, backend=BACKEND)
    assert f'href="{PAGE}"' in client.get("/").content.decode()


def test_it_says_what_was_sent_what_waits_and_why(secretary, mixed):
    shown = page(secretary)
    for words in ("Envoyé", "550 no such person", "450 try later", "Nouvel essai le", "À envoyer"):
        assert words in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "refused"}, {1}),
        ({"state": "delayed"}, {2}),
        ({"state": "waiting"}, {3}),
        ({"state": "sent"}, {0}),
        ({"state": "unknown"}, {0, 1, 2, 3}),
        ({"about": "meeting.2"}, {2}),
        ({"q": "dana"}, {3}),
        ({"q": "objet 1"}, {1}),
    ],
)
def test_it_can_be_narrowed(secretary, mixed, asked, found):
    shown = page(secretary, **asked)
    assert {at for at in range(4) if f"Objet {at}<" in shown} == found


def test_a_message_shows_its_text_and_its_calendar(secretary, world):
    write(1, "alice", text="Voyez http://127.0.0.1/rencontres/", calendar="BEGIN:VCALENDAR", method="REQUEST")
    shown = secretary.get(f"{PAGE}{Message.objects.get().pk}/").content.decode()
    assert '<a href="http://127.0.0.1/rencontres/"' in shown
    assert "BEGIN:VCALENDAR" in shown


def test_what_was_refused_can_be_tried_again_by_someone_the_journal_names(secretary, mixed, world):
    refused = Message.objects.get(address__startswith="never")
    Message.objects.filter(pk=refused.pk).update(address="nadia@exemple.test")
    secretary.post(f"{PAGE}{refused.pk}/reessayer/")
    assert journal.history(refused).get().actor_id == world.secretary.pk
    deliver.call()
    assert "nadia@exemple.test" in [letter["To"] for letter in mixed.letters]


def test_trying_again_goes_to_the_address_corrected_since(secretary, world, settings):
    paule = world.participants[0]
    Person.objects.filter(pk=paule.pk).update(email="never@exemple.test")
    meeting = coming(world)
    with MailServer() as server:
        settings.MAILERS = server.mailers()
        announce(world, meeting)
        deliver.call()
        Person.objects.filter(pk=paule.pk).update(email="paule@exemple.test")
        secretary.post(f"{PAGE}{Message.objects.get(address__startswith='never').pk}/reessayer/")
        letter = delivered(server)["paule@exemple.test"]
    assert event_of(letter)["ATTENDEE"] == "mailto:paule@exemple.test"
    assert event_of(letter)["ATTENDEE"].params["CN"] == paule.full_name


def test_everything_that_failed_among_what_is_shown_is_tried_again(secretary, mixed):
    secretary.post(f"{PAGE}reessayer/?about=meeting.2")
    assert Message.objects.failed().count() == 1
    said = secretary.post(f"{PAGE}reessayer/", follow=True).content.decode()
    assert "1 courriel repart." in said
    assert not Message.objects.failed().exists()
    assert "Rien n’a échoué" in secretary.post(f"{PAGE}reessayer/", follow=True).content.decode()


def test_what_bounced_is_sent_again_when_someone_asks(secretary, mixed):
    sent = Message.objects.get(address__startswith="alice")
    outbox.refuse(sent.message_id, "5.1.1")
    secretary.post(f"{PAGE}{sent.pk}/reessayer/")
    assert deliver.call() == 1


def test_what_was_sent_is_not_sent_again(secretary, mixed):
    sent = Message.objects.get(address__startswith="alice")
    secretary.post(f"{PAGE}{sent.pk}/reessayer/")
    assert deliver.call() == 0


def test_tasks_that_gave_up_are_said(secretary, monkeypatch):
    assert "tâche" not in page(secretary)
    monkeypatch.setattr(revival, "given_up", lambda: 2)
    assert "2 tâches de fond ont échoué" in page(secretary)


def test_a_french_e_mail_is_read_in_an_english_page(secretary, mixed):
    Person.objects.update(language="")
    secretary.cookies["langue"] = "en"
    shown = page(secretary)
    assert "Try again what failed" in shown
    assert 'lang="fr">Objet 1' in shown
