"""No word people read stands in a template or in the code outside the catalogue: what is hard-coded has no English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from cordee.toolkit.catalogue import KEYWORDS, NOT_FRENCH

PACKAGE = Path(__file__).resolve().parent.parent / "cordee"
# Names that are the same in both languages: the product, the languages, kinds of files, keys, a component.
NAMES = {"Cordée", "cordée", "Français", "English", "XLSX", "PDF", "CSV", "Ctrl", "K", "A", "D", "J", "icon"}
CLASSES = {"btn", "wide", "small"}  # of a button, in a partial of their own
READ = {"alt", "aria-label", "aria-description", "placeholder", "title"}
# Parameters of components and variables of `with` that are words people read.
SPOKEN = {"text", "title", "label", "legend", "lede", "help", "about", "caption", "heading"}
TRANSLATED = {"blocktranslate", "comment"}
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
FRENCH = re.compile(r"[À-ÖØ-öø-ÿœŒ’«»]")
# What the person who runs the software reads, in French; what developers read; what is compared, not shown.
OPERATOR = {"management", "walkthrough", "demo", "migrations", "tests", "testing"}
NOT_SHOWN = {
    "meetings/imports/cells.py",  # what spreadsheets write, to read it
    "values/text.py",  # letters that are compared
    "records/sealing.py",  # what the operator is told of the chain
    "treasury/imports.py",  # how the cadre's own data names its lines
    "toolkit/components.py",  # errors of a template, told to its author
    "toolkit/templatetags/ui.py",
    "toolkit/clock.py",
    "toolkit/catalogue.py",
    "reference/rulebook/writing.py",  # the comment that opens a file of rules
}


def words_of(template: str) -> Iterator[str]:
    """The words a template writes by itself, those of its attributes and of the parameters of its components."""
    html, inside = "", ""
    for token in Lexer(template).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if inside:
            inside = "" if tag == f"end{inside}" else inside
        elif tag in TRANSLATED:
            inside = tag
        elif token.token_type == TokenType.TEXT:
            html += token.contents
        elif tag not in {"translate", "url", "static"}:
            yield from (text for name, text in re.findall(r'(\w+)="([^"]+)"', token.contents) if name in SPOKEN)
    yield from written(html)


def written(html: str) -> Iterator[str]:
    yield from (text for name, text in ATTRIBUTE.findall(html) if name in READ and text)
    yield from re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>|&\w+;", " ", ATTRIBUTE.sub("", html)))


def literals_of(source: str) -> Iterator[str]:
    """The strings of a module outside calls of gettext and documentation."""
    tree = ast.parse(source)
    known = {id(part) for call in ast.walk(tree) if is_translation(call) for part in ast.walk(call)}
    known |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known:
            yield node.value


def is_translation(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in KEYWORDS


def test_no_template_writes_words_by_itself():
    templates = [path for path in PACKAGE.rglob("*.html") if "tests" not in path.parts]
    found = {
        str(path.relative_to(PACKAGE)): words
        for path in templates
        if (words := [word for word in words_of(path.read_text()) if word not in NAMES | CLASSES])
    }
    assert found == {}


def test_no_code_writes_french_by_itself():
    paths = [path for path in PACKAGE.rglob("*.py") if not OPERATOR & set(path.parts)]
    shown = [path for path in paths if str(path.relative_to(PACKAGE)) not in NOT_SHOWN]
    found = {
        str(path.relative_to(PACKAGE)): words
        for path in shown
        if path.name != "personal_data.py"
        and (words := [word for word in literals_of(path.read_text()) if FRENCH.search(word) and word not in NAMES])
    }
    assert found == {}


def test_what_the_operator_reads_is_spaced_as_french():
    """The catalogue checks its own sentences; these stand outside it."""
    paths = [path for path in PACKAGE.rglob("*.py") if {"management", "walkthrough", "demo"} & set(path.parts)]
    found = {
        str(path.relative_to(PACKAGE)): words
        for path in paths
        if (words := [word for word in literals_of(path.read_text()) if NOT_FRENCH.search(word)])
    }
    assert found == {}


def test_no_script_writes_words_by_itself():
    scripts = [path for path in PACKAGE.rglob("*.js") if FRENCH.search(re.sub(r"//.*|/\*.*?\*/", "", path.read_text()))]
    assert scripts == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Fermer</p>",
        '<button aria-label="Fermer"></button>',
        '{% ui "button" text="Fermer" %}',
        "{% translate 'Ouvrir' %} ou {% translate 'Fermer' %}",
        "{% blocktranslate %}x{% endblocktranslate %} jour",
    ],
)
def test_a_word_of_a_template_is_seen(template):
    assert list(words_of(template))


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Fermer" %}',
        '{% translate "Fermer" as text %}{% ui "button" text=text %}',
        '{% ui "note" tone="info" text=text content="" %}',
        "{% blocktranslate trimmed %}Fermer{% plural %}Fermer tout{% endblocktranslate %}",
        '<p class="soft">{{ name }}&nbsp;12</p>{# Une note #}{% comment %}Fermer{% endcomment %}',
    ],
)
def test_a_template_of_the_catalogue_passes(template):
    assert not list(words_of(template))


def test_a_french_string_of_the_code_is_seen():
    assert list(literals_of('label = "Réglée"')) == ["Réglée"]
    assert list(literals_of('"""Réglée."""\nlabel = gettext("Réglée")\nother = _("Réglée %(x)s") % {}')) == []
