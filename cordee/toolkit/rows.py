"""One row written in plain SQL, for the acts that happen most: to write the statement takes Django several times longer
than the database needs to run it, and while SQLite writes, everyone else who writes waits.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def insert(row: models.Model) -> None:
    """Write a new row whose key the database gives. Its foreign keys must have theirs already."""
    statement, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, fields))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def update(row: models.Model, names: Sequence[str]) -> None:
    """Write these fields of a row that exists. Raises ObjectDoesNotExist when it has gone."""
    statement, fields = _change(type(row), tuple(names))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields), row.pk])
        if cursor.rowcount != 1:
            raise type(row).DoesNotExist  # type: ignore[attr-defined]


type Statement = tuple[str, tuple[Any, ...]]  # and the fields whose values it takes, in order


@cache
def _insertion(model: type[models.Model]) -> Statement:
    fields = tuple(field for field in model._meta.local_concrete_fields if not field.primary_key)
    names, holes = ", ".join(_column(field) for field in fields), ", ".join(["%s"] * len(fields))
    table, key = connection.ops.quote_name(model._meta.db_table), _column(model._meta.pk)
    return f"INSERT INTO {table} ({names}) VALUES ({holes}) RETURNING {key}", fields


@cache
def _change(model: type[models.Model], names: tuple[str, ...]) -> Statement:
    fields = tuple(model._meta.get_field(name) for name in names)
    table, key = connection.ops.quote_name(model._meta.db_table), _column(model._meta.pk)
    return f"UPDATE {table} SET {', '.join(f'{_column(field)} = %s' for field in fields)} WHERE {key} = %s", fields


def _column(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _values(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
