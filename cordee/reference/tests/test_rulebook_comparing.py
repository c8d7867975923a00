"""A year carried to the next, and what differs between two revisions."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.reference.rulebook import Rule, Rulebook, parse_edition, problems_of
from cordee.reference.rulebook.comparing import ADDED, KEPT, REMOVED, Run, by_word, compare, together
from cordee.reference.rulebook.copying import carried
from cordee.reference.rulebook.pasted import clean
from cordee.reference.tests.test_load_edition import TEXT
from cordee.values.school_year import SchoolYear

QUICK = settings(derandomize=True, max_examples=100, deadline=None, database=None)
THIS, NEXT = SchoolYear(2024), SchoolYear(2025)
RULES = parse_edition(TEXT).rules


def book(rules: tuple[Rule, ...], year: SchoolYear = THIS, number: int = 1) -> Rulebook:
    return Rulebook(year, number, year.start, rules)


def test_the_next_year_begins_with_the_dates_of_this_one_a_year_later_and_is_in_order():
    following = carried(RULES, start=THIS, end=NEXT)
    held = book(following, NEXT)
    assert held.date("period.mid-year.due") == date(2026, 1, 30)
    assert held.text("annex.2") == "Communautés de pratique en 2025-2026"
    assert held.count("project.last-year") == 2027
    assert problems_of(following, year=NEXT) == []
    assert [rule.key for rule in following] == [rule.key for rule in RULES]


def test_a_year_carried_and_nothing_more_shows_no_change():
    assert compare(book(RULES), book(carried(RULES, start=THIS, end=NEXT), NEXT)) == []


def test_29_february_becomes_the_28th():
    (rule,) = carried([Rule("deadline.one", "date", "2024-02-29")], start=SchoolYear(2023), end=THIS)
    assert rule.value == "2025-02-28"


def test_a_change_says_what_of_the_rule_differs():
    before = (Rule("a.one", "money", "280.00", label_fr="Un"), Rule("a.two", "text", "x"), Rule("a.four", "text", "z"))
    after = (Rule("a.one", "money", "290.00", label_fr="Un"), Rule("a.three", "text", "y"), Rule("a.four", "text", "z"))
    found = compare(book(before), book(after))
    assert [(change.key, change.before is None, change.after is None) for change in found] == [
        ("a.one", False, False),
        ("a.two", False, True),
        ("a.three", True, False),
    ]
    assert found[0].fields == ("value",)
    assert [rule.key for rule in together(book(before), book(after))] == ["a.one", "a.two", "a.three", "a.four"]


@QUICK
@given(st.text(max_size=60), st.text(max_size=60))
def test_two_texts_marked_by_word_hold_both(before, after):
    runs = by_word(before, after)
    assert "".join(run.text for run in runs if run.kind != ADDED) == before
    assert "".join(run.text for run in runs if run.kind != REMOVED) == after
    assert all(run.text for run in runs)


def test_a_word_that_changes_is_marked_alone_and_texts_that_share_little_one_after_the_other():
    assert by_word("Un maximum de 5 jours", "Un maximum de 6 jours") == [
        Run(KEPT, "Un maximum de "),
        Run(REMOVED, "5"),
        Run(ADDED, "6"),
        Run(KEPT, " jours"),
    ]
    assert [run.kind for run in by_word("Le chat dort.", "Cent francs exactement")] == [REMOVED, ADDED]


WORD = """<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p.MsoNormal {margin:0}</style>
<p class=MsoNormal>La <b>demi-journée</b> vaut&nbsp;la <i>moitié</i><o:p></o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span>·<span>      </span></span><![endif]>premier</p>
<ol><li>un</li><li>deux</li></ol><h2>Titre</h2>
<table><tr><td>A</td><td>B</td></tr></table><p>Voir <a href="https://exemple.test/">la page</a></p>"""


def test_a_page_pasted_from_word_becomes_markdown_without_its_mess():
    found = clean(WORD)
    for said in ("La **demi-journée** vaut\xa0la *moitié*", "- premier", "1. un\n2. deux", "## Titre", "A · B"):
        assert said in found
    assert "[la page](https://exemple.test/)" in found
    assert not any(mess in found for mess in ("<", "Mso", "xml", "margin", "supportLists", "\n\n\n"))


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("Un\u00ad texte\u200b  de\tWord\r\n\r\n\r\n\r\nfin ", "Un texte de Word\n\nfin"),
        ("•\tpremier\r\n\uf0b7\tsecond\r\no\ttroisième", "- premier\n- second\n- troisième"),
        ("1.\tun\n2)\tdeux", "1. un\n2. deux"),
        ("co\u2011animer\x0bla suite", "co-animer\nla suite"),
        ("Au plus 2\xa0000\xa0$ : « oui »", "Au plus 2\xa0000\xa0$ : « oui »"),
        ("- a\n  - b\n\n| c | d |", "- a\n  - b\n\n| c | d |"),
        ("a < b et b > c", "a < b et b > c"),
    ],
)
def test_what_word_leaves_in_plain_text_is_cleaned_and_what_one_typed_stays(pasted, said):
    assert clean(pasted) == said


@QUICK
@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
