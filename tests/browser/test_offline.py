"""Taking attendance where there is no network, in a real Chromium: the page opens again, marks are kept and arrive
later, once and in order; nothing of anyone else is overwritten."""

import os
import re
import signal
from pathlib import Path

import pytest

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import Answer, Attendance
from cordee.meetings.tests import factory
from cordee.toolkit import clock
from cordee.toolkit.testing.browser import FLAGS, axe, runs_over
from tests.browser.offline import (
    HOLD_THE_QUEUE,
    KEPT,
    WORKERS,
    back,
    choose,
    cut,
    history,
    is_kept,
    kept_here,
    line,
    roster_path,
    saved,
    sign_in,
    ticked,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings):
    """Four people are expected, the liaison Alice among them; it is Monday 20 January 2025."""
    settings.CLOCK = factory.TODAY
    return factory.world()


def marked(world, person, portion, *, by, version=0):
    mark = Mark(person.pk, portion, version)
    actions.mark_attendance(meeting=world.meeting, mark=mark, by=by, on=factory.TODAY)


def test_what_is_marked_without_a_network_arrives_once_and_in_order(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second = world.participants[:2]
    is_kept(page)
    cut(page)
    choose(page, second, "Absence")
    kept_here(page, "Hors ligne, 1 changement gardé ici, réessayer")
    line(page, second).get_by_label("Motif").fill("Maladie")
    line(page, second).get_by_label("Motif").press("Tab")
    choose(page, first, "Journée")
    choose(page, first, "Demie")
    kept_here(page, "Hors ligne, 4 changements gardés ici, réessayer")
    assert history() == []
    back(page)
    saved(page)
    made = [(second.pk, "none", ""), (second.pk, "none", "Maladie"), (first.pk, "day", ""), (first.pk, "half", "")]
    assert history() == made
    page.reload()
    page.wait_for_load_state("networkidle")
    assert (ticked(page, first), ticked(page, second)) == ("half", "none")
    assert history() == made


def test_the_page_loaded_again_without_a_network_shows_what_it_keeps(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second = world.participants[:2]
    is_kept(page)
    cut(page)
    choose(page, second, "Absence")
    line(page, second).get_by_label("Motif").fill("Maladie")
    line(page, second).get_by_label("Motif").press("Tab")
    choose(page, first, "Demie")
    kept_here(page, "3 changements gardés ici")
    page.reload()
    kept_here(page, "Hors ligne, 3 changements gardés ici, réessayer")
    page.get_by_text("partiront d’eux-mêmes au retour du réseau").wait_for()
    assert (ticked(page, first), ticked(page, second)) == ("half", "none")
    assert line(page, second).get_by_label("Motif").input_value() == "Maladie"
    assert line(page, first).get_by_text("À envoyer").is_visible()
    back(page)
    saved(page)
    page.get_by_text("À envoyer").first.wait_for(state="detached")
    assert history() == [(second.pk, "none", ""), (second.pk, "none", "Maladie"), (first.pk, "half", "")]


def test_the_page_kept_shows_the_marks_received_since_it_was_opened(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second = world.participants[:2]
    is_kept(page)
    choose(page, first, "Journée")
    saved(page)
    page.wait_for_timeout(500)
    cut(page)
    page.reload()
    assert ticked(page, first) == "day"
    choose(page, first, "Demie")
    choose(page, second, "Journée")
    kept_here(page, "2 changements gardés ici")
    back(page)
    saved(page)
    assert history() == [(first.pk, "day", ""), (first.pk, "half", ""), (second.pk, "day", "")]


def test_what_someone_else_marked_meanwhile_is_shown_beside_and_not_overwritten(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second = world.participants[:2]
    is_kept(page)
    cut(page)
    choose(page, first, "Absence")
    choose(page, second, "Demie")
    kept_here(page, "2 changements gardés ici")
    marked(world, first, "day", by=world.secretary)
    back(page)
    said = line(page, first).get_by_role("alert")
    said.get_by_text("« Journée » a été inscrit par Solène Test").wait_for()
    assert said.get_by_text("pendant que vous indiquiez « Absence »").is_visible()
    line(page, second).get_by_text("Manuelle").wait_for()
    assert history() == [(first.pk, "day", ""), (second.pk, "half", "")]
    page.reload()  # what one has not decided on is asked again
    line(page, first).get_by_role("button", name="Inscrire « Absence »").click()
    said.wait_for(state="detached")
    assert history()[2:] == [(first.pk, "none", "")]
    page.reload()
    line(page, first).wait_for()
    page.wait_for_load_state("networkidle")
    assert said.count() == 0


def test_the_reason_given_in_declining_is_offered_without_a_network_and_can_be_taken_away(world, opened):
    first, second = world.participants[:2]
    for who in (first, second):
        said = {"reply": "no", "word": "Je suis en congé.", "day": world.meeting.date, "answered_at": clock.now()}
        Answer.objects.create(meeting=world.meeting, person=who, **said)
    page = opened(world.alice, roster_path(world))
    is_kept(page)
    cut(page)
    for who in (first, second):
        choose(page, who, "Absence")
        line(page, who).get_by_label("Motif").wait_for()
    assert line(page, first).get_by_label("Motif").input_value() == "Je suis en congé."
    line(page, second).get_by_label("Motif").fill("")
    line(page, second).get_by_label("Motif").press("Tab")
    kept_here(page, "3 changements gardés ici")
    page.reload()
    kept_here(page, "3 changements gardés ici")
    assert [line(page, who).get_by_label("Motif").input_value() for who in (first, second)] == ["Je suis en congé.", ""]
    back(page)
    saved(page)
    assert list(Attendance.objects.order_by("person").values_list("reason", flat=True)) == ["Je suis en congé.", ""]


def test_an_answer_that_was_lost_changes_nothing_twice(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    is_kept(page)

    def received_but_not_said(route):
        route.fetch()
        route.abort()

    page.route(re.compile(f"/presences/{who.pk}/"), received_but_not_said, times=1)
    choose(page, who, "Demie")
    line(page, who).get_by_text("À envoyer").wait_for()
    assert history() == [(who.pk, "half", "")]
    choose(page, who, "Absence")
    page.get_by_text("1 absence").wait_for()
    saved(page)
    assert history() == [(who.pk, "half", ""), (who.pk, "none", "")]
    assert line(page, who).get_by_role("alert").count() == 0


def test_two_tabs_send_what_both_kept_once(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second = world.participants[:2]
    is_kept(page)
    other = page.context.new_page()
    other.goto(page.url)
    is_kept(other)
    cut(page)
    choose(page, first, "Demie")
    choose(other, second, "Absence")
    kept_here(page, "2 changements gardés ici")
    kept_here(other, "2 changements gardés ici")
    back(page)
    for one in (page, other):
        one.locator("[data-unsaved]").first.wait_for(state="detached")
        one.get_by_text("1 absence, 2 à saisir").wait_for()
    assert sorted(history()) == sorted([(first.pk, "half", ""), (second.pk, "none", "")])


def test_validated_meanwhile_the_mark_is_kept_and_says_what_to_do(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    is_kept(page)
    cut(page)
    choose(page, who, "Demie")
    kept_here(page, "1 changement gardé ici")
    actions.validate_meeting(meeting=world.meeting, by=world.secretary, on=factory.TODAY, absent_for_unmarked=True)
    back(page)
    undecided = page.get_by_role("alert").filter(has_text="Gardé sur cet appareil, pas enregistré.")
    undecided.get_by_text(f"{who.full_name} · Demi-journée").wait_for()
    page.reload()
    undecided.get_by_role("link", name="Corriger").click()
    assert page.get_by_role("radio", name="Demi-journée").is_checked()
    page.get_by_label("Motif").fill("Marquée sans réseau")
    page.get_by_role("button", name="Corriger").click()
    page.get_by_text(f"Présence de {who.full_name} corrigée.").wait_for()
    undecided.get_by_role("button", name="Ne plus garder").click()
    undecided.wait_for(state="hidden")
    assert Attendance.objects.get(person=who).portion == "half"
    until(page, 0, KEPT)
    until(page, [], WORKERS)


def test_made_without_a_network_that_is_back_before_it_is_sent_the_mark_is_kept_all_the_same(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    is_kept(page)
    cut(page)
    page.locator("[data-away]").wait_for()
    actions.validate_meeting(meeting=world.meeting, by=world.secretary, on=factory.TODAY, absent_for_unmarked=True)
    page.evaluate(HOLD_THE_QUEUE)
    choose(page, who, "Demie")
    kept_here(page, "1 changement gardé ici")
    back(page)
    page.evaluate("() => window.letGo()")
    undecided = page.get_by_role("alert").filter(has_text="Gardé sur cet appareil, pas enregistré.")
    undecided.get_by_text(f"{who.full_name} · Demi-journée").wait_for()


def test_what_waits_is_recalled_on_every_other_page_to_who_made_it(world, opened, live_server):
    page = opened(world.alice, roster_path(world))
    page.wait_for_selector("[data-queue]")
    page.route(re.compile("/presences/"), lambda route: route.abort())
    choose(page, world.participants[0], "Demie")
    line(page, world.participants[0]).get_by_text("À envoyer").wait_for()
    page.unroute_all()
    page.goto(live_server.url)
    assert history() == []
    page.get_by_role("link", name="Les envoyer").click()
    saved(page)
    assert history() == [(world.participants[0].pk, "half", "")]
    page.goto(live_server.url)
    assert page.get_by_role("link", name="Les envoyer").count() == 0


def test_only_the_roster_is_kept(world, opened):
    page = opened(world.alice, roster_path(world))
    is_kept(page)
    assert page.evaluate(WORKERS) == [roster_path(world)]
    kept = page.evaluate(
        """async () => {
          const [name] = (await caches.keys());
          return (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
        }"""
    )
    assert [one for one in kept if not one.startswith("/static/")] == [roster_path(world)]
    cut(page)
    page.get_by_text("partiront d’eux-mêmes").wait_for()
    page.get_by_role("link", name="Ajouter une personne").click()
    assert page.url.endswith(roster_path(world))
    page.evaluate("location.assign('ajout/')")
    page.wait_for_url(re.compile(roster_path(world) + "$"))
    page.get_by_text("partiront d’eux-mêmes").wait_for()


def processes_of(folder: Path) -> list[int]:
    """The browser this test started on its own folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = one.read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in words:
            found.append(int(one.parent.name))
    return found


@pytest.fixture
def launch(chromium, tmp_path):
    """A browser with a folder of its own, which it finds again when it is launched again."""

    def start():
        chosen = os.environ.get("CORDEE_CHROMIUM")
        return chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=chosen, args=FLAGS, locale="fr-CA"
        )

    return start


def test_a_browser_killed_in_the_middle_loses_nothing(world, launch, live_server, tmp_path):
    url = live_server.url + roster_path(world)
    first, second = world.participants[:2]
    context = launch()
    sign_in(context, world.alice, url)
    page = context.new_page()
    page.goto(url)
    is_kept(page)
    cut(page)
    choose(page, first, "Demie")
    choose(page, second, "Absence")
    line(page, second).get_by_text("À envoyer").wait_for()
    for process in processes_of(tmp_path):
        os.kill(process, signal.SIGKILL)
    context = launch()
    context.set_offline(True)
    page = context.new_page()
    page.goto(url)
    kept_here(page, "2 changements gardés ici")
    assert (ticked(page, first), ticked(page, second)) == ("half", "none")
    sign_in(context, world.alice, url)
    back(page)
    saved(page)
    assert history() == [(first.pk, "half", ""), (second.pk, "none", "")]
    context.close()


def test_without_a_worker_the_queue_still_sends_later(world, opened):
    page = opened(world.alice, roster_path(world), service_workers="block")
    who = world.participants[0]
    page.wait_for_selector("[data-queue]")
    cut(page)
    choose(page, who, "Demie")
    kept_here(page, "1 changement gardé ici")
    back(page)
    saved(page)
    assert history() == [(who.pk, "half", "")]


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1440, "light")])
def test_a_roster_without_a_network_is_readable_by_everyone(world, opened, width, theme):
    page = opened(world.alice, roster_path(world), viewport={"width": width, "height": 900}, color_scheme=theme)
    is_kept(page)
    cut(page)
    choose(page, world.participants[0], "Absence")
    kept_here(page, "1 changement gardé ici")
    assert axe(page) == []
    assert runs_over(page) == []
