"""The plugins of the house, for every test."""

from functools import cache

import pytest
from django.db import connection

pytest_plugins = ["cordee.toolkit.testing.plugin", "cordee.toolkit.testing.browser"]


@pytest.fixture(autouse=True, scope="session")
def _an_edition_is_read_once():
    """Hundreds of tests load the same long file: it is parsed once, and its rows are made once by Django."""
    from cordee.reference.actions import loading

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "parse_edition", cache(loading.parse_edition))
        patch.setattr(loading, "write_rules", Rewritten(loading.write_rules))
        yield


class Rewritten:
    """Writes the rules of a file by Django the first time, then the same rows as they were: thirty times faster."""

    def __init__(self, write_rules):
        from cordee.reference.models import RuleRow

        self.write_rules, self.rows = write_rules, {}
        own = {RuleRow._meta.pk.column, "revision_id"}
        self.columns = [field.column for field in RuleRow._meta.concrete_fields if field.column not in own]
        self.table = RuleRow._meta.db_table

    def __call__(self, revision, file):
        names = ", ".join(self.columns)
        with connection.cursor() as cursor:
            if id(file) not in self.rows:
                self.write_rules(revision, file)
                cursor.execute(f"SELECT {names} FROM {self.table} WHERE revision_id = %s ORDER BY id", [revision.pk])
                self.rows[id(file)] = file, cursor.fetchall()
                return
            revision.rules.all().delete()
            marks = ", ".join(["%s"] * (1 + len(self.columns)))
            rows = [(revision.pk, *row) for row in self.rows[id(file)][1]]
            cursor.executemany(f"INSERT INTO {self.table} (revision_id, {names}) VALUES ({marks})", rows)
