"""The house as it was drawn: who knows whom, what every view and table must declare, how long things may be."""

import ast
import configparser
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import PROTECT, ForeignKey, OneToOneField
from django.urls import URLPattern, URLResolver, get_resolver

from cordee.people.models import Person

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cordee"
PERSONAL_NAMES = {
    "first_name",
    "last_name",
    "email",
    "phone",
    "address",
    "person_id",
    "actor_id",
    "created_by_id",
    "superior",
}
# Foreign keys to a person that may go with the row: each with its reason.
NOT_PROTECTED: dict[str, str] = {}
# Templates that Django asks for by name.
BY_DJANGO = {"403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
BY_HTMX = {"htmx-request"}  # a class it puts by itself
LONGEST_FILE, LONGEST_FUNCTION = 400, 25
# A ratchet: names may only leave these lists.
LONG_FILES: set[str] = set()
LONG_FUNCTIONS: set[str] = set()


def layers() -> dict[str, int]:
    """Each app's height in the contract: larger stands higher."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    lines = contracts["importlinter:contract:layers"]["layers"].split("\n")
    ordered = [line.split("|") for line in lines if line.strip()]
    return {app.strip(): height for height, row in enumerate(reversed(ordered)) for app in row}


def our_models() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("cordee.")]


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        name = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, name)
        else:
            yield name, entry


def test_every_view_of_ours_declares_its_policy():
    silent = [
        address
        for address, entry in patterns(get_resolver())
        if not entry.callback.__module__.startswith("allauth.") and not hasattr(entry.callback, "policy")
    ]
    assert silent == []


def test_every_app_of_the_tree_has_its_place_in_the_contract():
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(layers())


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_downwards(model):
    height = layers()
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model._meta.app_label in height:
            assert height[field.related_model._meta.app_label] <= height[model._meta.app_label], str(field)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_person_is_never_deleted_with_what_rests_on_them(model):
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model is Person and str(field) not in NOT_PROTECTED:
            assert field.remote_field.on_delete is PROTECT, f"{field} must PROTECT its person"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_personal_fields_are_declared_with_their_purpose(model):
    declared = {
        (held.model.lower(), name)
        for app in {model._meta.app_label}
        if (PACKAGE / app / "personal_data.py").exists()
        for held in getattr(importlib.import_module(f"cordee.{app}.personal_data"), "HELD", [])
        for name in held.fields
    }
    for field in model._meta.local_fields:
        personal = field.name in PERSONAL_NAMES or (isinstance(field, ForeignKey) and field.related_model is Person)
        if personal:
            assert (model._meta.label_lower, field.name) in declared, (
                f"{field} is not in {model._meta.app_label}/personal_data.py"
            )


def test_what_personal_data_declares_exists():
    for path in PACKAGE.glob("*/personal_data.py"):
        if path.parent.name != "toolkit":
            for held in importlib.import_module(f"cordee.{path.parent.name}.personal_data").HELD:
                model = apps.get_model(held.model)
                assert set(held.fields) <= {field.name for field in model._meta.get_fields()}, held.model


def test_no_field_changes_by_itself():
    """`auto_now` is forgotten by update_fields and by bulk updates; acts write their own instants."""
    assert [
        str(field) for model in our_models() for field in model._meta.fields if getattr(field, "auto_now", False)
    ] == []


def source_files() -> list[Path]:
    found = [
        *PACKAGE.rglob("*.py"),
        *(ROOT / "config").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "bench").rglob("*.py"),
        *(ROOT / "bin").rglob("*.py"),
    ]
    others = [path for ending in ("html", "css", "js", "typ") for path in PACKAGE.rglob(f"*.{ending}")]
    return sorted(path for path in [*found, *others] if "migrations" not in path.parts)


def test_files_stay_short():
    long = {str(path.relative_to(ROOT)) for path in source_files() if len(path.read_text().splitlines()) > LONGEST_FILE}
    assert long == LONG_FILES


def test_functions_stay_short():
    long = set()
    for path in source_files():
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and body_lines(node) > LONGEST_FUNCTION:
                    long.add(f"{path.relative_to(ROOT)}:{node.name}")
    assert long == LONG_FUNCTIONS


def body_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without its signature and docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")])
    named = set(re.findall(r"[\"']([\w/.-]+\.(?:html|txt|typ))(?:#\w+)?[\"']", sources))
    unused = []
    for path in PACKAGE.glob("*/templates/**/*.html"):
        name = str(path).split("/templates/", 1)[1]
        by_convention = name.startswith(("ui/", "account/", "allauth/", "mfa/", "django/")) or name in BY_DJANGO
        if not by_convention and name not in named:
            unused.append(name)
    assert unused == []


def test_every_class_and_drawing_is_used():
    """Whole words anywhere outside the stylesheet: a class may be built from a value, never from pieces."""
    written = [path for kind in ("html", "js", "py", "toml") for path in PACKAGE.rglob(f"*.{kind}")]
    words = set(re.findall(r"[\w-]+", "\n".join(path.read_text() for path in written if "tests" not in path.parts)))
    styles = "\n".join(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S) for path in PACKAGE.rglob("*.css"))
    classes = {name for rule in re.findall(r"([^{}]+)\{", styles) for name in re.findall(r"\.([a-zA-Z][\w-]*)", rule)}
    drawings = set(re.findall(r'<symbol id="i-([\w-]+)"', (PACKAGE / "toolkit/static/ui/icons.svg").read_text()))
    assert sorted((classes | drawings) - words - BY_HTMX) == []


def test_no_room_for_everything():
    assert [str(path) for path in PACKAGE.rglob("*.py") if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_no_signals_for_domain_logic():
    used = [
        str(path)
        for path in PACKAGE.rglob("*.py")
        if re.search(r"django\.db\.models\.signals|@receiver", path.read_text())
    ]
    assert used == []
