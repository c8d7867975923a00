"""What the product explains where it uses it, and what the search finds in the framework."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from cordee.reference.terms import terms_of, terms_on
from cordee.reference.tests.drafts import in_force, person
from cordee.toolkit import clock
from cordee.toolkit.contributions import search

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 20)


def drawn(source: str, **values: str) -> str:
    context = Context({"request": RequestFactory().get("/"), **values})
    return Template("{% load terms %}" + source).render(context)


@pytest.fixture
def today():
    in_force()
    with clock.standing_at(clock.at(DAY, clock.now().time())):
        yield


def test_a_type_of_community_and_a_role_carry_what_the_glossary_says(today):
    html = drawn("{% term code words %}", code="supported", words="Nouvel encadrement")
    assert html.startswith('<abbr title="Communauté professionnelle visant la réflexion')
    assert html.endswith(">Nouvel encadrement</abbr>")
    assert drawn("{% term code words %}", code="body", words="Une <instance>") == "Une &lt;instance&gt;"


def test_an_abbreviation_is_spelled_out_once_in_a_text(today):
    html = drawn("{% explain text %}", text="18-TC-TRP, TC et TCX")
    assert html.count("<abbr") == 2
    assert 'title="Trouble du comportement" lang="fr">TC</abbr>' in html
    assert html.endswith(", TC et TCX")


def test_a_page_asks_once_for_every_term(today, django_assert_num_queries):
    with django_assert_num_queries(1):
        drawn("{% term 'supported' 'a' %}{% term 'liaison' 'b' %}{% explain 'TES' %}")


def test_where_no_framework_is_in_force_nothing_is_explained():
    assert terms_on(DAY).inside("TES") == "TES"
    assert terms_of([]).of("supported", "a") == "a"


def test_the_search_of_the_house_leads_to_a_rule(today):
    found = search.collect(person("Charlie"), on=DAY, words="honoraires personne-ressource")
    assert "rule-cap.outside-resource-fees" in [one.url.partition("#")[2] for one in found if one.kind == "Cadre"]
    assert search.collect(person("Alix"), on=DAY, words="zzzz") == []
