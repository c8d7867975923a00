"""The gallery in a real Chromium: axe finds nothing, nothing runs over, in both themes and on a telephone."""

import os

import pytest
from django.urls import reverse

pytestmark = pytest.mark.browser

LOOKS = [(width, theme) for width in (1440, 320) for theme in ("light", "dark")]
# What people may force on a page (WCAG 1.4.12): nothing may be lost.
WIDE_TEXT = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-block-end: 2em !important }"
)


@pytest.fixture(scope="module")
def chromium():
    """A Chromium for the tests of this file; `CORDEE_CHROMIUM` says which."""
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
def gallery(chromium, live_server):
    """Open the gallery at a width and in a theme; the complaints of the console are collected."""
    contexts = []

    def opened(width, theme="light", **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="fr-CA", **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}{reverse('toolkit:gallery')}?apparence={theme}")
        return page

    yield opened
    for context in contexts:
        context.close()


def runs_over(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_nothing_and_nothing_runs_over(gallery, width, theme):
    from axe_playwright_python.sync_playwright import Axe

    page = gallery(width, theme)
    found = Axe().run(page).response["violations"]
    assert [(violation["id"], [node["html"][:120] for node in violation["nodes"]]) for violation in found] == []
    assert not runs_over(page)
    assert page.complaints == []


def test_spaced_text_stays_on_a_telephone(gallery):
    page = gallery(390, bypass_csp=True)  # the strict policy would refuse the styles a person forces
    page.add_style_tag(content=WIDE_TEXT)
    assert not runs_over(page)


def test_the_page_works_without_javascript(gallery):
    page = gallery(1440, java_script_enabled=False)
    page.get_by_role("button", name="Exporter").click()
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
