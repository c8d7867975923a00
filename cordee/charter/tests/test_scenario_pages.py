"""« Et si? » as one sees it: a rate tried, a scenario kept, changed, run, compared, taken away in a file."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cordee.charter.models import Scenario
from cordee.charter.tests.ground import DAY, HALF, TODAY, lived, scenario, simulated
from cordee.charter.views import scenario as scenario_views
from cordee.communities.models import AnticipatedTerm, Plan
from cordee.toolkit import clock
from cordee.toolkit.formats import NBSP
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.models import BudgetLine
from cordee.treasury.tests.desks import someone

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]


@pytest.fixture(autouse=True)
def today():
    with clock.standing_at(clock.at(TODAY, clock.now().time())):
        yield


year = kept(lived, clock=TODAY)


@pytest.fixture
def budget(year):
    """Twenty days at 280 $, 6 000 $ of revenue and 300 $ of other expenses: 100 $ are left."""
    expense = {"year": "2024-2025", "table": "expense", "block": "Groupes"}
    terms, group = [{"people": 4, "days": 5}], year.project
    amounts = {"declared_other": 300, "declared_compensation": 5600, "declared_total": 5900}
    BudgetLine.objects.create(**expense, key="a", position=1, label="Projet", group=group, terms=terms, **amounts)
    BudgetLine.objects.create(
        year="2024-2025", table="revenue", key="b", position=2, label="Revenus", declared_total=6000
    )


@pytest.fixture
def plan(year):
    made = Plan.objects.create(community=year.project.community, year="2024-2025")
    AnticipatedTerm.objects.create(plan=made, people=2, days=5)


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator.user)
    return client


def at(year, name="simulation", *more):
    return reverse(f"charter:{name}", args=["2025-2026", year.draft.number, *more])


def money(text):
    return re.sub(r" (?=[0-9]{3}\b|\$)", NBSP, text)


class TestTryingARate:
    def test_the_gap_the_balance_and_the_rate_that_balances(self, coordinator, year, budget):
        page = coordinator.get(at(year), {"taux": "290"}).content.decode()
        for said in ("+200,00 $", "−100 $", "<b>285,00 $</b>, qui laisse 0,00 $"):
            assert money(said) in page

    def test_what_cannot_be_read_is_said_beside_what_was_typed(self, coordinator, year, budget):
        page = coordinator.get(at(year), {"taux": "deux cents"}).content.decode()
        assert 'value="deux cents"' in page
        assert "Écrivez un montant comme 290,00" in page

    @pytest.mark.parametrize("typed", ["-5", "10000,01"])
    def test_a_rate_out_of_all_measure_is_refused(self, coordinator, year, budget, typed):
        assert "Écrivez un montant entre" in coordinator.get(at(year), {"taux": typed}).content.decode()

    def test_htmx_gets_the_panel_alone(self, coordinator, year, budget):
        part = coordinator.get(at(year), {"taux": "290"}, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert money("+200,00 $") in part

    def test_without_a_budget_the_page_says_so(self, coordinator, year):
        assert "Aucun budget n’est chargé" in coordinator.get(at(year)).content.decode()

    def test_the_page_of_a_revision_leads_there(self, coordinator, year):
        page = coordinator.get(reverse("reference:revision", args=["2025-2026", 1])).content.decode()
        assert at(year) in page

    def test_someone_without_a_duty_is_told_why_not(self, client, year):
        client.force_login(someone("Nadine").user)
        answer = client.get(at(year))
        assert answer.status_code == 403
        assert "Les simulations se font au comité exécutif" in answer.content.decode()
        assert at(year) not in client.get(reverse("reference:revision", args=["2025-2026", 1])).content.decode()

    @pytest.mark.parametrize("number", [1, 9])
    def test_a_revision_that_is_not_there_is_no_page(self, coordinator, year, number):
        assert coordinator.get(reverse("charter:simulation", args=["2031-2032", number])).status_code == 404


class TestKeeping:
    def test_the_rate_one_tries_becomes_a_scenario(self, coordinator, year):
        answer = coordinator.post(at(year, "scenario_start"), {"nom": "Hausse", "taux": "290,00 $"})
        made = Scenario.objects.get()
        assert answer.url == at(year, "scenario", made.pk)
        assert made.values == {DAY: "290.00"}

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"nom": "", "taux": "290"}, "Donnez un nom"),
            ({"nom": "Hausse", "taux": "x"}, "Écrivez un montant"),
            ({"nom": "Baisse", "taux": "100"}, "dépasse la journée"),
        ],
    )
    def test_what_is_refused_keeps_what_was_typed(self, coordinator, year, typed, said):
        answer = coordinator.post(at(year, "scenario_start"), typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert f'value="{typed["taux"]}"' in page
        assert not Scenario.objects.exists()

    def test_removing_is_undone_from_the_next_page(self, coordinator, year):
        made = scenario(year)
        answer = coordinator.post(at(year, "scenario_removal", made.pk), follow=True)
        undo = at(year, "scenario_removal_undo", made.pk)
        assert undo in answer.content.decode()
        assert coordinator.get(at(year, "scenario", made.pk)).status_code == 404
        coordinator.post(undo)
        assert coordinator.get(at(year, "scenario", made.pk)).status_code == 200


class TestChangingItsRules:
    def test_what_is_typed_is_kept_and_an_empty_field_goes_back(self, coordinator, year):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        typed = {"nom": "Autre", "version": 1, f"value-{DAY}": "", "value-type.supported.yearly-days": "6,5"}
        coordinator.post(at(year, "scenario_edit", made.pk), typed)
        found = Scenario.objects.get()
        assert (found.name, found.values) == ("Autre", {"type.supported.yearly-days": "6.5"})

    def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(self, coordinator, year):
        made = scenario(year)
        typed = {"nom": "Essai", "version": 1, f"value-{DAY}": "beaucoup", f"value-{HALF}": "130"}
        answer = coordinator.post(at(year, "scenario_edit", made.pk), typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="beaucoup"' in page
        assert 'value="130"' in page
        assert 'id="error-rate_professional_day"' in page

    def test_rules_that_contradict_one_another_are_refused(self, coordinator, year):
        made = scenario(year)
        typed = {"nom": "Essai", "version": 1, f"value-{HALF}": "300"}
        answer = coordinator.post(at(year, "scenario_edit", made.pk), typed)
        assert answer.status_code == 422
        assert 'id="error-rate_professional_half-day"' in answer.content.decode()

    def test_two_at_once_see_both_values_and_then_choose(self, coordinator, year):
        made = scenario(year)
        address = at(year, "scenario_edit", made.pk)
        coordinator.post(address, {"nom": "Essai", "version": 1, f"value-{DAY}": "290"})
        answer = coordinator.post(address, {"nom": "Essai", "version": 1, f"value-{DAY}": "300"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert 'value="300"' in page
        assert "Enregistré" in page
        assert 'name="version" value="2"' in page
        coordinator.post(address, {"nom": "Essai", "version": 2, f"value-{DAY}": "300"})
        assert Scenario.objects.get().values == {DAY: "300.00"}


class TestWhatItDoes:
    def test_the_plan_of_the_year_is_weighed_at_once(self, coordinator, year, plan):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        page = coordinator.get(at(year, "scenario", made.pk)).content.decode()
        assert money("2 700 $") in page  # Camille 5 × 280, Dominique 5 × 260
        assert money("+50,00 $") in page

    @pytest.mark.parametrize("dimension", ["centre", "communaute", "categorie", "poste"])
    def test_every_way_of_adding_up_comes_to_the_same(self, coordinator, year, budget, dimension):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        simulated(year, made)
        page = coordinator.get(at(year, "scenario", made.pk), {"sur": "presences", "par": dimension}).content.decode()
        foot = page[page.rindex("<tfoot>", 0, page.index("Présences validées")) :]
        assert money("+50,00 $") in foot[: foot.index("</tfoot>")]

    def test_attendance_not_yet_run_asks_for_it(self, coordinator, year):
        page = coordinator.get(at(year, "scenario", scenario(year).pk), {"sur": "presences"}).content.decode()
        assert "Calculer sur 2024-2025" in page

    def test_running_leads_back_to_the_result(self, coordinator, year):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        answer = coordinator.post(at(year, "scenario_run", made.pk), {"sur": "presences"}, follow=True)
        page = answer.content.decode()
        assert "La simulation est à jour" in page
        assert money("1 850 $") in page

    def test_a_long_run_shows_where_it_stands_and_goes_on_without_javascript(self, coordinator, year, monkeypatch):
        monkeypatch.setattr("cordee.charter.actions.simulations.PART_SIZE", 1)
        monkeypatch.setattr(scenario_views, "STEP_SECONDS", 0.0)
        made = scenario(year)
        page = coordinator.post(at(year, "scenario_run", made.pk), {"sur": "presences"}, follow=True).content.decode()
        assert "présences sur 9" in page
        assert "Continuer" in page
        part = coordinator.post(at(year, "scenario_run", made.pk), headers={"HX-Request": "true"})
        assert "présences sur 9" in part.content.decode() or part.headers.get("HX-Redirect")

    def test_rules_changed_since_are_said(self, coordinator, year):
        made = scenario(year)
        simulated(year, made)
        coordinator.post(at(year, "scenario_edit", made.pk), {"nom": "Essai", "version": 1, f"value-{DAY}": "290"})
        page = coordinator.get(at(year, "scenario", made.pk), {"sur": "presences"}).content.decode()
        assert "Des règles ont changé depuis ce calcul" in page

    def test_one_scenario_is_compared_with_another(self, coordinator, year, plan):
        low = scenario(year, "Bas", **{DAY.replace(".", "_"): "270.00"})
        high = scenario(year, "Haut", **{DAY.replace(".", "_"): "290.00"})
        page = coordinator.get(at(year, "scenario", high.pk), {"face": low.pk}).content.decode()
        assert money("+100,00 $") in page
        assert "Comparé à «" in page

    def test_the_workbook_adds_up(self, coordinator, year, plan, budget):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        answer = coordinator.get(at(year, "scenario_xlsx", made.pk))
        book = load_workbook(BytesIO(answer.content))
        assert len(book.sheetnames) == 6
        rows = [row for row in book["Par centre"].iter_rows(values_only=True) if row[0] == "862000"]
        assert rows == [("862000", 2700, 2750, 50)]

    def test_without_a_result_there_is_no_workbook(self, coordinator, year):
        made = scenario(year)
        answer = coordinator.get(at(year, "scenario_xlsx", made.pk), {"sur": "presences"})
        assert answer.status_code == 302
