"""Writing minutes in a real Chromium: by keyboard, saved as one types, two at once, files dropped in."""

import re

import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Point, state_of
from cordee.meetings.models import MeetingDocument
from cordee.meetings.models.outline import outline_of
from cordee.meetings.tests import factory
from cordee.toolkit.testing.browser import axe, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DROP = """(field) => {
  const data = new DataTransfer();
  data.items.add(new File(["%PDF-1.7 a"], "plan.pdf"));
  data.items.add(new File(["b"], "mot.txt"));
  field.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def world(settings):
    settings.CLOCK = factory.TODAY
    made = factory.world()
    points = [Point("Retour sur les classes", made.alice, 30)]
    actions.write_agenda(meeting=made.meeting, points=points, seen=state_of([]), by=made.alice, on=factory.TODAY)
    return made


def minutes_of(opened, person, world, **options):
    return opened(person, reverse("meetings:minutes", args=[world.meeting.pk]), **options)


def area(page, title="Décisions"):
    return page.get_by_role("textbox", name=title)


def saved(page):
    page.get_by_text(re.compile("^Enregistré à")).wait_for()


def pass_a_pause(page, part="decisions"):
    """What a pause in typing sends."""
    with page.expect_response(re.compile(f"/partie/{part}/")):
        page.clock.fast_forward(1_300)


def news_come(page):
    with page.expect_response(re.compile("news")):
        page.clock.fast_forward(8_100)


def text(world, key="decisions"):
    return next(entry.text for entry in outline_of(world.meeting) if entry.key == key)


def test_what_is_typed_is_saved_by_itself_and_the_hour_is_shown(world, opened):
    page = minutes_of(opened, world.alice, world)
    area(page).type("On continue.")
    pass_a_pause(page)
    saved(page)
    assert text(world) == "On continue."
    area(page).type(" Deux essais.")
    pass_a_pause(page)
    saved(page)
    assert text(world) == "On continue. Deux essais."


def test_the_toolbar_and_the_keys_write_markdown_and_the_preview_shows_it(world, opened):
    page = minutes_of(opened, world.alice, world)
    part = page.locator("#part-decisions")
    area(page).focus()
    page.keyboard.type("essais")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    assert area(page).input_value() == "**essais**"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("\nun\ndeux")
    page.keyboard.press("Shift+ArrowUp")
    part.get_by_role("button", name="Liste", exact=True).click()
    assert area(page).evaluate("area => area === document.activeElement"), "the text is not left for a tool"
    assert area(page).input_value().endswith("- un\n- deux")
    part.get_by_role("button", name="Aperçu").click()
    part.locator(".prose li").first.wait_for()
    assert part.locator(".prose strong").inner_text() == "essais"
    part.get_by_role("button", name="Aperçu").click()
    assert part.locator(".prose").is_hidden()


def test_two_browsers_at_once_lose_no_word(world, opened):
    first, second = (minutes_of(opened, person, world) for person in (world.alice, world.secretary))
    area(first).type("Alice écrit.")
    pass_a_pause(first)
    saved(first)
    area(second).type("Solène écrit.")
    pass_a_pause(second)
    conflict = second.locator("#conflict-decisions")
    conflict.get_by_text("Alice Test a écrit dans").wait_for()
    assert text(world) == "Alice écrit."
    area(second).type(" Encore.")
    pass_a_pause(second)
    assert text(world) == "Alice écrit."
    assert area(second).input_value() == "Solène écrit. Encore."
    conflict.get_by_role("button", name="Réunir les deux").click()
    second.locator("#conflict-decisions button").first.wait_for(state="detached")
    assert text(world) == "Alice écrit.\nSolène écrit. Encore."
    assert area(second).input_value() == text(world)


def test_what_others_write_comes_where_one_is_not_writing_and_nowhere_else(world, opened):
    first, second = (minutes_of(opened, person, world) for person in (world.alice, world.secretary))
    area(first).type("Alice écrit.")
    pass_a_pause(first)
    area(second, "Apprentissages").type("Je tape ici")
    news_come(second)
    second.get_by_text("Alice Test a écrit ici").wait_for()
    assert area(second).input_value() == "Alice écrit."
    assert area(second, "Apprentissages").input_value() == "Je tape ici"


def test_when_the_network_fails_the_page_says_so_and_sends_again(world, opened):
    page = minutes_of(opened, world.alice, world)
    page.route("**/partie/**", lambda route: route.abort())
    area(page).type("On continue.")
    page.clock.fast_forward(1_300)
    page.get_by_role("button", name="réessayer").wait_for()
    page.unroute("**/partie/**")
    page.get_by_role("button", name="réessayer").click()
    saved(page)
    assert text(world) == "On continue."


def test_without_javascript_one_form_saves_and_both_texts_are_shown(world, opened):
    page = opened_plainly(opened, world)
    actions.write_section(
        meeting=world.meeting, key="decisions", text="Solène écrit.", seen=0, by=world.secretary, on=factory.TODAY
    )
    area(page).fill("Alice écrit.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Garder le mien").click()
    assert text(world) == "Alice écrit."


def opened_plainly(opened, world):
    return minutes_of(opened, world.alice, world, java_script_enabled=False)


@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_hold_on_a_telephone_and_on_a_desk(world, opened, width):
    text = "| a | b |\n|---|---|\n| 1 | 2 |"
    actions.write_section(meeting=world.meeting, key="decisions", text=text, seen=0, by=world.alice, on=factory.TODAY)
    page = minutes_of(opened, world.alice, world, viewport={"width": width, "height": 844})
    for path in ("", "?lecture=1"):
        page.goto(page.url.split("?")[0] + path)
        assert runs_over(page) == []
        assert axe(page) == []


def test_files_dropped_on_the_page_are_kept(world, opened):
    page = opened(world.alice, reverse("meetings:documents", args=[world.meeting.pk]))
    page.locator("[data-upload]").evaluate(DROP)
    page.get_by_role("link", name="plan.pdf").wait_for()
    assert set(MeetingDocument.objects.values_list("name", flat=True)) == {"plan.pdf", "mot.txt"}
