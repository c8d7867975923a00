"""The home page of each person: what awaits them, late first, what they may see, and what they did."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.home.demo.personas import personas
from cordee.home.demo.year import TODAY

pytestmark = pytest.mark.django_db
WHO = [
    "coordonnatrice",
    "secretaire",
    "tresorier",
    "facturation",
    "facturation-riverside",
    "responsable",
    "repondante",
    "participante",
    "direction",
]


@pytest.fixture
def home(year, client, clock):
    clock(TODAY)

    def opened(key, address="/"):
        person = next(persona.person for persona in personas() if persona.key == key)
        client.force_login(get_user_model().objects.get(person=person))
        return client.get(address).content.decode()

    return opened


@pytest.mark.parametrize("who", WHO)
def test_everyone_has_a_home_within_the_limit_of_queries(home, client, who):
    home(who)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/")
    assert len(asked) <= 12, "\n".join(query["sql"][:150] for query in asked)


def test_the_coordinator_is_told_what_matters_in_one_sentence(home):
    page = home("coordonnatrice")
    assert "Les réclamations ferment <strong>dans 10 jours</strong>; 8 organisations sur 15" in page
    assert "Planifier une rencontre" in page


def test_late_comes_first_with_its_filled_action(home):
    page = home("repondante")
    late = page.index("En retard")
    assert "btn go" in page[late:]
    assert "jours de retard" in page[late:]


def test_the_budget_is_for_who_sees_every_claim(home):
    assert "Contributions RH 2024-2025" in home("tresorier")
    assert "Contributions RH 2024-2025" not in home("facturation")
    assert "Contributions RH 2024-2025" not in home("participante")


def test_a_participant_sees_what_was_counted_for_them(home):
    page = home("participante")
    assert "Mes présences" in page
    assert "Planifier une rencontre" not in page


def test_months_are_written_small_in_french(home):
    page = home("participante")
    assert "</b>mars</time>" in page
    assert "Jan<" not in page


def test_the_deadlines_of_one_day_are_one_step(home):
    page = home("participante")
    assert page.count("30–31 janvier") == 1
    assert "Réclamations de mi-année, facture au ministère, bilan de mi-année" in page


def test_what_one_did_is_listed_and_only_that(home):
    page = home("secretaire", "/fait/")
    assert "Réclamation vérifiée" in page
    assert "Réclamation approuvée" not in page
    assert "Rien de fait" in home("participante", "/fait/")


def test_before_any_edition_the_home_still_opens(client, clock):
    from cordee.meetings.tests import factory

    clock(date(2031, 1, 20))
    client.force_login(factory.person("Alice").user)
    assert "Rien à faire" in client.get("/").content.decode()
