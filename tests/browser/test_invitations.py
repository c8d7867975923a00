"""An invitation answered from its e-mail in a real Chromium, the e-mails of the house, and what each wants of them."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from cordee.meetings.actions.letters import answer_address
from cordee.meetings.models import Answer, FeedKey
from cordee.meetings.tests import factory
from cordee.meetings.tests.invitations import COMING, agenda, announce, coming
from cordee.people.actions import mailing
from cordee.people.models import MailChoice
from cordee.records import journal
from cordee.records.models import Message
from cordee.records.outbox import deliver
from cordee.toolkit.testing.browser import axe, listen, runs_over
from cordee.toolkit.testing.mailserver import MailServer
from tests.browser.keyboard import choose, press, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, "dark"), (1440, "light")]
WORDS = {
    "fr": ("Un mot", "Non", "Peut-être", "Vous avez répondu"),
    "en": ("A word", "No", "Maybe", "You answered"),
}


@pytest.fixture
def world(settings):
    settings.CLOCK = factory.TODAY
    cache.clear()
    return factory.world()


@pytest.fixture
def meeting(world):
    made = coming(world)
    agenda(made, "Accueil", "Essais de février")
    announce(world, made)
    return made


@pytest.fixture
def stranger(chromium):
    """A browser nobody signed in on, at this width, in this scheme and language; its complaints fail the test."""
    contexts, complaints = [], []

    def enter(width=1440, scheme="light", language="fr", **options):
        viewport = {"width": width, "height": 844}
        context = chromium.new_context(locale=f"{language}-CA", viewport=viewport, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        complaints.append(listen(page))
        return page

    yield enter
    for context in contexts:
        context.close()
    assert [said for each in complaints for said in each if "the server responded with a status of 4" not in said] == []


def path_of(address):
    return re.sub(r"^https?://[^/]+", "", address)


def link(live_server, meeting, person):
    return live_server.url + path_of(answer_address(meeting, person))


def holds(page):
    assert runs_over(page) == []
    assert axe(page) == []


def reply_of(person):
    return Answer.objects.filter(person=person).values_list("reply", "word").first()


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", 390, "light"), ("en", 390, "dark"), ("fr", 1440, "dark")]
)
def test_one_answers_and_changes_one_s_mind_by_keyboard_alone(
    world, meeting, stranger, live_server, width, scheme, language
):
    paule = world.participants[0]
    word, no, maybe, said = WORDS[language]
    page = stranger(width, scheme, language)
    page.goto(link(live_server, meeting, paule))
    holds(page)
    assert reply_of(paule) is None
    write(page, page.get_by_label(word), "Je suis en congé.")
    press(page, page.get_by_role("button", name=no, exact=True))
    page.get_by_text(re.compile(f"{said}\\s?: {no}")).wait_for()
    assert reply_of(paule) == ("no", "Je suis en congé.")
    holds(page)
    write(page, page.get_by_label(word), "")
    press(page, page.get_by_role("button", name=maybe))
    page.get_by_text(re.compile(f"{said}\\s?: {maybe}")).wait_for()
    assert reply_of(paule) == ("maybe", "")


def test_a_new_line_in_the_word_answers_nothing(world, meeting, stranger, live_server):
    page = stranger()
    page.goto(link(live_server, meeting, world.participants[0]))
    write(page, page.get_by_label("Un mot"), "Malade")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert reply_of(world.participants[0]) is None


def test_without_javascript_an_answer_is_a_plain_form(world, meeting, stranger, live_server):
    page = stranger(java_script_enabled=False)
    page.goto(link(live_server, meeting, world.participants[0]))
    page.get_by_role("button", name="Oui").click()
    assert page.get_by_text("Vous avez répondu").is_visible()
    assert reply_of(world.participants[0]) == ("yes", "")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_a_link_that_no_longer_works_says_why(world, meeting, stranger, live_server, settings, width, scheme):
    page, address = stranger(width, scheme), link(live_server, meeting, world.participants[0])
    page.goto(address)
    settings.CLOCK = COMING + timedelta(days=1)
    press(page, page.get_by_role("button", name="Oui"))  # the page was left open
    sentence = page.get_by_text("La rencontre du 4 février 2025 a eu lieu : on n’y répond plus.")
    sentence.wait_for()
    page.goto(address)
    sentence.wait_for()
    holds(page)
    page.goto(address[:-5])
    page.get_by_text("Reprenez-le en entier dans le courriel").wait_for()
    holds(page)
    assert reply_of(world.participants[0]) is None


def test_from_the_e_mails_of_the_house_one_answers_for_someone_under_one_s_own_name(world, meeting, opened):
    page = opened(world.secretary, f"/courriels/?about=meeting.{meeting.pk}")
    paule = world.participants[0]
    page.get_by_role("row", name=paule.email).get_by_role("link").click()
    letter = Message.objects.get(person_id=paule.pk)
    page.goto(page.url.partition("/courriels")[0] + path_of(re.search(r"\S+/reponse/\S+", letter.text)[0]))
    page.get_by_text("Cette invitation est celle de Paule00 Piolet.").wait_for()
    holds(page)
    page.get_by_role("button", name="Non").click()
    page.get_by_text("La réponse de Paule00 Piolet est enregistrée, donnée par vous.").wait_for()
    assert journal.history(meeting).get(act="meeting.answered").actor_id == world.secretary.pk


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_an_address_is_corrected_and_the_e_mail_tried_again(world, meeting, opened, settings, width, scheme):
    paule = world.participants[0]
    Message.objects.filter(person_id=paule.pk).update(address="never@exemple.test")
    with MailServer() as server:
        settings.MAILERS = server.mailers()
        deliver.call()
        page = opened(world.secretary, "/courriels/", viewport={"width": width, "height": 844}, color_scheme=scheme)
        holds(page)
        press(page, page.get_by_role("link", name=re.compile("Refusés?")))
        page.get_by_role("row").nth(2).wait_for(state="detached")
        press(page, page.get_by_role("link", name=re.compile("Invitation")))
        page.get_by_text("550 no such person").wait_for()
        holds(page)
        press(page, page.get_by_role("button", name="Réessayer"))
        page.get_by_text("1 courriel repart.").wait_for()
        assert deliver.call() == 1
    assert server.letters[-1]["To"] == paule.email
    page.reload()
    page.get_by_text("Envoyé", exact=True).first.wait_for()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_what_one_wants_to_receive_is_chosen_by_keyboard_alone(world, opened, width, scheme):
    page = opened(
        world.alice, "/personnes/mes-courriels/", viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    holds(page)
    choose(page, page.locator("#id_reminder_1"))
    choose(page, page.locator("#id_attendance_2"))
    press(page, page.get_by_role("button", name="Enregistrer"))
    page.get_by_text("Vos choix sont enregistrés.").wait_for()
    assert page.locator("#id_reminder_1").is_checked()
    chosen = dict(MailChoice.objects.filter(person=world.alice).order_by("pk").values_list("kind", "pace"))
    assert (chosen["reminder"], chosen["attendance"], chosen["claim"]) == ("weekly", "never", "at-once")
    holds(page)


def test_one_kind_is_stopped_from_an_e_mail_without_an_account(world, stranger, live_server):
    page = stranger(390)
    page.goto(live_server.url + path_of(mailing.stop_address(world.participants[0], "reminder")))
    page.get_by_role("heading", name="Ne plus recevoir ces courriels").wait_for()
    holds(page)
    assert not MailChoice.objects.exists()
    press(page, page.get_by_role("button", name="Ne plus les recevoir"))
    page.get_by_role("heading", name="C’est arrêté").wait_for()
    page.goto(live_server.url + path_of(page.get_by_role("link", name="Tous mes choix").get_attribute("href")))
    page.get_by_role("heading", name="Mes courriels").wait_for()
    assert MailChoice.objects.get().pace == "never"


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_a_secret_address_is_made_read_renewed_and_taken_back(world, meeting, opened, width, scheme):
    viewport = {"width": width, "height": 844}
    page = opened(world.alice, "/rencontres/mon-calendrier/", viewport=viewport, color_scheme=scheme)
    press(page, page.get_by_role("button", name="Créer l’adresse"))
    field = page.get_by_label("Mes rencontres", exact=True)
    field.wait_for()
    holds(page)
    first = path_of(field.input_value())
    calendar = Client().get(first)
    assert f"rencontre-{meeting.pk}@" in calendar.content.decode()
    assert "Piolet" not in calendar.content.decode()
    press(page, page.get_by_role("button", name="Renouveler"))
    page.get_by_text("Voici une nouvelle adresse.").wait_for()
    second = path_of(field.input_value())
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    press(page, page.get_by_role("button", name="Retirer"))
    page.get_by_text("plus aucun calendrier ne la lit").wait_for()
    assert Client().get(second).status_code == 404
    assert not FeedKey.objects.in_use().exists()
    holds(page)
