"""Writing the framework in a real Chromium: saved as one types, two at one rule, what cannot be read."""

import re

import pytest
from django.urls import reverse

from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.reference.tests.drafts import MARCH, draft, person, row
from cordee.toolkit.testing.browser import axe, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 700}
RATE, TEXT = "rate.professional.day", "prose.half-day"


@pytest.fixture
def secretary(settings) -> Person:
    settings.CLOCK = MARCH
    return person("Blandine", "secretary")


@pytest.fixture
def revision(secretary) -> Revision:
    return draft(secretary)


def written(opened, who: Person, article: str, **options):
    return opened(who, reverse("reference:article", args=["2025-2026", 1, article]), **options)


def value(page, key: str):
    return page.locator(f"#value-{key.replace('.', '_')}")


def pass_a_pause(page, key: str):
    with page.expect_response(re.compile(f"/regle/{re.escape(key)}/")):
        page.clock.fast_forward(1_300)


def test_a_value_is_saved_by_itself_and_what_it_changes_is_said(revision, secretary, opened):
    page = written(opened, secretary, "18.1")
    value(page, RATE).fill("290")
    pass_a_pause(page, RATE)
    page.get_by_text(re.compile(r"\+10,00\s\$ ou \+3,6\s%")).wait_for()
    page.get_by_text(re.compile("^Enregistré à")).wait_for()
    assert row(revision, RATE).value == "290.00"
    value(page, RATE).fill("295")
    pass_a_pause(page, RATE)
    page.get_by_text(re.compile(r"\+15,00\s\$")).wait_for()
    assert row(revision, RATE).value == "295.00"


def test_what_cannot_be_read_stays_in_its_field_and_the_sentence_is_heard(revision, secretary, opened):
    page = written(opened, secretary, "18.1")
    value(page, RATE).fill("beaucoup")
    pass_a_pause(page, RATE)
    page.get_by_role("alert").get_by_text("« beaucoup » ne se lit pas".replace(" ", "\xa0", 1)).wait_for()
    assert value(page, RATE).input_value() == "beaucoup"
    value(page, RATE).fill("290,00")
    pass_a_pause(page, RATE)
    page.get_by_text(re.compile(r"\+10,00\s\$")).wait_for()
    assert row(revision, RATE).value == "290.00"


def test_two_people_at_one_text_see_both_and_choose(revision, secretary, opened):
    other = person("Solène", "coordinator")
    mine, theirs = written(opened, secretary, "18.2"), written(opened, other, "18.2")
    value(mine, TEXT).fill("La moitié.")
    pass_a_pause(mine, TEXT)
    value(theirs, TEXT).fill("Un demi-montant.")
    pass_a_pause(theirs, TEXT)
    theirs.get_by_role("alert").get_by_text("Blandine Test a changé cette règle").wait_for()
    shown = theirs.locator("[data-conflict] pre").all_inner_texts()
    assert shown == ["La moitié.", "Un demi-montant."]
    assert axe(theirs) == []
    theirs.get_by_role("button", name="Réunir les deux").click()
    theirs.wait_for_function("() => !document.querySelector('[data-conflict]')")
    assert row(revision, TEXT).value == "La moitié.\nUn demi-montant."


def test_what_is_taken_out_comes_back_from_the_next_page(revision, secretary, opened):
    page = written(opened, secretary, "16.1")
    line = page.locator("#regle-cap_training-participants")
    line.locator("summary").click()
    line.get_by_role("button", name="Retirer cette règle").click()
    page.get_by_text("La règle est retirée.").wait_for()
    assert not revision.rules.filter(key="cap.training-participants").exists()
    page.get_by_role("button", name="Annuler").first.click()
    page.get_by_text("Le changement est annulé.").wait_for()
    assert row(revision, "cap.training-participants").value == "0.00"


@pytest.mark.parametrize("name", ["article", "draft", "history", "revision", "compare"])
def test_a_narrow_screen_holds_every_page(revision, secretary, opened, name):
    more = {"article": ["18.1"], "compare": ["2024-2025-1"]}.get(name, [])
    page = opened(secretary, reverse(f"reference:{name}", args=["2025-2026", 1, *more]), viewport=NARROW)
    assert runs_over(page) == []
    assert axe(page) == []


def test_the_framework_is_read_without_what_only_its_searches_ask_for(revision, secretary, opened):
    page = opened(secretary, reverse("reference:edition", args=["2024-2025"]))
    assert page.evaluate("() => window.htmx") is None
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Aller à").get_by_role("searchbox").fill("blandine")
    page.locator("#palette-found").get_by_role("link", name="Blandine Test").wait_for()
    page.reload()
    page.locator("summary").filter(has_text="Simuler un taux").click()
    page.get_by_role("button", name="Recalculer").wait_for()
    assert axe(page) == []
