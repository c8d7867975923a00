"""The cadre 2024-2025 in force, with its communities, projects and budget; and people who keep it, or only read it."""

from datetime import date
from importlib import resources

from cordee.communities.imports import load_communities, load_projects
from cordee.people.models import Person
from cordee.reference.actions import Said, change_rule, put_in_force, start_next_edition
from cordee.reference.models import Revision
from cordee.reference.tests.drafts import person
from cordee.reference.tests.test_load_edition import ON, START, load
from cordee.treasury.imports import load_budget
from cordee.values.school_year import SchoolYear

MARCH = date(2025, 3, 10)
FIELDS = ("value", "label_fr", "label_en", "interpretation", "note")


def live_data() -> None:
    groups = load_communities()
    load_projects()
    load_budget((resources.files("cordee.treasury") / "data/budget_2024_2025.json").read_text("utf-8"), groups=groups)


def in_force() -> Revision:
    return put_in_force(revision=load(), effective_from=START, by=None, on=ON)


def secretary() -> Person:
    return person("Blandine", "secretary")


def draft(by: Person, **changed: str) -> Revision:
    """2025-2026, copied from what is in force; `rate__professional__day` becomes the value given."""
    revision = start_next_edition(year=SchoolYear(2024), by=by, on=MARCH)
    for name, value in changed.items():
        key = name.replace("__", ".").replace("_", "-")
        row = revision.rules.get(key=key)
        said = Said(**{field: getattr(row, field) for field in FIELDS} | {"value": value})
        change_rule(revision=revision, key=key, said=said, seen=row.version or 0, by=by, on=MARCH)
    return revision
