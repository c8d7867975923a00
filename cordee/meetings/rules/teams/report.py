"""What a report says, as it is written: times stay text until the day of the meeting says how to read them."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Shape(StrEnum):
    """`EVENTS` (2020) lists entries and exits; `SESSIONS` one row for each connection; `MERGED` only the first join
    and the last leave of each person, because someone took the connections away."""

    EVENTS = "events"
    SESSIONS = "sessions"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Session:
    """One connection, or one entry (`left` empty) or exit (`joined` empty) of an event list; `lasted` only checks."""

    joined: str = ""
    left: str = ""
    lasted: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """One identity: the same human may have several, and several humans one."""

    name: str
    email: str = ""
    upn: str = ""
    sessions: tuple[Session, ...] = ()

    @property
    def key(self) -> str:
        """What tells two identities of a report apart: the address, else the account, else the name shown."""
        return self.email.casefold() or self.upn.casefold() or self.name.casefold()


@dataclass(frozen=True, slots=True)
class Report:
    """`counted` is how many people the summary says there were, None when it says nothing."""

    shape: Shape
    title: str
    start: str
    end: str
    counted: int | None
    participants: tuple[Participant, ...]

    def plain(self) -> dict[str, Any]:
        """For JSON; `report_from` reads it back."""
        return asdict(self)


def report_from(values: dict[str, Any]) -> Report:
    people = (
        Participant(**{**each, "sessions": tuple(Session(**session) for session in each["sessions"])})
        for each in values["participants"]
    )
    return Report(**{**values, "shape": Shape(values["shape"]), "participants": tuple(people)})
