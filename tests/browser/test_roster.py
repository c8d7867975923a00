"""Taking attendance in a real Chromium: by touch, by keyboard, without JavaScript, two at once, and when the network
fails."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import Attendance, AttendanceChange, Validation
from cordee.meetings.tests import factory
from cordee.toolkit.testing.browser import axe, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def world(settings):
    """Fifteen people are expected, the liaison Alice among them; it is Monday 20 January 2025."""
    settings.CLOCK = factory.TODAY
    return factory.world(participants=14)


def roster_path(world):
    return reverse("meetings:roster", args=[world.meeting.pk])


def line(page, person):
    return page.locator(f"#person-{person.pk}")


def outcome(page, person, word):
    return line(page, person).get_by_role("radio", name=word)


def choose(page, person, word):
    outcome(page, person, word).click()


def saved(page):
    page.get_by_text(re.compile("^Enregistré à")).wait_for()


def ticked(page, person):
    return line(page, person).locator("input:checked").get_attribute("value")


def news_come(page):
    """What a page asks for every ten seconds."""
    with page.expect_response(re.compile("since=")):
        page.clock.fast_forward(10_100)


def fail_sending(page):
    sends = re.compile("/presences/")
    page.route(sends, lambda route: route.abort() if route.request.method == "POST" else route.fallback())


def marked(world, person, portion, *, by, version=0, reason=""):
    mark = Mark(person.pk, portion, version, reason)
    actions.mark_attendance(meeting=world.meeting, mark=mark, by=by, on=factory.TODAY)


def portions(world):
    return dict(Attendance.objects.filter(meeting=world.meeting).values_list("person", "portion"))


def test_fifteen_people_one_half_day_one_absent_in_five_touches(world, opened):
    page = opened(world.alice, **TELEPHONE)
    half, absent = world.participants[:2]
    touches = 0

    def touch(target):
        nonlocal touches
        touches += 1
        target.tap()

    touch(page.get_by_role("link", name="Terminer Présences"))
    touch(page.get_by_role("button", name="Tout le monde présent"))
    page.get_by_text("15 personnes inscrites présentes.").wait_for()
    touch(outcome(page, half, "Demie"))
    saved(page)
    touch(outcome(page, absent, "Absence"))
    page.get_by_text("1 absence, 0 à saisir").wait_for()
    touch(page.get_by_role("button", name="Valider"))
    page.get_by_text("Présences validées.", exact=True).wait_for()
    assert touches <= 5
    assert Validation.objects.get().validated_by == world.alice
    recorded = portions(world)
    assert (recorded.pop(half.pk), recorded.pop(absent.pk)) == ("half", "none")
    assert list(recorded.values()) == ["day"] * 13


def tab_to(page, found):
    """Press Tab until `found`, a condition on `document.activeElement`, holds."""
    for _tab in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"(one => {found})(document.activeElement)"):
            return
    raise AssertionError(f"never reached: {found}")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_by_keyboard_alone(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second, third = world.participants[:3]
    tab_to(page, "one.type === 'radio'")
    press(page, "j", "d", "ArrowDown", "ArrowUp", "a")
    page.get_by_text("1 absence, 12 à saisir").wait_for()
    assert portions(world) == {first.pk: "day", second.pk: "half", third.pk: "none"}
    press(page, "ArrowUp", "Tab")  # from the mark of the third to its reason
    page.keyboard.type("Maladie")
    press(page, "Enter")
    saved(page)
    line(page, third).locator("input[type=radio]:focus").wait_for()
    assert Attendance.objects.get(person=third).reason == "Maladie"
    tab_to(page, "one.textContent.trim() === 'Valider'")
    press(page, "Enter")
    page.get_by_role("heading", name="12 personnes ne sont pas saisies").wait_for()
    tab_to(page, "one.textContent.trim() === 'Inscrire leur absence et valider'")
    press(page, "Enter")
    page.get_by_text("Présences validées.", exact=True).wait_for()
    assert list(portions(world).values()).count("none") == 13


def test_the_shortcuts_are_shown_and_follow_the_language(world, opened):
    page = opened(world.alice, roster_path(world))
    press(page, "?")
    assert "Demi-journée" in page.get_by_role("dialog", name="Raccourcis du clavier").inner_text()
    press(page, "Escape")
    keys = page.locator(".person").first.locator("[data-key]").evaluate_all("all => all.map(one => one.dataset.key)")
    assert keys == ["a", "d", "j"]


def test_without_javascript_one_form_saves_everything(world, opened):
    page = opened(world.alice, roster_path(world), java_script_enabled=False)
    first, second, third = world.participants[:3]
    for person, word in ((first, "Journée"), (second, "Demie"), (third, "Absence")):
        choose(page, person, word)
    page.get_by_role("button", name="Enregistrer les présences").click()
    assert page.get_by_text("3 présences enregistrées.").is_visible()
    assert portions(world) == {first.pk: "day", second.pk: "half", third.pk: "none"}
    line(page, third).get_by_label("Motif").fill("Maladie")
    page.get_by_role("button", name="Enregistrer les présences").click()
    assert Attendance.objects.get(person=third).reason == "Maladie"
    page.get_by_role("button", name="Tout le monde présent").click()
    assert page.get_by_text("12 personnes inscrites présentes.").is_visible()
    page.get_by_role("button", name="Valider").click()
    assert page.get_by_text("Présences validées.", exact=True).is_visible()
    assert portions(world)[second.pk] == "half"


def test_without_javascript_a_mark_that_came_too_late_can_still_be_chosen(world, opened):
    page = opened(world.alice, roster_path(world), java_script_enabled=False)
    first, second = world.participants[:2]
    marked(world, first, "day", by=world.secretary)
    choose(page, first, "Absence")
    choose(page, second, "Demie")
    page.get_by_role("button", name="Enregistrer les présences").click()
    assert page.get_by_text("Des présences n’ont pas été enregistrées.").is_visible()
    assert ticked(page, first) == "day"
    assert portions(world) == {first.pk: "day", second.pk: "half"}
    line(page, first).get_by_role("button", name="Inscrire « Absence »").click()
    assert page.get_by_text("1 présence enregistrée.").is_visible()
    assert portions(world)[first.pk] == "none"


def test_two_at_once_neither_overwrites_and_the_second_chooses(world, opened):
    alice, solene = opened(world.alice, roster_path(world)), opened(world.secretary, roster_path(world))
    who = world.participants[0]
    choose(solene, who, "Journée")
    saved(solene)
    choose(alice, who, "Absence")
    said = line(alice, who).get_by_role("alert")
    assert "« Journée » a été inscrit par Solène Test" in said.inner_text()
    assert "vous indiquiez « Absence »" in said.inner_text()
    alice.get_by_text("Pas enregistré, à revoir").wait_for()
    assert ticked(alice, who) == "day"
    assert portions(world) == {who.pk: "day"}
    line(alice, who).get_by_role("button", name="Inscrire « Absence »").click()
    saved(alice)
    said.wait_for(state="detached")
    assert portions(world) == {who.pk: "none"}


def test_a_choice_not_made_yet_is_not_taken_away_and_counts_what_came_since(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    marked(world, who, "day", by=world.secretary)
    choose(page, who, "Absence")
    mine = line(page, who).get_by_role("button", name="Inscrire « Absence »")
    mine.wait_for()
    marked(world, who, "half", by=world.secretary, version=1)
    news_come(page)
    mine.click()
    line(page, who).get_by_text("« Demi-journée » a été inscrit par Solène Test").wait_for()
    assert portions(world) == {who.pk: "half"}
    mine.click()
    saved(page)
    assert portions(world) == {who.pk: "none"}


def test_two_at_once_see_what_the_other_marks(world, opened):
    alice, solene = opened(world.alice, roster_path(world)), opened(world.secretary, roster_path(world))
    first, second = world.participants[:2]
    choose(alice, first, "Demie")
    choose(solene, second, "Absence")
    saved(alice)
    saved(solene)
    news_come(alice)
    news_come(solene)
    line(alice, second).get_by_text("Solène Test").wait_for()
    line(solene, first).get_by_text("Alice Test").wait_for()
    assert (ticked(alice, second), ticked(solene, first)) == ("none", "half")
    assert solene.locator("#total-figures").inner_text() == alice.locator("#total-figures").inner_text()


def test_keeping_what_the_other_marked_changes_nothing(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    marked(world, who, "day", by=world.secretary)
    choose(page, who, "Demie")
    line(page, who).get_by_role("button", name="Garder « Journée »").click()
    line(page, who).get_by_role("alert").wait_for(state="detached")
    saved(page)
    assert ticked(page, who) == "day"
    assert Attendance.objects.get().version == 1


def test_a_mark_that_cannot_be_is_said_in_its_line_which_shows_what_is_recorded(world, opened):
    who = factory.person("Inès", "Falaise", employed=False)
    factory.membership(who, world.group)
    page = opened(world.alice, roster_path(world))
    choose(page, who, "Journée")
    assert "n’a pas d’employeur inscrit le 14 janvier 2025" in line(page, who).get_by_role("alert").inner_text()
    assert line(page, who).locator("input:checked").count() == 0
    assert portions(world) == {}


def test_when_the_network_fails_nothing_is_lost_and_one_tries_again(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second = world.participants[:2]
    choose(page, second, "Absence")
    saved(page)
    fail_sending(page)
    choose(page, first, "Demie")
    line(page, second).get_by_label("Motif").fill("Maladie")
    line(page, second).get_by_label("Motif").press("Tab")
    page.get_by_text("Hors ligne, 2 changements gardés ici, réessayer").wait_for()
    marked(world, first, "day", by=world.secretary)
    news_come(page)
    assert ticked(page, first) == "half"
    assert line(page, second).get_by_label("Motif").input_value() == "Maladie"
    page.unroute_all()
    page.get_by_role("button", name="réessayer").click()
    line(page, first).get_by_role("button", name="Inscrire « Demi-journée »").click()
    saved(page)
    assert portions(world) == {first.pk: "half", second.pk: "none"}
    assert Attendance.objects.get(person=second).reason == "Maladie"


def test_a_reason_being_typed_survives_what_others_mark(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    choose(page, who, "Absence")
    saved(page)
    line(page, who).get_by_label("Motif").fill("Forma")
    marked(world, who, "day", by=world.secretary, version=1)
    actions.validate_meeting(meeting=world.meeting, by=world.secretary, on=factory.TODAY, absent_for_unmarked=True)
    news_come(page)
    assert line(page, who).get_by_label("Motif").input_value() == "Forma"


def test_the_last_mark_is_undone_by_one_button(world, opened):
    page = opened(world.alice, roster_path(world))
    who = world.participants[0]
    choose(page, who, "Demie")
    saved(page)
    choose(page, who, "Absence")
    page.get_by_text("1 absence").wait_for()
    page.locator("#total-acts").get_by_role("button", name="Annuler").click()
    page.get_by_text("1 présence remise comme avant.").wait_for()
    assert ticked(page, who) == "half"
    assert portions(world) == {who.pk: "half"}


def test_the_estimate_beside_follows_what_is_marked(world, opened):
    call_command("load_edition", "2024-2025", "--in-force")
    factory.duty(world.secretary, "treasurer")
    factory.organization().memberships.create(starts_on=factory.YEAR_START)
    page = opened(world.secretary, roster_path(world))
    estimate = page.locator("#panels .figure")
    assert estimate.inner_text() == "0,00\u00a0$"
    choose(page, world.participants[0], "Demie")
    saved(page)
    page.clock.fast_forward(2_000)
    page.locator("#panels .figure", has_text="140,00").wait_for()


STATE = """() => ({
    rows: [...document.querySelectorAll('.person')].map((row) => ({
        text: row.innerText,
        fields: [...row.querySelectorAll('input')].map((one) => [one.name, one.value, one.checked]),
    })),
    total: document.querySelector('#total-figures').innerText,
    since: document.querySelector('[name=since]').value,
})"""


def test_what_htmx_swaps_equals_the_page_loaded_again(world, opened):
    page = opened(world.alice, roster_path(world))
    first, second, third = world.participants[:3]
    choose(page, first, "Absence")
    saved(page)
    line(page, first).get_by_label("Motif").fill("Maladie")
    line(page, first).get_by_label("Motif").press("Enter")
    choose(page, second, "Demie")
    marked(world, third, "day", by=world.secretary)
    choose(page, third, "Demie")
    line(page, third).get_by_role("button", name="Garder « Journée »").click()
    line(page, third).get_by_role("alert").wait_for(state="detached")
    saved(page)
    news_come(page)
    newest = AttendanceChange.objects.latest("pk").pk
    page.wait_for_function(f"document.querySelector('[name=since]').value === '{newest}'")  # received, then swapped
    swapped = page.evaluate(STATE)
    page.reload()
    assert swapped == page.evaluate(STATE)


def test_the_total_is_announced_as_one_types(world, opened):
    page = opened(world.alice, roster_path(world))
    output = page.locator("output#total-figures").element_handle()
    choose(page, world.participants[0], "Demie")
    saved(page)
    assert output.evaluate("one => one.isConnected")
    assert "1 présence" in output.inner_text()


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (390, "light"), (1440, "dark")])
def test_a_refused_mark_is_readable_by_everyone_on_any_screen(world, opened, width, theme):
    page = opened(world.alice, roster_path(world), viewport={"width": width, "height": 900}, color_scheme=theme)
    marked(world, world.participants[0], "day", by=world.secretary)
    choose(page, world.participants[0], "Absence")
    line(page, world.participants[0]).get_by_role("alert").wait_for()
    assert axe(page) == []
    assert runs_over(page) == []
