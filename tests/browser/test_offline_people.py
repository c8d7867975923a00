"""A device that changes hands while marks wait on it, in a real Chromium: nothing is lost, shown or sent under another
name."""

from urllib.parse import unquote, urljoin

import pytest
from django.contrib.sessions.models import Session

from cordee.meetings.tests import factory
from cordee.toolkit.testing.browser import axe
from tests.browser.offline import (
    KEPT,
    back,
    choose,
    cut,
    history,
    is_kept,
    kept_here,
    roster_path,
    saved,
    sign_in,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings):
    """Four people are expected, the liaison Alice among them; it is Monday 20 January 2025."""
    settings.CLOCK = factory.TODAY
    return factory.world()


def test_signed_out_meanwhile_one_signs_in_again_and_it_goes(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    is_kept(page)
    cut(page)
    choose(page, who, "Demie")
    kept_here(page, "1 changement gardé ici")
    Session.objects.all().delete()
    back(page)
    page.get_by_role("heading", name="Ouvrir une session").wait_for()
    until(page, 0, KEPT)
    assert history() == []
    assert roster_path(world) in unquote(page.url)
    sign_in(page.context, world.alice, page.url)
    page.goto(urljoin(page.url, roster_path(world)))
    saved(page)
    assert history() == [(who.pk, "half", "")]


def test_nothing_is_shown_nor_sent_in_the_name_of_someone_else(world, opened, live_server):
    page = opened(world.alice, roster_path(world))
    is_kept(page)
    cut(page)
    choose(page, world.participants[0], "Demie")
    kept_here(page, "1 changement gardé ici")
    sign_in(page.context, world.secretary, page.url)
    page.goto("about:blank")
    back(page)
    page.goto(live_server.url)
    until(page, 0, KEPT)
    page.goto(live_server.url + roster_path(world))
    is_kept(page)
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-unsaved]").count() == 0
    assert history() == []
    page.get_by_text("Quelqu’un d’autre a inscrit ici des présences qui attendent encore.").wait_for()
    assert axe(page) == []
    sign_in(page.context, world.alice, page.url)
    page.reload()
    saved(page)
    assert history() == [(world.participants[0].pk, "half", "")]
    assert page.get_by_text("Quelqu’un d’autre").is_hidden()


@pytest.mark.parametrize("without_a_network", [False, True])
def test_signed_in_meanwhile_whoever_cannot_see_the_meeting_sends_and_loses_nothing(world, opened, without_a_network):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    is_kept(page)
    page.context.set_offline(without_a_network)
    if without_a_network:
        choose(page, who, "Demie")
        kept_here(page, "1 changement gardé ici")
    sign_in(page.context, world.charlie, page.url)
    back(page)
    if not without_a_network:
        choose(page, who, "Demie")
    page.get_by_text("Ce changement a été fait par quelqu’un d’autre sur cet appareil.").wait_for()
    page.get_by_text("Gardé sur cet appareil, pas enregistré.").wait_for()
    assert history() == []
    sign_in(page.context, world.alice, page.url)
    page.reload()
    saved(page)
    assert history() == [(who.pk, "half", "")]
