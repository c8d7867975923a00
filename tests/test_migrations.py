"""A migration runs while the version before still serves: it adds before it takes away, and holds no large table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

# Written before the rule, when nobody served anything yet.
BEFORE = frozenset((Path(__file__).parent / "migrations_before.txt").read_text(encoding="utf-8").split())
# Read by someone, and why it may be: "app.name": "the reason".
REVIEWED: dict[str, str] = {}
# What a year of use makes rows of by the hundred thousand.
LARGE = {
    *("attendance", "attendancechange", "checkin", "claimline", "journalentry", "journaldetail", "journalseal"),
    *("message", "dbtaskresult"),
}
TAKES_AWAY = (migrations.RemoveField, migrations.DeleteModel, migrations.RenameField, migrations.RenameModel)
REWRITES = (migrations.AlterField, migrations.AddConstraint, migrations.AlterUniqueTogether)


def faults(operations: list[Operation]) -> Iterator[str]:
    """What those who serve the version before would wait for, or trip over. A table made here is nobody’s yet."""
    made = {one.name_lower for one in operations if isinstance(one, migrations.CreateModel)}
    for one in operations:
        model = getattr(one, "model_name_lower", "")
        if isinstance(one, migrations.RunPython | migrations.RunSQL):
            yield "moves data in the migration: a background task does it a part at a time"
        elif isinstance(one, TAKES_AWAY) and model not in made:
            yield f"{one.describe()}: the version before still reads it; in the version after, say so in REVIEWED"
        elif isinstance(one, migrations.AddField) and model not in made and not may_be_absent(one.field):
            yield f"{one.describe()}: the version before writes rows without it; give null=True or a db_default"
        elif (
            isinstance(one, migrations.AddIndex) and not isinstance(one, AddIndexConcurrently) and model in LARGE - made
        ):
            yield f"{one.describe()}: AddIndexConcurrently holds nobody up"
        elif isinstance(one, REWRITES) and model in LARGE - made:
            yield f"{one.describe()}: reads or writes a large table while all wait"


def may_be_absent(field: models.Field) -> bool:
    return field.null or field.has_db_default() or field.many_to_many or field.generated


def ours() -> dict[str, migrations.Migration]:
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith("cordee.")}
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return {f"{app}.{name}": one for (app, name), one in found.items() if app in labels}


def test_a_migration_leaves_those_who_serve_the_version_before_alone():
    written = {name: one for name, one in ours().items() if name not in BEFORE and name not in REVIEWED}
    assert {name: told for name, one in written.items() if (told := list(faults(one.operations)))} == {}


def test_what_is_let_through_is_still_there():
    assert BEFORE | set(REVIEWED) <= set(ours())


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddIndex("attendance", models.Index(fields=["portion"], name="portion")),
        migrations.AlterField("journalentry", "act", models.TextField()),
        migrations.AddField("person", "nickname", models.CharField(max_length=20, default="")),
        migrations.RemoveField("person", "email"),
        migrations.RenameField("person", "email", "address"),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("UPDATE people_person SET email = lower(email)"),
    ],
)
def test_what_would_hold_them_up_is_found(operation):
    assert len(list(faults([operation]))) == 1


@pytest.mark.parametrize(
    "operations",
    [
        [AddIndexConcurrently("attendance", models.Index(fields=["portion"], name="portion"))],
        [migrations.AddField("person", "nickname", models.CharField(max_length=20, null=True))],
        [migrations.AddField("person", "nickname", models.CharField(max_length=20, db_default=""))],
        [
            migrations.CreateModel("Attendance", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddIndex("attendance", models.Index(fields=["id"], name="ident")),
        ],
    ],
)
def test_what_holds_nobody_up_passes(operations):
    assert list(faults(operations)) == []
