"""The list of meetings, adding one, and who came unexpected, in a real Chromium."""

import pytest
from django.urls import reverse

from cordee.meetings.tests import factory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings):
    settings.CLOCK = factory.TODAY
    return factory.world()


def test_the_list_of_meetings_is_filtered_again_and_again(world, opened):
    page = opened(world.alice, reverse("meetings:list"))
    search = page.get_by_label("Chercher une rencontre")
    for words, title in (("mentorat", "0 rencontre"), ("trp", "1 rencontre"), ("x", "0 rencontre")):
        search.fill(words)
        page.clock.fast_forward(400)
        page.get_by_role("heading", name=title).wait_for()
    assert page.url.endswith("?q=x")


def test_who_came_unexpected_is_found_or_recorded_with_what_was_typed(world, opened):
    page = opened(world.alice, reverse("meetings:walk_in", args=[world.meeting.pk]))
    search = page.get_by_label("Chercher par son nom")
    search.fill("charlie")
    page.clock.fast_forward(400)
    page.get_by_role("button", name="Ajouter Charlie Test").wait_for()
    search.fill("Nadia Névé")
    page.clock.fast_forward(400)
    page.get_by_text("Créez sa fiche ci-dessous").wait_for()
    assert page.get_by_label("Prénom").input_value() == "Nadia"
    page.get_by_label("Organisation").select_option("CSS des Patriotes")
    page.get_by_label("Catégorie de personnel").select_option("teacher")
    page.get_by_role("button", name="Créer et ajouter").click()
    page.get_by_text("Nadia Névé est sur la feuille, sur place.").wait_for()
    assert page.get_by_text("Patriotes, personnel enseignant · sur place").is_visible()


def test_a_date_is_typed_in_any_format_or_chosen_in_the_calendar(world, opened):
    page = opened(world.alice, reverse("meetings:new"))
    day = page.get_by_label("Date", exact=True)
    day.fill("12 mars 2025")
    page.get_by_label("Début").fill("09:00")
    page.get_by_label("Fin").fill("11:45")
    page.get_by_label("Durée prévue").select_option("Demi-journée")
    page.get_by_role("button", name="Planifier", exact=True).click()
    page.get_by_text("Rencontre de 18-TC-TRP ajoutée.").wait_for()
    assert world.group.meetings.filter(date="2025-03-12").exists()
    page.goto(page.url.rsplit("/", 2)[0] + "/nouvelle/")
    page.locator("#id_day_calendar").fill("2025-04-09")
    assert day.input_value() == "2025-04-09"
