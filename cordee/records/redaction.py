"""Replacing a name in a text that is frozen: approved minutes, once the time of a person is over (A-2.1, s. 73).

What was said stays, but for who it was; the journal says that it was done. What is published is never opened so.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cordee.records.models import Redaction
from cordee.toolkit import clock


@contextmanager
def redacting() -> Iterator[None]:
    """Inside, and in no other transaction, the triggers let texts change."""
    with transaction.atomic():
        opened = Redaction.objects.create(opened_at=clock.now())
        yield
        opened.delete()
