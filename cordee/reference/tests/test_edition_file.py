"""A reviewed file that says something wrong is refused, each fault with its line, and nothing is loaded."""

import pytest
from django.core.management import CommandError, call_command

from cordee.reference.actions import FaultyEdition, load_edition
from cordee.reference.management.commands.load_edition import EDITIONS
from cordee.reference.models import Edition
from cordee.reference.rulebook import UnreadableEdition, parse_edition
from cordee.reference.tests.test_load_edition import ON, TEXT

SMALL = """[edition]
year = "2024-2025"
revision = 1
effective_from = 2024-07-01
updated = 2024-09-12

[[article]]
number = "18.1"
source = "Budget"
fr = "Montants"
en = "Amounts"
rules = [
  { key = "rate.member-resource.day", money = "250.00", fr = "Ressource", en = "Resource" },
  { key = "body.executive.meetings-max", count = 10, fr = "Rencontres", en = "Meetings" },
]
"""
RATE, COUNT = 13, 14  # the lines of the two rules
OF_THE_RULE = [
    ('money = "250.00"', "money = 250.00", RATE, "ne s’écrit pas ainsi"),
    ('money = "250.00"', 'money = "250"', 0, ""),
    ('money = "250.00"', 'money = "250,00"', RATE, "ne peut pas valoir"),
    ('money = "250.00"', 'money = "-1.00"', RATE, "ne peut pas valoir"),
    ('money = "250.00"', 'money = "250.00", days = 2', RATE, "plusieurs valeurs"),
    ('money = "250.00"', 'mony = "250.00"', RATE, "ne prend pas de « mony »"),
    ("count = 10", 'count = "10"', COUNT, "ne s’écrit pas ainsi"),
    ("count = 10", "count = true", COUNT, "ne s’écrit pas ainsi"),
    ("count = 10", "count = 10.5", COUNT, "ne s’écrit pas ainsi"),
    ("count = 10", "date = 2024-10-08T10:00:00", COUNT, "ne s’écrit pas ainsi"),
    ("count = 10", "date = 2023-10-08", COUNT, "hors de l’année 2024-2025"),
    ("count = 10", "flag = 1", COUNT, "ne s’écrit pas ainsi"),
    ('fr = "Rencontres"', "fr = 3", COUNT, "n’est pas un texte"),
    ('fr = "Rencontres", ', "", COUNT, "nom dans les deux langues"),
    ('fr = "Rencontres"', 'fr = "Rencontres", opne = "?"', COUNT, "ne prend pas de « opne »"),
    ("body.executive.meetings-max", "rate.member-resource.day", COUNT, "écrite 2 fois"),
    ("body.executive.meetings-max", "Rencontres", COUNT, "n’est pas une clé"),
]
OF_THE_HEADER = [
    ("[edition]", "[edition", 1),
    ("revision = 1", "revision = ", 3),
    ("[edition]", "[editions]", "editions"),
    ("[[article]]", "[[articles]]", "articles"),
    ("[[article]]", "[article]", "article"),
    ("revision = 1\n", "", "revision"),
    ("revision = 1", 'revision = "1"', "revision"),
    ("revision = 1", "revision = 0", "revision"),
    ("updated = 2024-09-12", "updated = 2024-09-12T08:00:00", "updated"),
    ("updated", "updatd", "updatd"),
    ('year = "2024-2025"', 'year = "2024-2026"', "year"),
]


def faults(text: str) -> list[tuple[int, str]]:
    return [(problem.line, str(problem).replace("\xa0", " ")) for problem in parse_edition(text).problems]


def test_the_small_edition_is_in_order():
    assert faults(SMALL) == []


@pytest.mark.parametrize(("right", "wrong", "line", "says"), OF_THE_RULE)
def test_a_fault_of_a_rule_is_named_with_its_line(right, wrong, line, says):
    found = faults(SMALL.replace(right, wrong))
    assert any(at == line and says in sentence for at, sentence in found) if line else found == []


@pytest.mark.parametrize(("right", "wrong", "named"), OF_THE_HEADER)
def test_a_file_without_its_shape_cannot_be_read_and_says_where(right, wrong, named):
    with pytest.raises(UnreadableEdition) as refused:
        parse_edition(SMALL.replace(right, wrong, 1))
    assert named in refused.value.values.values()


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 20_000, f"a = {'9' * 5000}", 'a = "\\ud800"', 'a = "\x00"', "<html>", "%PDF-1.7"],
    ids=["brackets without end", "a number without end", "half a character", "the null character", "a page", "a PDF"],
)
def test_a_file_of_a_hostile_hand_is_said_to_be_no_toml(text):
    with pytest.raises(UnreadableEdition, match="TOML"):
        parse_edition(text)


def test_an_article_written_twice_is_refused_at_its_second_line():
    again = SMALL + SMALL[SMALL.index("[[article]]") : SMALL.index("rules")]
    assert faults(again) == [(17, "L’article « article.18.1 » est écrit 2 fois.")]


def test_an_article_without_its_title_is_refused():
    assert (8, "« en » de « article.18.1 » n’est pas un texte.") in faults(SMALL.replace('en = "Amounts"\n', ""))


def test_rules_that_are_no_list_of_rules_are_refused():
    assert (8, "Les règles de « article.18.1 » ne sont pas une liste de règles.") in faults(
        SMALL.replace("rules = [", 'rules = [ "rate.professional.day",')
    )


def test_the_rules_of_another_year_are_refused():
    assert "La date d’effet 2025-07-01 est hors de l’année 2024-2025." in [
        sentence for _line, sentence in faults(SMALL.replace("effective_from = 2024", "effective_from = 2025"))
    ]
    other = {sentence for _line, sentence in faults(TEXT.replace('year = "2024-2025"', 'year = "2025-2026"'))}
    assert "La date de « period.mid-year.from » est hors de l’année 2025-2026." in other


@pytest.mark.django_db
def test_every_fault_is_told_with_its_line_and_nothing_is_loaded():
    wrong = TEXT.replace('money = "280.00"', "money = 280.00", 1).replace("minutes = 270", 'minutes = "270"', 1)
    with pytest.raises(FaultyEdition) as refused:
        load_edition(wrong, by=None, on=ON)
    lines = [at for at, line in enumerate(wrong.split("\n"), 1) if "280.00," in line or '"270"' in line]
    assert len(lines) == 2
    assert all(f"Ligne {line}\xa0:" in str(refused.value) for line in lines)
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_the_command_says_the_line_of_what_is_no_toml(tmp_path):
    file = tmp_path / "edition.toml"
    file.write_text(TEXT.replace("count = 10,", "count = dix,"), encoding="utf-8")
    line = next(at for at, text in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if "= dix" in text)
    with pytest.raises(CommandError, match=f"ligne {line}"):
        call_command("load_edition", str(file))
    assert not Edition.objects.exists()


def test_each_supplied_edition_is_of_the_year_it_is_named_after_and_in_order():
    for path in EDITIONS.glob("*.toml"):
        edition = parse_edition(path.read_text(encoding="utf-8"))
        assert (str(edition.year), edition.problems) == (path.stem, ())
