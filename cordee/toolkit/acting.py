"""In whose name one acts: set where the right to act is enforced, read where the act is recorded.

So no act has to pass it on, and none can forget it.
"""

from contextvars import ContextVar
from typing import Any

# The key of who acts, and of whom they act for; None in one’s own name.
acting: ContextVar[tuple[int, int] | None] = ContextVar("acting", default=None)


def acts_for(by: Any) -> int | None:
    """The key of the person in whose name `by` was last allowed to act; None in their own."""
    found = acting.get()
    return found[1] if found and by is not None and found[0] == by.pk else None
