"""What is to be weighed before planning, shown while one types and again when one submits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.http import HttpRequest

from cordee.meetings.models import Meeting
from cordee.meetings.models.outlook import outlook
from cordee.meetings.rules.proposal import Proposal
from cordee.people.models import Group
from cordee.toolkit.contributions import Caution, planning_cautions

DESPITE = "despite"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of what is planned; `left` when one chose to skip it."""

    day: date
    cautions: list[Caution]
    left: bool = False


@dataclass(frozen=True, slots=True)
class Weighing:
    days: list[Day]

    @property
    def cautions(self) -> list[Caution]:
        return [caution for day in self.days if not day.left for caution in day.cautions]

    @property
    def kept(self) -> int:
        return sum(not day.left for day in self.days)

    @property
    def is_series(self) -> bool:
        return len(self.days) > 1

    @property
    def digest(self) -> str:
        """Names what was shown: what nobody saw yet is shown before it is passed over."""
        told = repr([(caution.day, caution.sentence) for caution in self.cautions])
        return sha256(told.encode()).hexdigest()[:12] if self.cautions else ""

    def is_accepted(self, request: HttpRequest) -> bool:
        return self.digest in ("", request.POST.get(DESPITE))


def weigh(proposals: Iterable[Proposal], *, on: date, skipped: Iterable[date] = ()) -> Weighing:
    """`skipped` days are listed with nothing to weigh."""
    proposed = outlook(proposals)
    by_day: dict[date, list[Caution]] = {proposal.day: [] for proposal in proposed.each}
    for caution in planning_cautions.collect(proposed, on=on):
        by_day[caution.day].append(caution)
    days = [Day(day, found) for day, found in by_day.items()] + [Day(day, [], left=True) for day in skipped]
    return Weighing(sorted(days, key=lambda each: each.day))


def proposal(group: Group, **fields: Any) -> Proposal:
    return Proposal(group=group.pk, slug=group.slug, kind=group.kind, **fields)


def as_changed(meeting: Meeting, changed: dict[str, Any]) -> Proposal:
    """The meeting as it would be with these values of a form."""
    return proposal(
        meeting.group,
        day=changed.get("day", meeting.date),
        starts_at=changed.get("starts_at", meeting.starts_at),
        ends_at=changed.get("ends_at", meeting.ends_at),
        portion=changed.get("planned_portion", meeting.planned_portion),
        modality=changed.get("modality", meeting.modality),
        meeting=meeting.pk,
    )
