"""What the loader holds in its hands: every row by the key the files give it, and the marks not yet written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from cordee.communities.models import Community
from cordee.meetings.models import Attendance, Meeting
from cordee.people.models import Group, Membership, MembershipRole, Organization, Person, Team
from cordee.toolkit import clock

YEAR = "2024-2025"
PERIOD = "mid-year"
TODAY = date(2025, 1, 20)
RUNNING = (MembershipRole.LIAISON, MembershipRole.RESPONSIBLE_MANAGER, MembershipRole.COORDINATOR)

# (key of a meeting, key of a person): `18-tc-trp/3`, `delphine.arete`.
Seat = tuple[str, str]


@dataclass
class Mark:
    """A portion, and why when it is an absence."""

    portion: str
    reason: str = ""


@dataclass
class Year:
    """Rows by key; then what the irregularities ask for, to be written by the acts that follow."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    teams: dict[tuple[str, str], Team] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    memberships: dict[str, list[tuple[str, Membership]]] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    marks: dict[Seat, Mark] = field(default_factory=dict)
    unvalidated: set[str] = field(default_factory=set)
    late: dict[str, datetime] = field(default_factory=dict)
    confirmed: dict[Seat, tuple[str, date]] = field(default_factory=dict)
    agreements: dict[str, tuple[str, date]] = field(default_factory=dict)
    extensions: dict[tuple[str, str], tuple[int, str, date]] = field(default_factory=dict)
    evidence: dict[str, list[Seat]] = field(default_factory=dict)
    attendances: dict[Seat, Attendance] = field(default_factory=dict)

    @property
    def secretary(self) -> Person:
        return self.people["blandine.cordelette"]

    @property
    def treasurer(self) -> Person:
        return self.people["gaspard.relais"]

    def held(self) -> Iterator[tuple[str, Meeting]]:
        """Meetings whose day has come and that were not cancelled, in the order of the days."""
        for key, meeting in self.meetings.items():
            if meeting.date <= TODAY and key not in self.cancelled:
                yield key, meeting

    def expected(self, meeting_key: str) -> list[tuple[str, Membership]]:
        """(key of the person, membership) of those who belong to the group on the meeting's day."""
        on = self.meetings[meeting_key].date
        return [
            (person, membership)
            for person, membership in self.memberships[self.slugs[meeting_key]]
            if membership.starts_on <= on and (membership.ends_on is None or on < membership.ends_on)
        ]

    def keeper(self, slug: str) -> Person:
        """Who takes and validates a group's attendance: its liaison, else its manager, else the coordinator."""
        for role in RUNNING:
            for person, membership in self.memberships[slug]:
                if membership.role == role:
                    return self.people[person]
        return self.people["solene.belleprise"]

    def present(self, seat: Seat) -> None:
        """Mark someone present for all that was planned."""
        self.marks[seat] = Mark(self.meetings[seat[0]].planned_portion)


def at(on: date, hour: int, minute: int = 0) -> datetime:
    return clock.at(on, time(hour, minute))
