"""Answering an invitation without an account, by the link of the e-mail."""

from datetime import date

import pytest

from cordee.meetings.actions.letters import answer_address
from cordee.meetings.models import Answer, roster_of
from cordee.meetings.tests import factory
from cordee.meetings.tests.invitations import agenda, announce, coming
from cordee.people.actions.merging import merge_persons
from cordee.records import journal
from cordee.records.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world, today):
    made = coming(world)
    announce(world, made)
    return made


@pytest.fixture
def paule(world):
    return world.participants[0]


def link(meeting, person):
    """The path of the link in the e-mail this person received."""
    text = Message.objects.get(person_id=person.pk).text
    address = answer_address(meeting, person)
    assert address in text
    return address.partition("127.0.0.1")[2]


def reply_of(person):
    return Answer.objects.filter(person=person).values_list("reply", flat=True).first()


def test_opening_the_link_shows_the_meeting_and_changes_nothing(client, meeting, paule):
    agenda(meeting, "Accueil")
    page = client.get(link(meeting, paule)).content.decode()
    assert "Paule00 Piolet, y serez-vous?" in page
    assert "mardi 4 février 2025" in page
    assert "Accueil" in page
    assert client.head(link(meeting, paule)).status_code == 200
    assert not Answer.objects.exists(), "scanners of e-mails open links"


@pytest.mark.parametrize(("reply", "said"), [("yes", "Oui"), ("no", "Non"), ("maybe", "Peut-être")])
def test_an_answer_is_kept_and_shown(client, meeting, paule, reply, said):
    response = client.post(link(meeting, paule), {"reply": reply}, follow=True)
    assert reply_of(paule) == reply
    assert f"Vous avez répondu : {said}." in response.content.decode().replace("\u00a0", " ")
    assert journal.history(meeting).filter(act="meeting.answered", actor_id=paule.pk).exists()


def test_an_answer_can_change(client, meeting, paule):
    for reply in ("yes", "no"):
        client.post(link(meeting, paule), {"reply": reply})
    assert reply_of(paule) == "no"
    assert Answer.objects.count() == 1


def test_a_word_goes_with_the_answer_and_can_be_taken_back(client, meeting, paule):
    page = client.post(link(meeting, paule), {"reply": "no", "word": " Je suis \n en congé. "}, follow=True)
    assert ">Je suis en congé.</textarea>" in page.content.decode()
    client.post(link(meeting, paule), {"reply": "maybe", "word": ""})
    answer = Answer.objects.get(person=paule)
    assert (answer.reply, answer.word) == ("maybe", "")


def test_the_journal_names_who_is_signed_in_when_it_is_not_whose_link_it_is(meeting, paule, world, sign_in):
    client = sign_in(world.secretary)
    page = client.get(link(meeting, paule)).content.decode()
    assert "Cette invitation est celle de Paule00 Piolet." in page
    page = client.post(link(meeting, paule), {"reply": "no"}, follow=True).content.decode()
    assert "La réponse de Paule00 Piolet est enregistrée, donnée par vous." in page
    (entry,) = journal.history(meeting).filter(act="meeting.answered")
    assert (entry.actor_id, entry.detail.payload["person"]) == (world.secretary.pk, paule.pk)


def test_one_signed_in_oneself_is_told_nothing_of_the_kind(meeting, paule, sign_in):
    page = sign_in(paule).get(link(meeting, paule)).content.decode()
    assert "Cette invitation est celle" not in page


def test_an_answer_that_does_not_exist_is_refused(client, meeting, paule):
    response = client.post(link(meeting, paule), {"reply": "perhaps"})
    assert response.status_code == 422
    assert "Choisissez oui, non ou peut-être." in response.content.decode()
    assert reply_of(paule) is None


def test_a_link_works_until_the_day_of_the_meeting(client, meeting, paule, settings):
    settings.CLOCK = meeting.date
    assert client.get(link(meeting, paule)).status_code == 200
    settings.CLOCK = date(2025, 2, 5)
    for response in (client.get(link(meeting, paule)), client.post(link(meeting, paule), {"reply": "yes"})):
        assert response.status_code == 410
        assert "La rencontre du 4 février 2025 a eu lieu" in response.content.decode().replace("\u00a0", " ")
    assert reply_of(paule) is None


@pytest.mark.parametrize("change", [lambda path: path[:-4] + "AAA/", lambda path: "/rencontres/reponse/1-1/"])
def test_a_link_cut_short_says_what_to_do(client, meeting, paule, change):
    response = client.get(change(link(meeting, paule)))
    assert response.status_code == 404
    assert "Reprenez-le en entier dans le courriel" in response.content.decode()


def test_the_link_of_one_person_is_not_that_of_another(client, meeting, world):
    mine, theirs = (link(meeting, person) for person in world.participants[:2])
    number, _dot, _signature = mine.rpartition("/reponse/")[2].partition(".")
    forged = theirs.replace(theirs.rpartition("/reponse/")[2].partition(".")[0], number)
    assert client.post(forged, {"reply": "no"}).status_code == 404


def test_a_cancelled_meeting_takes_no_answer(client, meeting, paule, world):
    from cordee.meetings import actions

    path = link(meeting, paule)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", by=world.alice, on=factory.TODAY)
    response = client.post(path, {"reply": "yes"})
    assert response.status_code == 409
    assert "est annulée" in response.content.decode()


def test_someone_no_longer_invited_is_told_so(client, meeting, paule):
    path = link(meeting, paule)
    paule.memberships.update(ends_on=date(2025, 2, 1))
    response = client.get(path)
    assert response.status_code == 409
    assert "Vous ne faites pas partie de 18-TC-TRP" in response.content.decode()


def test_the_answer_was_for_the_day_it_had(client, meeting, paule, world):
    client.post(link(meeting, paule), {"reply": "yes"})
    meeting.date = date(2025, 2, 11)
    meeting.save()
    page = client.get(link(meeting, paule)).content.decode()
    assert "Vous avez répondu" not in page
    client.post(link(meeting, paule), {"reply": "no"})
    assert reply_of(paule) == "no"


def test_the_link_of_a_record_made_one_with_another_answers_for_who_stands_for_it(client, meeting, paule, world):
    double = factory.person("Paulette")
    factory.membership(double, world.group)
    path = link(meeting, paule)
    merge_persons(kept=double, absorbed=paule, by=world.secretary, on=factory.TODAY)
    client.post(path, {"reply": "yes"})
    assert reply_of(double) == "yes"


def test_those_who_run_the_group_see_who_answered_what(client, meeting, paule, world, sign_in):
    client.post(link(meeting, paule), {"reply": "no"})
    line = next(line for line in roster_of(meeting).lines if line.person == paule)
    assert line.replied == "a répondu non"
    page = sign_in(world.alice).get(f"/rencontres/{meeting.pk}/").content.decode()
    assert "a répondu non" in page
    assert "<dt>Sans réponse</dt><dd>3</dd>" in page
    assert "a répondu non" in client.get(f"/rencontres/{meeting.pk}/presences/").content.decode()


def test_a_member_sees_their_own_answer_and_nobody_else_s(client, meeting, paule, world, sign_in):
    client.post(link(meeting, paule), {"reply": "no"})
    page = sign_in(world.participants[1]).get(f"/rencontres/{meeting.pk}/").content.decode()
    assert "Vous n’avez pas encore répondu." in page
    assert "a répondu non" not in page
    assert link(meeting, world.participants[1]) in page
    page = sign_in(paule).get(f"/rencontres/{meeting.pk}/").content.decode()
    assert "Votre réponse : <strong>Non</strong>" in page.replace("\u00a0", " ")
