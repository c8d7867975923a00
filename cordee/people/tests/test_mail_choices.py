"""What each person wants to receive: chosen signed in, by the link of an e-mail, or stopped in one click."""

import pytest
from django.test import Client

from cordee.meetings.tests import factory
from cordee.people.actions import mailing
from cordee.people.actions.mailing import Notice, tell
from cordee.people.models import DigestItem, MailChoice, MailKind, Organization, languages
from cordee.records import journal
from cordee.records.models import Message
from cordee.toolkit.formats import NBSP

pytestmark = pytest.mark.django_db
PAGE = "/personnes/mes-courriels/"
ALL = {"reminder": "weekly", "attendance": "never", "claim": "at-once", "timeline": "at-once", "language": "en"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def paule(db):
    return factory.person("Paule", "Piolet")


def path_of(address):
    return address.partition("127.0.0.1")[2]


def chosen(person):
    return dict(MailChoice.objects.filter(person=person).order_by("pk").values_list("kind", "pace"))


def notice(person, key="meeting.1.week", **values):
    return Notice(key, MailKind.REMINDER, person, "Bientôt", "Une rencontre.", **values)


def test_one_chooses_each_kind_and_the_language(client, paule):
    client.force_login(paule.user, backend=BACKEND)
    assert client.get(PAGE).status_code == 200
    page = client.post(PAGE, ALL, follow=True).content.decode()
    assert "Vos choix sont enregistrés." in page
    assert chosen(paule) == {name: ALL[name] for name in MailKind.values}
    paule.refresh_from_db()
    assert paule.language == "en"
    assert 'value="weekly" required id="id_reminder_1" checked' in " ".join(page.split())


def test_the_link_of_an_e_mail_needs_no_account(client, paule):
    tell(MailKind.REMINDER, [notice(paule)])
    address = mailing.choices_address(paule)
    assert address in Message.objects.get().text
    assert "paule.piolet@exemple.test" in client.get(path_of(address)).content.decode()
    assert chosen(paule) == {}
    client.post(path_of(address), ALL)
    assert chosen(paule)["reminder"] == "weekly"


def test_the_journal_names_who_is_signed_in_where_the_link_was_opened(client, paule):
    secretary = factory.person("Solène")
    client.force_login(secretary.user, backend=BACKEND)
    client.post(path_of(mailing.choices_address(paule)), ALL)
    client.post(path_of(mailing.stop_address(paule, MailKind.CLAIM)))
    acts = journal.history(paule).values_list("act", "actor_id")
    assert list(acts) == [("mail.chosen", secretary.pk), ("mail.stopped", secretary.pk)]


def test_an_unknown_choice_changes_nothing(client, paule):
    response = client.post(path_of(mailing.choices_address(paule)), {**ALL, "reminder": "hourly"})
    assert response.status_code == 422
    assert chosen(paule) == {}


@pytest.mark.parametrize("path", ["/personnes/courriels/1.faux/", "/personnes/courriels/arret/1-reminder.faux/"])
def test_a_wrong_link_says_what_to_do(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "au bas d’un courriel récent" in response.content.decode()


def test_the_link_for_choices_does_not_stop_and_the_other_way_round(client, paule):
    choices, stop = mailing.choices_address(paule), mailing.stop_address(paule, MailKind.REMINDER)
    token = choices.rstrip("/").rpartition("/")[2]
    assert client.post(f"/personnes/courriels/arret/{token}/").status_code == 404
    token = stop.rstrip("/").rpartition("/")[2]
    assert client.get(f"/personnes/courriels/{token}/").status_code == 404


def test_one_click_in_a_mail_reader_stops_a_kind_without_a_token_of_ours(paule):
    client = Client(enforce_csrf_checks=True)
    tell(MailKind.REMINDER, [notice(paule)])
    address = Message.objects.get().unsubscribe
    assert address == mailing.stop_address(paule, MailKind.REMINDER)
    assert "Ne plus les recevoir" in client.get(path_of(address)).content.decode()
    assert chosen(paule) == {}, "opening the address stops nothing"
    response = client.post(path_of(address), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert f"Vous ne recevrez plus{NBSP}: Rappels de rencontre." in response.content.decode()
    assert chosen(paule) == {"reminder": "never"}


def test_telling_again_tells_nothing_more_whatever_the_pace(paule):
    weekly = factory.person("Wanda")
    MailChoice.objects.create(person=weekly, kind="reminder", pace="weekly")
    for _ in range(2):
        tell(MailKind.REMINDER, [notice(paule), notice(weekly)])
    assert Message.objects.count() == DigestItem.objects.count() == 1


def test_a_digest_gathers_what_waited_in_the_language_of_its_reader(paule):
    paule.language = "en"
    paule.save()
    MailChoice.objects.create(person=paule, kind="reminder", pace="weekly")
    tell(MailKind.REMINDER, [notice(paule), notice(paule, "meeting.2.week")])
    assert mailing.send_digests(until=DigestItem.objects.latest("pk").created_at) == 1
    letter = Message.objects.get()
    assert letter.subject == "Your week in short"
    assert letter.text.count("Une rencontre.") == 2
    assert "Choose the e-mails you receive" in letter.text


def test_what_became_untrue_is_not_in_the_digest(paule):
    MailChoice.objects.create(person=paule, kind="reminder", pace="weekly")
    tell(MailKind.REMINDER, [notice(paule, about="meeting.1")])
    until = DigestItem.objects.get().created_at
    mailing.drop_waiting("meeting.1")
    assert mailing.send_digests(until=until) == 0


def test_the_language_is_the_person_s_else_the_employer_s_else_french(paule):
    nobody_s, english = factory.person("Nadia", employed=False), factory.person("Fiona")
    riverside = Organization.objects.create(code="884000", kind="cs", short_name="Riverside", language="en")
    english.affiliations.update(organization=riverside)
    spoken = languages([paule, nobody_s, english], on=factory.TODAY)
    assert spoken == {paule.pk: "fr", nobody_s.pk: "fr", english.pk: "en"}
    paule.language = "en"
    assert languages([paule], on=factory.TODAY) == {paule.pk: "en"}
