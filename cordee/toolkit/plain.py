"""Letters without their accents, in the database: `Éducation` stands between `CVI` and `Enseignement`, and
`education` finds it.

    Group.objects.order_by("name__plain")
    Person.objects.filter(last_name__plain__contains=plain(word))

SQLite asks `values.text.plain`; PostgreSQL does the same with its own functions, whatever its collation.
"""

import re
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, TextField, Transform
from django.db.models.sql.compiler import SQLCompiler

from cordee.values.text import plain

LATIN = range(0xA0, 0x250)


@cache
def _translation() -> tuple[str, str]:
    """The accented letters of European languages, and what each becomes."""
    pairs = [(chr(code), plain(chr(code))) for code in LATIN]
    single = [(letter, base) for letter, base in pairs if len(base) == 1 and letter != base]
    return "".join(letter for letter, _base in single), "".join(base for _letter, base in single)


@CharField.register_lookup
@TextField.register_lookup
class Plain(Transform):
    """`name__plain`: lower case and no accents, marks kept."""

    lookup_name = "plain"
    function = "plain_text"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        sql, params = compiler.compile(self.lhs)
        return f'translate(lower({sql}), %s, %s) COLLATE "C"', (*params, *_translation())


def teach_sqlite(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Give each connection its `plain_text`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("plain_text", 1, _plain_or_null, deterministic=True)


def _plain_or_null(value: str | None) -> str | None:
    return None if value is None else plain(value)


@cache
def _variants() -> dict[str, str]:
    """Each plain letter, and it with its accents."""
    found: dict[str, str] = {}
    for letter, base in zip(*_translation(), strict=True):
        found[base] = found.get(base, base) + letter
    return found


def accented(letter: str) -> str:
    """A pattern of that letter with any accent or none: `[eéèêë…]`."""
    base = plain(letter)
    return f"[{_variants()[base]}]" if base in _variants() else re.escape(letter)
