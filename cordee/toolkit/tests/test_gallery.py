"""The gallery in a real Chromium: axe finds nothing, nothing runs over, in both themes and on a telephone."""

import pytest
from django.urls import reverse

from cordee.toolkit.testing.browser import axe, force_wide_text, listen, runs_over

pytestmark = pytest.mark.browser

LOOKS = [(width, theme) for width in (1440, 320) for theme in ("light", "dark")]


@pytest.fixture
def gallery(chromium, live_server):
    """Open the gallery at a width and in a theme; the complaints of the console are collected."""
    contexts = []

    def opened(width, theme="light", **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="fr-CA", **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = listen(page)
        page.goto(f"{live_server.url}{reverse('toolkit:gallery')}?apparence={theme}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_nothing_and_nothing_runs_over(gallery, width, theme):
    page = gallery(width, theme)
    assert axe(page) == []
    assert runs_over(page) == []
    assert page.complaints == []


def test_spaced_text_stays_on_a_telephone(gallery):
    page = gallery(390)
    force_wide_text(page)
    assert runs_over(page) == []


def test_the_page_works_without_javascript(gallery):
    page = gallery(1440, java_script_enabled=False)
    page.locator("#c-menu").get_by_role("button", name="Exporter").click()
    assert page.get_by_role("link", name="Classeur Excel").is_visible()
    assert page.get_by_role("button", name="Appliquer").is_visible()


def test_a_message_stays_until_it_is_closed(gallery):
    page = gallery(1440)
    flash = page.locator("[data-flash]").first
    flash.get_by_role("button", name="Fermer ce message").click()
    assert page.get_by_text("12 réclamations approuvées.").count() == 0


def test_the_search_is_one_key_away(gallery):
    page = gallery(1440)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def test_arrows_and_letters_take_attendance(gallery):
    page = gallery(1440)
    page.locator("#exemple-saisie input[value=full]").focus()
    page.keyboard.press("a")
    assert page.locator("#exemple-saisie input[value=none]").is_checked()
    page.keyboard.press("/")
    page.keyboard.type("a")
    assert page.locator("#exemple-a-saisir input:checked").count() == 0
