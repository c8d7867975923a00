"""Planning a meeting and reading the calendar in a real Chromium: while one types, by keyboard, on a telephone."""

import re
from datetime import date, time

import pytest
from django.core.management import call_command

from cordee.meetings.models import Meeting
from cordee.meetings.tests import factory
from cordee.toolkit.testing.browser import axe, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"viewport": {"width": 320, "height": 720}, "has_touch": True, "is_mobile": True}
NEW = "/rencontres/nouvelle/"


@pytest.fixture
def world(settings):
    settings.CLOCK = factory.TODAY
    made = factory.world()
    call_command("load_edition", "2024-2025", "--in-force")
    return made


def fill(page, day, **more):
    page.set_default_timeout(20_000)  # the first answer of a busy machine is slow
    page.get_by_label("Date", exact=True).fill(day)
    page.get_by_label("Début").fill("09:00")
    page.get_by_label("Fin", exact=True).fill("12:00")
    for label, value in more.items():
        page.get_by_label(label).select_option(value)
    page.keyboard.press("Tab")


def test_what_is_to_be_weighed_appears_while_one_types_and_nothing_stops(world, opened):
    page = opened(world.alice, NEW)
    fill(page, "2025-03-08")
    page.get_by_text("C’est une fin de semaine.").wait_for()
    fill(page, "2025-03-04")
    page.get_by_text("Rien à signaler.").wait_for()
    fill(page, "2025-03-08")
    page.get_by_text("C’est une fin de semaine.").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Planifier", exact=True).press("Enter")
    page.get_by_role("button", name="Annoncer la rencontre").wait_for()
    assert Meeting.objects.filter(date=date(2025, 3, 8)).exists()


def test_a_day_of_a_series_is_left_out_before_it_is_planned(world, opened):
    page = opened(world.alice, NEW)
    page.get_by_label("Répétition").select_option("weekly")
    page.get_by_label("Jusqu’au").fill("2025-04-25")
    fill(page, "2025-04-11")
    page.get_by_text("Vendredi saint").wait_for()
    leave = page.locator("#leave-2025-04-18")
    leave.check()
    page.get_by_text("2 rencontres dans la série").wait_for()
    assert leave.is_checked()
    page.get_by_role("button", name="Planifier", exact=True).click()
    page.get_by_text("2 rencontres de 18-TC-TRP ajoutées.").wait_for()


def test_arrows_turn_the_pages_of_the_calendar_and_keep_the_filters(world, opened):
    page = opened(world.alice, "/rencontres/mois/?q=tc")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"q=tc&day=2025-02-01"))
    page.locator("#span", has_text="Février 2025").wait_for()
    page.keyboard.press("ArrowLeft")
    page.locator("#span", has_text="Janvier 2025").wait_for()
    page.get_by_label("Chercher une rencontre").focus()
    page.keyboard.press("ArrowLeft")
    assert "Janvier 2025" in page.content()


@pytest.mark.parametrize("view", ["mois", "semaine"])
def test_a_calendar_is_a_list_of_days_on_a_small_telephone(world, opened, view):
    factory.meeting(
        world.group, factory.TODAY, starts_at=time(8), title="Un titre qui prend plus d’une ligne sur un petit écran"
    )
    page = opened(world.alice, f"/rencontres/{view}/", **SMALL)
    page.get_by_text("Lundi 20 janvier 2025").wait_for()
    assert page.get_by_text("Mardi 21 janvier 2025").is_hidden()
    assert runs_over(page) == []
    assert axe(page) == []


def test_the_sum_of_the_agenda_follows_the_minutes_that_are_typed(world, opened):
    page = opened(world.alice, f"/rencontres/{world.meeting.pk}/ordre-du-jour/")
    page.get_by_label("Point", exact=True).first.fill("Bilan")
    page.get_by_label("Minutes").first.fill("400")
    page.keyboard.press("Tab")
    page.get_by_text("L’ordre du jour est plus long que la rencontre.").wait_for()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Ordre du jour enregistré.").wait_for()
