"""Fields of the house: money is Decimal in Python and integer cents in the database."""

from decimal import Decimal
from typing import Any

from django.db import models

from cordee.values.money import from_cents, to_cents


class MoneyField(models.Field):
    """Canadian dollars, exact. SQLite sums decimals in floating point: cents as integers never drift."""

    description = "Money"

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else from_cents(int(value))

    def to_python(self, value: Any) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        value = super().get_prep_value(value)
        return None if value is None else to_cents(Decimal(value))

    def formfield(self, **kwargs: Any) -> Any:
        from cordee.toolkit.entry import MoneyEntry

        return super().formfield(**{"form_class": MoneyEntry, **kwargs})
