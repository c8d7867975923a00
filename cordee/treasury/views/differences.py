"""What changed between two states of a claim, attendance by attendance."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from cordee.meetings.models import Attendance
from cordee.treasury.models import ClaimLine
from cordee.treasury.models.reading import LineFacts, facts_of


class Difference(NamedTuple):
    """An attendance that came, went or changed its amount; the meeting is None for what was carried."""

    title: str
    date: date | None
    meeting: int | None
    person: int | None
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


def differences(before: dict[str, int], lines: list[LineFacts]) -> list[Difference]:
    """From the cents by attendance of a visit to the lines of now. One query more when something went."""
    after: dict[str, int] = {}
    named: dict[str, LineFacts] = {}
    for line in lines:
        key = str(line.attendance or 0)
        after[key] = after.get(key, 0) + int(line.amount * 100)
        named.setdefault(key, line)
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    gone = _gone([int(key) for key in changed if key not in named])
    return sorted(
        (_difference(key, named.get(key), gone.get(int(key)), before.get(key), after.get(key)) for key in changed),
        key=lambda one: (one.date or date.min, one.title),
    )


def since_submission(previous: int | None, lines: list[LineFacts]) -> list[Difference]:
    """From a closed submission (its identifier) to the lines of now; nothing when there was none."""
    if previous is None:
        return []
    before: dict[str, int] = {}
    for line in facts_of(ClaimLine.objects.filter(submission=previous)):
        key = str(line.attendance or 0)
        before[key] = before.get(key, 0) + int(line.amount * 100)
    return differences(before, lines)


def _gone(attendances: list[int]) -> dict[int, Attendance]:
    if not attendances:
        return {}
    return Attendance.objects.select_related("person", "meeting__group").in_bulk(attendances)


def _difference(
    key: str, line: LineFacts | None, gone: Attendance | None, before: int | None, after: int | None
) -> Difference:
    about, day, meeting, person = _("Montant reporté"), None, None, None
    if line is not None and line.attendance:
        about, day = f"{line.full_name}, {line.group_label}", line.date
        meeting, person = line.meeting, line.person
    elif gone is not None:
        about, day = f"{gone.person.full_name}, {gone.meeting.group.label}", gone.meeting.date
        meeting, person = gone.meeting_id, gone.person_id
    return Difference(about, day, meeting, person, _dollars(before), _dollars(after))


def _dollars(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)
