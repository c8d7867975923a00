"""Which column is what in a table of people or connections: by what its cells look like, then by order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cordee.meetings.rules.teams.stamps import seconds_in, stamp_of

ABSENT = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """Places counted from 0; the name is always first."""

    joined: int
    left: int
    lasted: int
    email: int
    upn: int


def columns_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """Two columns of moments, then a length, then an address. A table without any moment is taken by its order."""
    moments = Counter(at for row in rows for at, cell in enumerate(row) if at and stamp_of(cell))
    timed = sorted(at for at, _count in moments.most_common(2))
    joined, left = timed if len(timed) == 2 else (1, 2)
    lengths = [row[left + 1] for row in rows if len(row) > left + 1 and row[left + 1]]
    lasted = left + 1 if not lengths or any(seconds_in(cell) is not None for cell in lengths) else ABSENT
    upn = next((at for at, title in enumerate(header) if "upn" in title.lower()), ABSENT)
    return Columns(joined, left, lasted, _email(rows, expected=(lasted if lasted > 0 else left) + 1, upn=upn), upn)


def _email(rows: Sequence[Sequence[str]], *, expected: int, upn: int) -> int:
    """Just after the length, unless addresses stand elsewhere because someone moved the columns."""
    at_signs = Counter(at for row in rows for at, cell in enumerate(row) if at and at != upn and "@" in cell)
    return expected if not at_signs or expected in at_signs else at_signs.most_common(1)[0][0]
