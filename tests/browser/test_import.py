"""Importing a real file in a real Chromium: choose, preview, attach an unknown person, confirm, undo."""

import os

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.meetings.tests.conftest import BACKEND
from cordee.meetings.tests.sheets import HEAD, line, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(width, theme) for width in (1440, 768, 390, 320) for theme in ("light", "dark")]
LINES = [
    ["Présences de janvier"],
    HEAD,
    line("Piolet, Paule00", "½ j"),
    line("Piolet, Paul01"),
    line("Neuve, Anne", category=""),
    line("Piolet, Paule02", day="2025-01-08"),
    line("Piolet, Paule02", "peut-être"),
]


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CORDEE_CHROMIUM"), args=flags)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


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
        page.complaints = []
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
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
    assert page.get_by_text("1 présence est prête à entrer.").is_visible()
    unknown = page.get_by_role("group", name="Paul01 Piolet")
    unknown.get_by_role("radio", name="Paule01 Piolet").check()
    page.get_by_role("button", name="Mettre l’aperçu à jour").click()
    assert page.get_by_text("2 présences sont prêtes à entrer.").is_visible()
    page.get_by_role("button", name="Importer", exact=True).click()
    assert page.get_by_text("2 présences sont entrées.").is_visible()
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


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_nothing_and_nothing_runs_over(page_of, file, width, theme):
    from axe_playwright_python.sync_playwright import Axe

    page = page_of(factory.world().alice, viewport={"width": width, "height": 900}, color_scheme=theme)
    preview(page, file)
    page.get_by_role("group", name="Anne Neuve").get_by_role("radio", name="Créer cette personne").check()
    for step in ("preview", "result", "new"):
        if step == "result":
            page.get_by_role("button", name="Importer", exact=True).click()
        elif step == "new":
            page.goto(reverse("meetings:import_new"))
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found] == [], step
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), step
    assert page.complaints == []
