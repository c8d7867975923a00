"""docs/cadre-coverage.md is honest: each statement once, each place real, the cadre’s figures the same in the data."""

import ast
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cordee.reference.rulebook import Rule, parse_edition
from cordee.reference.rulebook.checks import WITH_A_NUMBER

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = 334
APPLIED, PARTLY, KEPT, NOT_YET = "appliquée", "en partie", "donnée", "pas encore"
EDITION = parse_edition((ROOT / "cordee/reference/editions/2024-2025.toml").read_text(encoding="utf-8"))
RULES = {rule.key: rule for rule in EDITION.rules}
# Figures of a statement that are no value of the cadre: a rank, a reference to another page, how many are named.
NOT_VALUES = {
    **{30: {"1"}, 34: {"2"}, 36: {"3"}, 57: {"2"}, 66: {"4"}},  # « Value 1 », « Tool 2 »
    **{104: {"13"}, 194: {"18"}, 324: {"2", "4"}},  # a remark, a broken reference
    **{135: {"4"}, 155: {"4"}, 156: {"4"}, 168: {"4"}},  # all four types, each named
    229: {"25"},  # 2024-25
    253: {"3"},  # the three fields of 4-1
    260: {"2"},  # the two transitions, each named
}
# Values a statement says without their figure.
NOT_STATED = {
    (75, "body.executive.staff.coordinator"),
    (75, "body.executive.staff.secretary"),
    (207, "cap.training-participants"),  # « no eligible expense »
    (211, "review.mid-year.before"),  # « janvier », read as before 1 February
    (229, "rate.professional.day"),
    (333, "type.priority-32.coordinators"),
}
# A key a pattern of the code seems to read: no staff category is called so.
NEVER_READ = {"rate.member-resource.day"}
# Lists given in the words of the cadre: each item shares a word with its own entry.
LISTS = (5, 31, 35, 37, 52, 271, 272, 273)
FRENCH = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre"]
# « May » is left out: in a sentence it is a verb, and no date of the cadre falls in it.
ENGLISH = ["january", "february", "march", "april", "", "june", "july", "august", "september", "october", "november"]
MONTHS = {name: at for names in (FRENCH, ENGLISH) for at, name in enumerate(names, 1) if name}
MONTHS |= {"décembre": 12, "december": 12, "nov": 11}
MONTH = rf"({'|'.join(MONTHS)})\b\.?"
NAMED = {
    **dict(zip(("deux", "trois", "quatre", "cinq", "sept", "huit"), (2, 3, 4, 5, 7, 8), strict=True)),
    **dict(zip(("two", "three", "four", "five", "six", "seven", "eight"), (2, 3, 4, 5, 6, 7, 8), strict=True)),
}


class Statement(NamedTuple):
    number: int
    text: str
    state: str
    places: tuple[str, ...]

    @property
    def code(self) -> list[str]:
        return [place for place in self.places if place.endswith((".py", ".html"))]

    @property
    def data(self) -> list[str]:
        return [place for place in self.places if place not in self.code]

    @property
    def rules(self) -> list[Rule]:
        return [rule for place in self.data if "#" not in place for rule in rules_at(place)]


def read_statements() -> list[Statement]:
    page = (ROOT / "docs/cadre-coverage.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.*) \| ([^|]*) \| ([^|]*) \|$", page, re.M)
    return [Statement(int(no), text, state, tuple(re.findall("`([^`]+)`", where))) for no, text, state, where in rows]


def rules_at(place: str) -> list[Rule]:
    """The rule of that key, or with `.*` all under it."""
    if place.endswith(".*"):
        return [rule for key, rule in RULES.items() if key.startswith(place[:-1])]
    return [RULES[place]] if place in RULES else []


@cache
def file_of(path: str) -> Any:
    text = (ROOT / path).read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal) if path.endswith(".json") else tomllib.loads(text)


def entry_at(place: str) -> Any:
    """`file#list/value/name`: a name goes down, a value keeps of a list what holds it. Raises `LookupError`."""
    path, _, inside = place.partition("#")
    found = file_of(path)
    for step in inside.split("/"):
        found = found[step] if isinstance(found, dict) else holding(found, step)
    return found


def holding(entries: list[Any], value: str) -> Any:
    """The entry that holds the value; for what entries are sorted by, all that do, were there only one."""
    found = [entry for entry in entries if value in [str(held) for held in scalars(entry)]]
    sorted_by = [
        entry for entry in found if isinstance(entry, dict) and value in map(entry.get, ("kind", "status", "bloc"))
    ]
    if not found:
        raise LookupError(value)
    return found[0] if len(found) == 1 and not sorted_by else found


def scalars(entry: Any) -> list[Any]:
    values = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else [entry]
    return [value for value in values if not isinstance(value, (dict, list))]


# --- figures -----------------------------------------------------------------------------------------------------


def figures(text: str) -> set[str]:
    """Every date, length and number written in a text, French or English, each in one form."""
    text, found = text.replace("\xa0", " ").lower(), set()
    for pattern, form in (
        (rf"\b(\d{{1,2}})(?:er)? {MONTH}", lambda m: f"{MONTHS[m[2]]:02}-{int(m[1]):02}"),
        (rf"\b{MONTH} (\d{{4}})\b", lambda m: f"{m[2]}-{MONTHS[m[1]]:02}"),
        (rf"\b{MONTH}", lambda m: f"mois {MONTHS[m[1]]}"),
        (r"\b(\d+) h(?: (\d{2}))?\b", lambda m: str(int(m[1]) * 60 + int(m[2] or 0))),
        (r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?", lambda m: number(m[0])),
        (rf"\b({'|'.join(NAMED)})\b", lambda m: str(NAMED[m[1]])),
    ):
        found |= {form(match) for match in re.finditer(pattern, text)}
        text = re.sub(pattern, " ", text)
    return found


def number(text: str) -> str:
    return f"{Decimal(text.replace(' ', '').replace(',', '.')).normalize():f}"


def figures_of_rule(rule: Rule) -> set[str]:
    return figures(f"{re.sub('[.-]', ' ', rule.key)} {rule.label_fr}") | figures_of_value(rule)


def figures_of_value(rule: Rule) -> set[str]:
    value = rule.read()
    if isinstance(value, date):
        return figures_of_date(value)
    return figures(rule.value if rule.kind == "text" else rule.value.replace(".", ","))


def figures_of_date(value: date) -> set[str]:
    return {f"{value:%m-%d}", f"{value:%Y-%m}", f"mois {value.month}"}


def figures_of_entry(entry: Any) -> Iterator[str]:
    if isinstance(entry, dict):
        for value in entry.values():
            yield from figures_of_entry(value)
    elif isinstance(entry, list):
        yield str(len(entry))
        for value in entry:
            yield from figures_of_entry(value)
    elif isinstance(entry, date):
        yield from figures_of_date(entry)
    elif isinstance(entry, (int, Decimal)) and not isinstance(entry, bool):
        yield number(str(entry).replace(".", ","))
    elif isinstance(entry, str):
        yield from figures(entry)
        yield from figures(entry.replace(".", ",")) if re.fullmatch(r"\d+\.\d+", entry) else ()


def figures_held(statement: Statement) -> set[str]:
    found: set[str] = set()
    for place in statement.data:
        if "#" in place:
            found |= set(figures_of_entry(entry_at(place))) | figures(place.partition("#")[2].replace("/", " "))
        else:
            rules = rules_at(place)
            found |= set().union(*map(figures_of_rule, rules)) | {str(branches(place, rules))}
    return found


def branches(place: str, rules: Iterable[Rule]) -> int:
    """How many things stand right under a prefix: the nine manifestations beside their definition."""
    at = place.count(".")
    return len({rule.key.split(".")[at] for rule in rules} - {"definition"})


# --- words -------------------------------------------------------------------------------------------------------


def words(text: str) -> set[str]:
    """The beginnings of the words, without accents: « priorités » and « priorité » are one."""
    plain = unicodedata.normalize("NFD", text.casefold()).encode("ascii", "ignore").decode()
    found = re.findall("[a-z0-9]+", plain)
    return {word[:5] for word in found if len(word) > 3 or word.isdigit() or len(found) == 1}


def items_of(text: str) -> list[str]:
    listed = text.partition(":")[2].partition("→")[0]
    opened = re.search(r"\((.*)\)", text)
    if ";" not in listed and opened and ";" in opened[1]:
        listed = opened[1]
    return [item.strip() for item in re.split(";" if ";" in listed else ",", listed) if item.strip(" )")]


def entries_said(statement: Statement) -> list[set[str]]:
    rules = [rule for rule in statement.rules if re.search(r"\.\d$|^abbreviation", rule.key)]
    if rules:
        return [words(rule.label_fr) | words(rule.value) for rule in rules]
    return [words(entry["name"]) for place in statement.data for entry in entry_at(place)]


# --- what the code reads -----------------------------------------------------------------------------------------


@cache
def keys_read() -> frozenset[str]:
    """The rules that code outside the app that keeps them asks a rulebook for."""
    patterns = {pattern for path in readers() for pattern in patterns_in(ast.parse(path.read_text(encoding="utf-8")))}
    whole = re.compile("|".join(patterns))
    return frozenset(key for key in RULES if whole.fullmatch(key)) - NEVER_READ


def readers() -> list[Path]:
    found = [path for path in (ROOT / "cordee").rglob("*.py") if not {"tests", "reference"} & set(path.parts)]
    return [path for path in found if re.search(r"\bbooks?\b", path.read_text(encoding="utf-8"))]


def patterns_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if "." in start:
                yield "".join(
                    re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9-]+" for part in node.values
                )
            case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", text):
                yield re.escape(text)
            case ast.BinOp(left=ast.Name(), op=ast.Add(), right=ast.Constant(value=str(end))):
                yield r"[a-z0-9.-]+\." + re.escape(end)
            case ast.Call(func=ast.Attribute(attr="startswith"), args=[ast.Constant(value=str(start))]):
                yield re.escape(start) + "[a-z0-9.-]+"
            case ast.Call(func=ast.Attribute(attr="endswith"), args=[ast.Constant(value=str(end))]):
                yield "[a-z0-9.-]+" + re.escape(end)


ALL = read_statements()


def test_every_statement_stands_once():
    assert [statement.number for statement in ALL] == list(range(1, STATEMENTS + 1))


def test_every_place_is_real():
    assert [(statement.number, place) for statement in ALL for place in statement.places if not is_real(place)] == []


def is_real(place: str) -> bool:
    if "#" not in place:
        return (ROOT / place).is_file() if "/" in place else bool(rules_at(place))
    try:
        entry_at(place)
    except LookupError:
        return False
    return True


def test_the_state_is_what_the_places_show():
    assert [(statement.number, statement.state) for statement in ALL if not is_in_its_state(statement)] == []


def is_in_its_state(statement: Statement) -> bool:
    read = any(rule.key in keys_read() for rule in statement.rules)
    all_read = all(rule.key in keys_read() for rule in statement.rules if rule.kind != "text")
    return {
        APPLIED: bool(statement.code) and all_read,
        PARTLY: bool(statement.code and statement.data),
        KEPT: bool(statement.data) and not statement.code and not read,
        NOT_YET: not statement.code and not read,
    }[statement.state]


def test_every_figure_of_a_statement_is_in_the_data_it_names():
    missing = {statement.number: figures(statement.text) - figures_held(statement) for statement in ALL}
    assert {number: found for number, found in missing.items() if found} == NOT_VALUES


def test_every_value_a_statement_names_is_the_one_it_states():
    """The other way round: a value of the edition that drifts from its statement shows, were another the same."""
    typed = [(statement, rule) for statement in ALL for rule in statement.rules if rule.kind in WITH_A_NUMBER]
    assert {(at.number, rule.key) for at, rule in typed if not figures_of_value(rule) & stated(at)} == NOT_STATED


def stated(statement: Statement) -> set[str]:
    return figures(statement.text) | ({"1"} if re.search(r"\b(one|single)\b", statement.text.lower()) else set())


@pytest.mark.parametrize("number", LISTS)
def test_every_item_of_a_list_is_in_the_data(number):
    """In its order for the rules; the communities stand in an order of their own."""
    statement = ALL[number - 1]
    items, left = items_of(statement.text), entries_said(statement)
    assert len(items) == len(left)
    for item in items:
        own = left[0] if statement.rules else next((entry for entry in left if words(item) & entry), set())
        assert words(item) & own, item
        left.remove(own)


def test_a_row_of_the_timeline_names_the_same_people_documents_and_operation():
    parts = {"Persons": "people", "Documents": "documents", "Budget operation": "operation"}
    for row, statement in enumerate(ALL[208:215], 1):
        for said, items in re.findall(
            r"(Persons|Documents|Budget operation): (.*?)(?=\. (?:Doc|Budget)|$)", statement.text
        ):
            held = RULES.get(f"timeline.{row}.{parts[said]}")
            assert (held is None) == (items == "—"), (row, said)
            for item in re.split("; ", items) if held else ():
                assert words(item) & words(held.value), (row, item)


def test_a_figure_that_differs_would_be_seen():
    rate = ALL[225 - 1]
    assert figures(rate.text) == {"280"}
    assert not figures(rate.text.replace("280", "281")) <= figures_held(rate)
    assert figures("au plus tard le 1er juin, 2 h 15, 18 464,15 $, June 2026") == {
        "06-01",
        "135",
        "18464.15",
        "2026-06",
    }
