"""Migration operations by which the database defends the truth, on SQLite and on PostgreSQL.

`RefuseOverlap`: two half-open periods of the same scope may not overlap (a person has one employer a day).
`AppendOnly`: rows, or those a condition names, may be neither changed nor deleted, or one of the two.
`Closed`: no row may come in, where a condition names it.
`OnlyRedacted`: append-only, but for texts in which a retention run replaces a name.
`OnlyEmptied`: rows stay; they may be changed in one way, which a condition names.
`Lifted`: takes a trigger away, for the migration that changes its table.
Each raises an IntegrityError whose text starts with the name of the trigger.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.operations.base import Operation

FOREVER = "'9999-12-31'"


@contextmanager
def set_aside() -> Iterator[None]:
    """SQLite's triggers do not answer inside, for this connection: what is invented is emptied, or changed by a test.

    To drop them and make them again would be a change of schema, after which SQLite reads all of it at each rollback.
    """
    connection.ensure_connection()
    connection.connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)  # noqa: FBT003 (sqlite3’s own signature)
    try:
        yield
    finally:
        connection.connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, True)  # noqa: FBT003


class Trigger(Operation):
    """Base: `sql(vendor)` makes the statements, `undo(vendor)` takes them back."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, table: str) -> None:
        self.name, self.table = name, table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are invisible to the models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.sql(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.undo(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def sql(self, vendor: str) -> list[str]:
        raise NotImplementedError

    def undo(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [f"DROP FUNCTION IF EXISTS {self.name}() CASCADE"]
        return [f"DROP TRIGGER IF EXISTS {self.name}_{event}" for event in ("insert", "update", "delete")]

    def describe(self) -> str:
        return f"Trigger {self.name} on {self.table}"


class RefuseOverlap(Trigger):
    """`scope` are the columns that must be equal for two periods to exclude each other; the end may be NULL."""

    def __init__(self, name: str, table: str, scope: list[str], start: str = "starts_on", end: str = "ends_on") -> None:
        super().__init__(name, table)
        self.scope, self.start, self.end = scope, start, end

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.name, self.table, self.scope, self.start, self.end], {})

    def sql(self, vendor: str) -> list[str]:
        return self._postgresql() if vendor == "postgresql" else self._sqlite()

    def _clash(self, cast: str = "") -> str:
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in self.scope)
        until = f"COALESCE(NEW.{self.end}, {FOREVER}{cast})"
        other_until = f"COALESCE(other.{self.end}, {FOREVER}{cast})"
        return (
            f"SELECT 1 FROM {self.table} other WHERE {same} AND other.id <> COALESCE(NEW.id, -1) "
            f"AND other.{self.start} < {until} AND NEW.{self.start} < {other_until}"
        )

    def _sqlite(self) -> list[str]:
        return [
            f"CREATE TRIGGER {self.name}_{event} BEFORE {event.upper()} ON {self.table} "
            f"WHEN EXISTS ({self._clash()}) BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for event in ("insert", "update")
        ]

    def _postgresql(self) -> list[str]:
        # The advisory lock makes two writers of one scope wait for each other; without it both would see no clash.
        # Scopes share 1024 locks: ten thousand rows in one transaction would else use up the server’s whole table.
        key = " || ':' || ".join([f"'{self.table}'", *(f"NEW.{column}::text" for column in self.scope)])
        return [
            f"""CREATE FUNCTION {self.name}() RETURNS trigger AS $$ BEGIN
                PERFORM pg_advisory_xact_lock(hashtextextended({key}, 0) & 1023);
                IF EXISTS ({self._clash("::date")}) THEN
                    RAISE EXCEPTION '{self.name}' USING ERRCODE = 'exclusion_violation'; END IF;
                RETURN NEW; END $$ LANGUAGE plpgsql""",
            f"CREATE TRIGGER {self.name} BEFORE INSERT OR UPDATE ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


class AppendOnly(Trigger):
    """Rows for which `frozen` (an SQL condition on OLD) holds can be neither changed nor deleted.

    With one of the two `events` alone, the other stays free.
    """

    def __init__(
        self, name: str, table: str, frozen: str = "1 = 1", events: Sequence[str] = ("update", "delete")
    ) -> None:
        super().__init__(name, table)
        self.frozen, self.events = frozen, tuple(events)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.name, self.table, self.frozen, self.events], {})

    def sql(self, vendor: str) -> list[str]:
        if vendor != "postgresql":
            return [
                f"CREATE TRIGGER {self.name}_{event} BEFORE {event.upper()} ON {self.table} "
                f"WHEN {self.frozen} BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
                for event in self.events
            ]
        return [
            f"""CREATE FUNCTION {self.name}() RETURNS trigger AS $$ BEGIN
                IF {self.frozen} THEN
                    RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
            f"CREATE TRIGGER {self.name} BEFORE {' OR '.join(self.events).upper()} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


class OnlyRedacted(AppendOnly):
    """Rows for which `frozen` holds change only while the table `gate` has a row, and never in what is `kept`."""

    def __init__(self, name: str, table: str, frozen: str, *, gate: str, kept: list[str]) -> None:
        super().__init__(name, table, frozen)
        self.gate, self.kept = gate, kept

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.name, self.table, self.frozen], {"gate": self.gate, "kept": self.kept})

    def sql(self, vendor: str) -> list[str]:
        same = " AND ".join(f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"' for column in self.kept)
        allowed = f"(EXISTS (SELECT 1 FROM {self.gate}) AND {same})"
        if vendor != "postgresql":
            refuse = f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            return [
                f"CREATE TRIGGER {self.name}_update BEFORE UPDATE ON {self.table} "
                f"WHEN ({self.frozen}) AND NOT {allowed} {refuse}",
                f"CREATE TRIGGER {self.name}_delete BEFORE DELETE ON {self.table} WHEN {self.frozen} {refuse}",
            ]
        return [
            f"""CREATE FUNCTION {self.name}() RETURNS trigger AS $$ BEGIN
                IF TG_OP = 'UPDATE' THEN IF {allowed} THEN RETURN NEW; END IF; END IF;
                IF {self.frozen} THEN
                    RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
            f"CREATE TRIGGER {self.name} BEFORE UPDATE OR DELETE ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


class Closed(Trigger):
    """Rows for which `closed` (an SQL condition on NEW) holds cannot be added."""

    def __init__(self, name: str, table: str, closed: str) -> None:
        super().__init__(name, table)
        self.closed = closed

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.name, self.table, self.closed], {})

    def sql(self, vendor: str) -> list[str]:
        if vendor != "postgresql":
            return [
                f"CREATE TRIGGER {self.name}_insert BEFORE INSERT ON {self.table} "
                f"WHEN {self.closed} BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            ]
        return [
            f"""CREATE FUNCTION {self.name}() RETURNS trigger AS $$ BEGIN
                IF {self.closed} THEN
                    RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                RETURN NEW; END $$ LANGUAGE plpgsql""",
            f"CREATE TRIGGER {self.name} BEFORE INSERT ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


class OnlyEmptied(Trigger):
    """Rows are never deleted, and changed only into what `emptied` (an SQL condition on NEW and OLD) describes."""

    def __init__(self, name: str, table: str, emptied: str) -> None:
        super().__init__(name, table)
        self.emptied = emptied

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.name, self.table, self.emptied], {})

    def sql(self, vendor: str) -> list[str]:
        if vendor != "postgresql":
            refuse = f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            return [
                f"CREATE TRIGGER {self.name}_update BEFORE UPDATE ON {self.table} WHEN NOT ({self.emptied}) {refuse}",
                f"CREATE TRIGGER {self.name}_delete BEFORE DELETE ON {self.table} {refuse}",
            ]
        return [
            f"""CREATE FUNCTION {self.name}() RETURNS trigger AS $$ BEGIN
                IF TG_OP = 'UPDATE' THEN IF {self.emptied} THEN RETURN NEW; END IF; END IF;
                RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation';
                END $$ LANGUAGE plpgsql""",
            f"CREATE TRIGGER {self.name} BEFORE UPDATE OR DELETE ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


class Lifted(Trigger):
    """Takes `trigger` away; the migration puts it back once its table is changed."""

    def __init__(self, trigger: Trigger) -> None:
        super().__init__(trigger.name, trigger.table)
        self.trigger = trigger

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.trigger], {})

    def sql(self, vendor: str) -> list[str]:
        return self.trigger.undo(vendor)

    def undo(self, vendor: str) -> list[str]:
        return self.trigger.sql(vendor)
