"""One more row like another, and the day from which rows are added."""

from copy import copy
from datetime import date
from typing import Any

from django.db.models import Model

START = date(2024, 9, 1)


def again(row: Model, **changed: Any) -> None:
    """A copy of a row but for what is changed."""
    made = copy(row)
    made.pk, made._state.adding = None, True
    for name, value in changed.items():
        setattr(made, name, value)
    made.save(force_insert=True)
