"""The cadre as it is read: every rule under its own anchor, by section, what is open marked so."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cordee.people.models import Person, User
from cordee.reference.actions import load_edition, put_in_force
from cordee.reference.management.commands.load_edition import EDITIONS
from cordee.reference.rulebook import Rule, parse_edition
from cordee.reference.tests.test_load_edition import ON, START, TEXT, load
from cordee.reference.views.reading import ShownArticle, sections_of
from cordee.reference.wording import CHOICES, in_words

YEAR = "2024-2025"
EDITION = parse_edition(TEXT)
RULES = [rule for rule in EDITION.rules if not rule.key.startswith("article.")]


@pytest.fixture
def page(client, db):
    """The page someone with no duty at all opens."""
    person = Person.objects.create(first_name="Charlie", last_name="Test", email="charlie@exemple.test")
    client.force_login(User.objects.create(email=person.email, person=person))
    put_in_force(revision=load(), effective_from=START, by=None, on=ON)
    return lambda query="": client.get(reverse("reference:edition", args=[YEAR]) + query).content.decode()


def article(number: str) -> ShownArticle:
    return next(one for section in sections_of(EDITION.rules) for one in section.articles if one.number == number)


def anchors(html: str) -> list[str]:
    return re.findall(r'id="rule-([^"]+)"', html)


def test_every_rule_has_its_anchor_once_and_in_the_order_of_the_document(page):
    assert anchors(page()) == [rule.key for rule in RULES]


def test_the_contents_lead_to_every_section(page):
    html = page()
    contents = html[html.index('<nav class="toc') : html.index("</nav>", html.index('<nav class="toc'))]
    linked = re.findall(r'href="#(art-[^"]+)"', contents)
    assert linked == [f"art-{number}" for number in ("i", "ii", "iii", "iv", "v", *range(1, 19), "a")]
    assert all(html.count(f'id="{anchor}"') == 1 for anchor in (*linked, "art-14-2", "art-18-1"))


def test_only_what_is_open_can_be_shown(page):
    assert anchors(page("?vue=interpretations")) == [rule.key for rule in RULES if rule.interpretation]


def test_an_interpretation_says_what_the_cadre_leaves_open(page):
    html = page()
    at = html.index('id="rule-rate.teacher.half-day"')
    said = html[at : html.index("</div>", at)]
    assert "Interprétation" in said
    assert "Le cadre ne fixe la demi-journée que pour le personnel professionnel" in said


def test_in_english_names_are_english_and_what_stays_french_says_so(page, client):
    client.cookies["langue"] = "en"
    html = page()
    at = html.index('id="rule-principle.1"')
    assert '<dd lang="fr">Élaborer un plan d’action concerté' in html[at : html.index("</div>", at)]
    with translation.override("en"):
        rates = article("18.1").subjects[0]
    assert (rates.name, [shown.label for shown in rates.rules]) == ("Professionals", ["Per day", "Per half day"])


def test_rules_in_a_row_about_one_thing_stand_under_its_name():
    first, second = article("14.2").subjects[:2]
    assert (first.name, second.name) == ("Projet stratégique", "Nouvel encadrement")
    assert first.rules[0].label == "Contribution RH redistribuée"


def test_an_abbreviation_is_spelled_out_where_an_article_first_uses_it(page):
    html = page()
    principles = html[html.index('id="art-6"') : html.index('id="art-7"')]
    assert principles.count('<abbr title="Plan d’engagement vers la réussite" lang="fr">PEVR</abbr>') == 1


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("minutes", "90", "90 minutes"),
        ("minutes", "135", "2 h 15"),
        ("minutes", "360", "6 h"),
        ("days", "2.5", "2,5 jours"),
        ("days", "1", "1 jour"),
        ("money", "280.00", "280,00 $"),
        ("flag", "false", "Non"),
        ("count", "2027", "2027"),
        ("choice", "in-person", "En présence"),
        ("choice", "Montérégie", "Montérégie"),
        ("date", "2025-06-01", "1er juin 2025"),
    ],
)
def test_a_value_is_written_as_the_cadre_writes_it(kind, value, said):
    assert in_words(Rule("rule.one", kind, value)).replace("\xa0", " ") == said


def test_no_choice_of_a_supplied_edition_is_shown_as_code():
    for path in EDITIONS.glob("*.toml"):
        for rule in parse_edition(path.read_text(encoding="utf-8")).rules:
            if rule.kind == "choice" and re.fullmatch("[a-z0-9-]+", rule.value):
                assert rule.value in CHOICES, rule.key


def test_a_draft_does_not_hide_what_is_in_force(page):
    load_edition(
        TEXT.replace("revision = 1", "revision = 2").replace('"280.00"', '"290.00"'), by=None, on=date(2025, 1, 6)
    )
    html = page()
    assert "280,00" in html
    assert "290,00" not in html


def test_the_text_of_an_article_shows_the_rules_it_cites_and_leads_to_them(page):
    html = page()
    at = html.index('id="rule-prose.half-day"')
    assert '<a href="#rule-rate.professional.half-day">140,00\xa0$</a> par demi-journée' in html[at : at + 400]
    assert '<a href="#art-17-2">17.2</a>' in html


def test_an_article_embeds_a_table_of_its_rules_and_keeps_them_one_by_one_under_a_fold(page):
    html = page()
    rates = html[html.index('id="art-18-1"') : html.index('id="art-18-2"')]
    assert re.search(r'<th scope="row">Professionnelles et professionnels</th><td class="num">280,00\xa0\$', rates)
    assert rates.index("</table>") < rates.index("<details") < rates.index('id="rule-rate.professional.day"')


def test_a_table_nobody_gives_is_said_to_have_nothing_to_show():
    head = next(section.head for section in sections_of(EDITION.rules) if section.head.number == "18")
    assert [piece.missing for text in head.texts for piece in text.pieces] == [""]
    annexes = next(section.head for section in sections_of(EDITION.rules) if section.head.number == "A")
    assert [piece.missing for text in annexes.texts for piece in text.pieces if piece.missing] == [
        "projects",
        "communities",
        "budget",
    ]
