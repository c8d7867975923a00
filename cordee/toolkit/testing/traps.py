"""Each trap makes a mistake fail by itself, in tests of code not yet written."""

from typing import Any

import pytest


def undefined_variables_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template variable that does not exist is a mistake, not an empty string (outside `{% if %}` and `default`)."""
    from django.template.base import FilterExpression, Variable, VariableDoesNotExist

    resolve = FilterExpression.resolve

    def strict(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:  # noqa: FBT001, FBT002 (Django's own signature)
        if not ignore_failures and isinstance(self.var, Variable) and not _is_tolerant(self):
            try:
                self.var.resolve(context)
            except VariableDoesNotExist as error:
                if context.template.origin.name.find("site-packages") == -1:
                    raise AssertionError(f"{context.template.name}: {error}") from None
        return resolve(self, context, ignore_failures)

    monkeypatch.setattr(FilterExpression, "resolve", strict)


def _is_tolerant(expression: Any) -> bool:
    return any(function.__name__ in {"default", "default_if_none"} for function, _arguments in expression.filters)


def let_sqlite_flush_frozen_tables() -> None:
    """Emptying the database after a test is no act: the append-only triggers are set aside for that moment only.

    PostgreSQL's TRUNCATE passes row triggers by itself; SQLite has only DELETE.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    flush = connection.ops.execute_sql_flush

    def without_triggers(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        flush(statements)
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    connection.ops.execute_sql_flush = without_triggers
