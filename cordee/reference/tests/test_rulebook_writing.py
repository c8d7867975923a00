"""Any edition, sound or not, is written and read back the same; the reviewed files are what the writer writes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.reference.management.commands.load_edition import EDITIONS
from cordee.reference.rulebook import KINDS, Edition, Rule, parse_edition
from cordee.reference.rulebook.writing import write_edition
from cordee.values.school_year import SchoolYear

QUICK = settings(derandomize=True, max_examples=150, deadline=None, database=None)
# Every character TOML can hold, the awkward ones often.
characters = st.one_of(
    st.sampled_from('"\\\n\t\r«’\u00a0#[]{}=,\x00\x7f\u2028'),
    st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF),
)
texts = st.text(characters, max_size=30)
values = texts.map(str.strip)
keys = st.from_regex(r"[a-z]{1,5}(\.[a-z0-9-]{1,5}){1,2}", fullmatch=True).filter(lambda key: not key.startswith("art"))
sound = {
    "money": st.integers(0, 10**7).map(lambda cents: f"{cents // 100}.{cents % 100:02d}"),
    "days": st.integers(0, 400).map(lambda halves: f"{halves // 2}.5" if halves % 2 else str(halves // 2)),
    "minutes": st.integers(0, 10**6).map(str),
    "count": st.integers(0, 10**6).map(str),
    "date": st.dates().map(date.isoformat),
    "flag": st.sampled_from(["true", "false"]),
    "choice": values,
    "text": values,
    "prose": values,
}


@st.composite
def rule_of(draw, number: str, source: str) -> Rule:
    kind = draw(st.sampled_from(KINDS))
    value = draw(st.one_of(sound[kind], values))
    own = draw(st.one_of(st.just(source), texts))
    interpretation, note = draw(st.booleans()), draw(texts)
    return Rule(draw(keys), kind, value, own, number, draw(texts), draw(texts), interpretation, note)


@st.composite
def rules(draw) -> tuple[Rule, ...]:
    found: list[Rule] = []
    for number in draw(st.lists(st.from_regex(r"[A-Z0-9]{1,3}(\.[0-9])?", fullmatch=True), max_size=4)):
        source, fr, en = draw(texts), draw(texts), draw(texts)
        found.append(Rule(f"article.{number.lower()}", "text", fr.strip(), source, number, fr, en))
        found += draw(st.lists(rule_of(number, source), max_size=4))
    return tuple(found)


def heading_as_read(rule: Rule) -> Rule:
    """The title of an article is read as it is written."""
    return Rule(rule.key, "text", rule.label_fr, rule.source, rule.article, rule.label_fr, rule.label_en)


def written(edition: Edition) -> str:
    return write_edition(
        edition.rules,
        year=edition.year,
        revision=edition.revision,
        effective_from=edition.effective_from,
        updated=edition.updated,
    )


@QUICK
@given(rules(), st.integers(2000, 2090), st.integers(1, 999), st.dates(date(1, 1, 1)), st.dates(date(1, 1, 1)))
def test_any_edition_comes_back_the_same_and_is_written_the_same(found, first, number, start, updated):
    found = tuple(heading_as_read(rule) if rule.key.startswith("article.") else rule for rule in found)
    year = SchoolYear(first)
    text = write_edition(found, year=year, revision=number, effective_from=start, updated=updated)
    again = parse_edition(text)
    assert again.rules == found
    assert (again.year, again.revision, again.effective_from, again.updated) == (year, number, start, updated)
    assert written(again) == text


@pytest.mark.parametrize("path", sorted(EDITIONS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_reviewed_file_is_the_canonical_one_byte_for_byte(path):
    text = path.read_bytes().decode()
    assert written(parse_edition(text)) == text


def test_prose_is_written_on_its_own_lines():
    rules = (
        Rule("article.1", "text", "A", "S", "1", "A", "A"),
        Rule("prose.a", "prose", 'Un\n\n- deux """ \\', "S", "1"),
    )
    text = write_edition(
        rules, year=SchoolYear(2024), revision=1, effective_from=date(2024, 7, 1), updated=date(2024, 7, 1)
    )
    assert 'prose = """\nUn\n\n- deux ""\\" \\\\\n"""' in text
    assert parse_edition(text).rules == rules
