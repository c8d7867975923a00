"""The screen of the room and a telephone, in a real Chromium; then the sheet typed at the keyboard."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from cordee.meetings.models import Attendance, AttendanceChange, CheckIn
from cordee.meetings.tests import factory
from cordee.toolkit.testing.browser import axe, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def world(settings):
    """The meeting of the day, nine to half past three: fifteen people, the liaison Alice among them."""
    settings.CLOCK = factory.DAY
    cache.clear()
    return factory.world(participants=14)


@pytest.fixture
def telephone(chromium, live_server):
    """A telephone nobody signed in on."""
    context = chromium.new_context(locale="fr-CA", **TELEPHONE)
    page = context.new_page()
    page.set_default_timeout(5_000)
    yield page
    context.close()


def path(name, world):
    return reverse(f"meetings:{name}", args=[world.meeting.pk])


def scanned(telephone, screen):
    """What the camera reads: the address the drawing stands for is also that of its link."""
    telephone.goto(screen.evaluate("document.querySelector('.qr').href"))


def test_someone_scans_types_their_address_and_the_roster_says_declared(world, opened, telephone):
    paule = world.participants[0]
    screen = opened(world.alice, f"{path('screen', world)}?sens=arrivee", viewport={"width": 1920, "height": 1080})
    roster = opened(world.alice, path("roster", world))
    scanned(telephone, screen)
    assert paule.full_name not in telephone.content()
    telephone.get_by_label("Adresse courriel de votre invitation").fill(paule.email)
    telephone.get_by_role("button", name="Déclarer mon arrivée").tap()
    telephone.get_by_role("heading", name="Merci").wait_for()
    screen.clock.fast_forward(5_100)
    screen.get_by_text("1 arrivée déclarée").wait_for()
    roster.clock.fast_forward(10_100)
    line = roster.locator(f"#person-{paule.pk}")
    line.get_by_text("Déclarée").wait_for()
    assert line.get_by_role("radio", name="Journée").is_checked()
    assert Attendance.objects.get().source == "checkin"


def test_someone_who_is_not_expected_signs_in_on_the_way_and_is_added_in_one_tap(world, opened, telephone):
    world.charlie.user.set_password("une corde solide")
    world.charlie.user.save()
    screen = opened(world.alice, path("screen", world))
    roster = opened(world.alice, path("roster", world))
    scanned(telephone, screen)
    telephone.get_by_role("link", name="Ouvrir une session").tap()
    telephone.get_by_label(re.compile("courriel", re.IGNORECASE)).fill(world.charlie.email)
    telephone.get_by_label(re.compile("mot de passe", re.IGNORECASE)).fill("une corde solide")
    telephone.get_by_role("button", name="Ouvrir la session").tap()
    telephone.get_by_role("button", name=re.compile("Déclarer mon")).tap()
    telephone.get_by_text("demandez à la personne qui anime de vous ajouter").wait_for()
    roster.clock.fast_forward(10_100)
    roster.get_by_role("button", name="Ajouter Charlie Test").click()
    roster.get_by_text("Charlie Test est sur la feuille").wait_for()
    assert Attendance.objects.get().person == world.charlie


def test_without_javascript_a_link_shows_the_next_code(world, opened):
    screen = opened(world.alice, path("screen", world), java_script_enabled=False)
    assert screen.locator("noscript meta[http-equiv=refresh]").count() or 'http-equiv="refresh"' in screen.content()
    screen.get_by_role("link", name="Afficher le suivant").click()
    assert screen.locator(".qr svg").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (390, "light"), (1920, "dark")])
def test_the_pages_hold_at_every_width(world, opened, telephone, width, scheme):
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = opened(world.alice, path("screen", world), **options)
    site = page.url.split("/rencontres")[0]
    code = page.evaluate("document.querySelector('.qr').getAttribute('href')")
    for address in (*(path(name, world) for name in ("screen", "sheet", "sheet_entry", "roster")), code):
        page.goto(site + address)
        assert runs_over(page) == []
        assert axe(page) == []


def test_the_signed_sheet_is_typed_at_the_keyboard_alone(world, opened):
    page = opened(world.alice, path("sheet_entry", world))
    fields = page.locator("[data-sheet] input:not([type=hidden])")
    fields.first.focus()
    for key in ("j", "2", "d", "ArrowDown", "a"):
        page.keyboard.press(key)
    assert [fields.nth(number).input_value() for number in range(5)] == ["j", "2", "d", "", "a"]
    fields.last.focus()
    page.keyboard.press("Enter")
    page.get_by_text("4 présences saisies de la feuille signée.").wait_for()
    assert set(AttendanceChange.objects.values_list("source", flat=True)) == {"sheet"}
    page.get_by_role("button", name="Annuler").first.click()
    page.get_by_text("4 présences remises comme avant.").wait_for()
    assert not Attendance.objects.exclude(portion="").exists()
    assert not CheckIn.objects.exists()
