"""What the running text cites and embeds, and the two levels of what is wrong in a draft."""

import pytest

from cordee.reference.rulebook import ERROR, OPEN, Rule, open_points, parse_edition, problems_of
from cordee.reference.rulebook.prose import EMBEDS, Part, citing, parts_of
from cordee.reference.tests.test_load_edition import TEXT
from cordee.values.school_year import SchoolYear

YEAR = SchoolYear(2024)
HELD = (Rule("article.18.1", "text", "Montants", article="18.1"), Rule("cap.fees", "money", "2.00", "", "", "F", "F"))


def faults(prose: str) -> list[str]:
    rules = (*HELD, Rule("prose.one", "prose", prose))
    return [str(found).replace("\xa0", " ") for found in problems_of(rules, year=YEAR)]


@pytest.mark.parametrize("prose", ["Voir [[18.1]].", "Au plus [[cap.fees]]", "[[ cap.fees ]]", "[un](https://x.test)"])
def test_what_is_cited_exists(prose):
    assert faults(prose) == []


@pytest.mark.parametrize("cited", ["18.2", "cap.fee", "article", "18.1#"])
def test_a_citation_that_leads_nowhere_is_an_error(cited):
    assert faults(f"Voir [[{cited}]] et [[{cited}]].") == [
        f"« prose.one » cite « {cited} », que ce cadre ne contient pas."
    ]


def test_a_table_nobody_knows_is_an_error_and_those_there_are_are_named():
    (said,) = faults("{{ tarifs }}")
    assert "« tarifs »" in said
    assert all(name in said for name in EMBEDS)
    assert faults("\n\n".join(f"{{{{ {name} }}}}" for name in EMBEDS)) == []


def test_a_table_stands_alone_on_its_line():
    assert parts_of("Un\n\n{{ rates }}\n\nDeux {{ rates }}") == [
        Part(text="Un"),
        Part(embed="rates"),
        Part(text="Deux {{ rates }}"),
    ]


def test_who_cites_a_rule_is_known():
    rules = (*HELD, Rule("prose.one", "prose", "[[18.1]]"), Rule("prose.two", "prose", "[[cap.fees]]"))
    assert [rule.key for rule in citing(rules, {"cap.fees"})] == ["prose.two"]
    assert [rule.key for rule in citing(rules, {"article.18.1"})] == ["prose.one"]


def test_a_seat_without_a_term_is_an_error():
    seat = Rule("body.executive.seat.chair", "count", "2", "", "", "S", "S")
    assert any("durée de mandat" in str(found) for found in problems_of([seat], year=YEAR))
    term = Rule("mandate.years", "count", "2", "", "", "D", "D")
    assert problems_of([seat, term], year=YEAR) == []


def test_a_step_without_its_act_is_an_error_and_so_is_an_act_nobody_knows():
    body = Rule("adoption.1.body", "choice", "executive")
    assert [found.key for found in problems_of([body], year=YEAR)] == ["adoption.1.act"]
    wrong = Rule("adoption.1.act", "choice", "sleep")
    assert any("choix inconnu" in str(found) for found in problems_of([body, wrong], year=YEAR))


def test_an_interpretation_is_to_settle_and_no_error():
    rules = parse_edition(TEXT).rules
    left = open_points(rules)
    assert {found.key for found in left} == {rule.key for rule in rules if rule.interpretation}
    assert {found.level for found in left} == {OPEN}
    assert {found.level for found in problems_of(rules, year=SchoolYear(2023))} == {ERROR}


def test_every_article_of_the_supplied_edition_that_opens_a_section_of_rules_is_told_in_words():
    edition = parse_edition(TEXT)
    told = {rule.article for rule in edition.rules if rule.kind == "prose"}
    assert {"1", "4", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "A"} <= told


def test_each_row_of_the_timeline_has_its_day_its_role_and_how_it_is_done():
    book = parse_edition(TEXT).rulebook
    rows = book.branches("timeline")
    assert len(rows) == 7
    for row in rows:
        assert book.date(f"timeline.{row}.due") in book.year
        assert book.choice(f"timeline.{row}.role")
        assert book.choice(f"timeline.{row}.done-by")


def test_the_steps_of_adoption_and_of_a_correction_are_data():
    book = parse_edition(TEXT).rulebook
    steps = [
        (book.choice(f"adoption.{at}.body"), book.choice(f"adoption.{at}.act")) for at in book.branches("adoption")
    ]
    assert steps == [("executive", "draft"), ("managers", "validate"), ("tdg", "approve")]
    assert [book.choice(f"correction.{at}.body") for at in book.branches("correction")] == ["executive", "tdg"]
