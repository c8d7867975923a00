"""One row written as Django would, by a statement that is made once: for the acts that everyone does at the same time.

Django makes the statement anew for each row, and takes longer for it than the database to carry it out; on SQLite
others wait meanwhile. For plain tables: a field that needs more than a value in its place is refused.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(row: Model) -> None:
    """Write a new row; give it its key when the database makes it."""
    sql, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(row, fields))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def update(row: Model, names: Sequence[str]) -> None:
    """Write these fields of a row that is there. Raises DoesNotExist when it no longer is."""
    sql, fields = _change(type(row), tuple(names))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_values(row, fields), row.pk])
        if not cursor.rowcount:
            raise type(row).DoesNotExist(f"{type(row).__name__} {row.pk}")


Statement = tuple[str, list[Field]]


@cache
def _insertion(model: type[Model]) -> Statement:
    made = model._meta.auto_field
    fields = _plain(field for field in model._meta.concrete_fields if field is not made)
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    return f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING {key}", fields


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> Statement:
    fields = _plain(model._meta.get_field(name) for name in names)
    columns = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    return f"UPDATE {table} SET {columns} WHERE {key} = %s", fields


def _plain(fields: Iterable[Field]) -> list[Field]:
    found = list(fields)
    for field in found:
        if field.generated or field.has_db_default() or hasattr(field, "get_placeholder_sql"):
            raise TypeError(f"{field} is not plain")
    return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _values(row: Model, fields: Iterable[Field]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
