"""« Et si? » in a real Chromium: a rate tried beside the cadre, a long run, and no script at all."""

import re

import pytest
from django.urls import reverse

from cordee.charter.actions import simulations
from cordee.charter.tests.ground import TODAY, Lived, lived, scenario
from cordee.charter.views import scenario as views
from cordee.toolkit.testing.browser import axe, runs_over
from cordee.treasury.models import BudgetLine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 700}


@pytest.fixture
def year(settings) -> Lived:
    settings.CLOCK = TODAY
    made = lived()
    amounts = {"declared_other": 300, "declared_compensation": 5600, "declared_total": 5900}
    expense = {"table": "expense", "key": "a", "position": 1, "label": "Projet", "block": "Groupes"}
    BudgetLine.objects.create(year="2024-2025", **expense, **amounts)
    revenue = {"table": "revenue", "key": "b", "position": 2, "label": "Revenus", "declared_total": 6000}
    BudgetLine.objects.create(year="2024-2025", **revenue)
    return made


@pytest.fixture
def slow(monkeypatch):
    """A person a step, as a year of many takes many seconds."""
    monkeypatch.setattr(simulations, "PART_SIZE", 1)
    monkeypatch.setattr(views, "STEP_SECONDS", 0.0)


def attendance_of(year: Lived) -> str:
    made = scenario(year, rate_professional_day="290.00")
    return f"{reverse('charter:scenario', args=['2025-2026', 1, made.pk])}?sur=presences"


def test_a_rate_is_tried_beside_the_text_of_the_draft(year, opened):
    page = opened(year.coordinator, reverse("reference:revision", args=["2025-2026", 1]))
    rate = page.get_by_label("Professionnels, par jour")
    rate.fill("290")
    rate.press("Enter")
    page.get_by_text(re.compile(r"^\+200,00\s\$$")).wait_for()
    assert rate.input_value() == "290"
    assert "/simulation/" not in page.url


def test_a_long_run_goes_on_by_itself_to_its_result(year, slow, opened):
    page = opened(year.coordinator, attendance_of(year))
    page.get_by_role("button", name="Calculer sur 2024-2025").click()
    page.get_by_text("La simulation est à jour.").wait_for()
    assert page.get_by_role("row", name=re.compile(r"^Total")).first.inner_text().count("$")
    assert not axe(page)


def test_without_a_script_one_goes_on_by_hand(year, slow, opened):
    page = opened(year.coordinator, attendance_of(year), java_script_enabled=False)
    page.get_by_role("button", name="Calculer sur 2024-2025").click()
    for _again in range(4):
        if not page.get_by_role("button", name="Continuer").count():
            break
        page.get_by_role("button", name="Continuer").click()
    page.get_by_text("La simulation est à jour.").wait_for()


def test_on_the_narrowest_screen_nothing_runs_over(year, opened):
    for address in (attendance_of(year), reverse("charter:simulation", args=["2025-2026", 1])):
        page = opened(year.coordinator, address, viewport=NARROW)
        assert runs_over(page) == []
        page.close()
