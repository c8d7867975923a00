"""Importing a real file in a real Chromium: choose, preview, attach an unknown person, confirm, undo."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.meetings.tests.conftest import BACKEND
from cordee.meetings.tests.sheets import HEAD, line, xlsx
from cordee.toolkit.testing.browser import axe, cut_texts, force_wide_text, listen, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINES = [
    ["Présences de janvier"],
    HEAD,
    line("Piolet, Paule00", "½ j"),
    line("Piolet, Paul01"),
    line("Neuve, Anne", category=""),
    line("Piolet, Paule02", day="2025-01-08"),
    line("Piolet, Paule02", "peut-être"),
]


@pytest.fixture
def page_of(chromium, live_server, clock):
    """A page of someone who is signed in; what its console complains of is collected."""
    clock(factory.TODAY)
    contexts = []

    def opened(person, **options):
        client = Client()
        client.force_login(person.user, backend=BACKEND)
        context = chromium.new_context(locale="fr-CA", base_url=live_server.url, **options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.complaints = listen(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "présences.xlsx"
    path.write_bytes(xlsx(LINES))
    return path


def preview(page, file):
    page.goto(reverse("meetings:import_new"))
    page.get_by_label("Fichier des présences").set_input_files(file)
    page.get_by_role("button", name="Voir l’aperçu").click()


@pytest.mark.parametrize("script", [True, False])
def test_a_file_is_chosen_previewed_settled_confirmed_and_undone(page_of, file, script):
    world = factory.world()
    page = page_of(world.alice, java_script_enabled=script)
    preview(page, file)
    page.get_by_text("1 présence est prête à entrer.").wait_for()
    unknown = page.get_by_role("group", name="Paul01 Piolet")
    unknown.get_by_role("radio", name="Paule01 Piolet").check()
    page.get_by_role("button", name="Mettre l’aperçu à jour").click()
    page.get_by_text("2 présences sont prêtes à entrer.").wait_for()
    page.get_by_role("button", name="Importer", exact=True).click()
    page.get_by_text("2 présences sont entrées.").wait_for()
    assert page.get_by_role("heading", name="3 lignes restées dehors").is_visible()
    marks = {mark.person.first_name: mark.portion for mark in Attendance.objects.select_related("person")}
    assert marks == {"Paule00": "half", "Paule01": "day"}
    page.locator("main").get_by_role("button", name="Annuler l’importation").click()
    assert page.get_by_text("l’importation est annulée").first.is_visible()
    assert set(Attendance.objects.values_list("portion", flat=True)) == {""}
    assert page.complaints == []


def test_what_an_answer_needs_shows_once_it_is_chosen(page_of, file):
    page = page_of(factory.world().alice)
    preview(page, file)
    unknown = page.get_by_role("group", name="Anne Neuve")
    assert not unknown.get_by_label("Prénom").is_visible()
    unknown.get_by_role("radio", name="Créer cette personne").check()
    unknown.get_by_label("Catégorie de personnel").select_option("professional")
    page.get_by_role("button", name="Importer", exact=True).click()
    assert page.get_by_role("link", name="Anne Neuve").is_visible()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_with_every_answer_open_axe_finds_nothing_and_nothing_runs_over(page_of, file, width):
    """The crawl of every page sees the import with its answers folded."""
    page = page_of(factory.world().alice, viewport={"width": width, "height": 900})
    preview(page, file)
    for answer in ("Créer cette personne", "Ajouter cette rencontre"):
        for radio in page.get_by_role("radio", name=answer).all():
            radio.check()
    assert axe(page) == []
    force_wide_text(page)
    assert (runs_over(page), cut_texts(page), page.complaints) == ([], [], [])
