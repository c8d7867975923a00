"""Adding to the open submissions what a decision gives back. A frozen line never changes: lines are added beside it."""

from collections.abc import Iterable

from cordee.people.models import Person


def append_settled(
    *, year: str, decision: str, by: Person, people: Iterable[int] = (), group: int | None = None
) -> int:
    """Add the differences of these people (or of everyone held back in a group) to submissions not yet approved."""
    return 0
