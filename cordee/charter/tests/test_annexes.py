"""The annexes come from live data: what the year holds, and totals that are those of their lines."""

import pytest
from django.urls import reverse
from django.utils import translation

from cordee.charter.exports import annexes
from cordee.charter.tests import world
from cordee.reference.tests.drafts import person, signed_in
from cordee.toolkit.testing.worlds import kept
from cordee.values.school_year import SchoolYear

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
YEAR = SchoolYear(2024)


@kept
def tables():
    world.live_data()
    return {table.name: table for table in annexes(["projects", "communities", "budget", "rates"], YEAR)}


def texts(table):
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_a_year_without_data_has_no_annex_and_what_is_no_annex_is_left_to_others(db):
    assert [*annexes(["projects", "communities", "budget", "rates"], YEAR)] == []


def test_the_projects_give_each_objective_and_by_when(tables):
    rows = texts(tables["projects"])
    assert len(rows) == 25
    assert rows[0][0] == "1. Lecture et écriture"
    assert [row[1] for row in rows if row[3] == "—"] == ["Global", "1", "2"]
    assert rows[0][3] == "juin 2026"


def test_what_has_no_english_stays_french_and_says_so(tables):
    with translation.override("en"):
        (table,) = annexes(["communities"], YEAR)
    assert {row[2].lang for row in table.rows} == {"fr"}


def test_the_communities_of_the_year_stand_by_type_those_under_way_first(tables):
    rows = texts(tables["communities"])
    assert [*dict.fromkeys(row[0] for row in rows)] == [
        "Projet stratégique",
        "Nouvel encadrement",
        "Réseautage",
        "Priorité 32",
    ]
    supported = [row[3] for row in rows if row[0] == "Nouvel encadrement"]
    assert supported == ["En cours"] + ["À venir"] * 7
    assert len([row for row in rows if row[0] == "Réseautage"]) == 16


def test_a_total_of_the_budget_is_that_of_its_lines_and_a_published_one_that_differs_says_by_how_much(tables):
    rows = {row[1].replace("\u00a0", " "): row[2:] for row in texts(tables["budget"])}
    assert plain(rows["Total des dépenses"]) == ("428 000,00 $", "243 040,00 $", "671 040,00 $")
    assert plain(rows["Total publié, écart de −22 400,00 $"])[2] == "648 640,00 $"
    assert plain(rows["Revenus moins dépenses"])[2] == "−3 952,00 $"
    assert plain(rows["Total des revenus"])[2] == "667 088,00 $"


def plain(cells):
    return tuple(cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in cells)


def test_totals_stand_out(tables):
    budget = tables["budget"]
    assert [budget.rows[at][1].text for at in sorted(budget.strong)] == [
        "Total des revenus",
        "Total des dépenses",
        "Revenus moins dépenses",
        "Allocation moins ses dépenses",
        "Total alloué aux centres",
    ]


def test_the_page_of_the_cadre_shows_its_annexes(client, tables, clock):
    clock(world.MARCH)
    world.in_force()
    page = signed_in(client, person("Delphine")).get(reverse("reference:edition", args=["2024-2025"]))
    shown = page.content.decode()
    assert "37-Bien-être" in shown
    assert "Ergothérapeutes" in shown
    assert "n’a rien à montrer cette année" not in shown
