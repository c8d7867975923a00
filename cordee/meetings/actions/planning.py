"""Adding a meeting, or several at once that make a series."""

from collections.abc import Sequence
from datetime import UTC, date, time
from typing import TypedDict, Unpack
from uuid import uuid4

from django.db import transaction

from cordee.meetings import policy
from cordee.meetings.actions import refusals
from cordee.meetings.models import AgendaItem, AgendaTemplateItem, Meeting, Portion
from cordee.people.models import Group, Person
from cordee.records import journal
from cordee.reference.models import Edition, rules_on
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.values import portion as portions
from cordee.values.school_year import SchoolYear

LONGEST_SERIES = 60


class Details(TypedDict, total=False):
    """What is said of a meeting apart from its day and hours."""

    title: str
    planned_portion: str
    modality: str
    place: str
    address: str
    link: str


def plan_meeting(
    *, group: Group, day: date, starts_at: time, ends_at: time, by: Person, on: date, **details: Unpack[Details]
) -> Meeting:
    """Add a meeting of the group. Its day must fall in a school year that has an edition of the cadre.

    Without a planned portion, its hours decide by the rule of that day. A meeting to come is a draft until announced.
    """
    planned = plan_series(group=group, days=[day], starts_at=starts_at, ends_at=ends_at, by=by, on=on, **details)
    return planned[0]


def plan_series(
    *,
    group: Group,
    days: Sequence[date],
    starts_at: time,
    ends_at: time,
    by: Person,
    on: date,
    **details: Unpack[Details],
) -> list[Meeting]:
    """Add the same meeting on each of these days, all or none; each starts from the agenda the group keeps."""
    enforce(policy.can_plan_for(by, group.pk, on=on))
    if not 0 < len(days) <= LONGEST_SERIES:
        raise refusals.SeriesTooLong(LONGEST_SERIES)
    series = uuid4() if len(days) > 1 else None
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        for day in days:
            refuse_unfit_time(day, starts_at, ends_at)
            refuse_taken(group.pk, day, starts_at)
        portion = details.get("planned_portion") or portion_of_hours(days[0], starts_at, ends_at)
        same = {**tidy(details), "planned_portion": portion, "series": series, "group": group}
        planned = [
            Meeting.objects.create(date=day, starts_at=starts_at, ends_at=ends_at, **same) for day in sorted(set(days))
        ]
        _start_agendas(planned)
        for meeting in planned:  # each has its own history
            journal.write("meeting.planned", meeting, by=by, **({"series": series} if series else {}))
    return planned


def tidy(details: Details) -> dict[str, str]:
    """As they are kept: text without spaces around it."""
    return {name: str(value).strip() for name, value in details.items()}


def _start_agendas(meetings: list[Meeting]) -> None:
    kept = list(AgendaTemplateItem.objects.filter(template__group=meetings[0].group_id).order_by("position"))
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=item.position, title=item.title, minutes=item.minutes)
        for meeting in meetings
        for item in kept
    )


def portion_of_hours(day: date, starts_at: time, ends_at: time) -> str:
    """A day when it lasts longer than what makes a planned day in the rules of that day."""
    rules = rules_on(day)
    minutes = Meeting(date=day, starts_at=starts_at, ends_at=ends_at).minutes
    planned = portions.planned_portion(minutes, day_over=rules.minutes("threshold.planned-day"))
    return Portion.DAY if planned is portions.Portion.DAY else Portion.HALF


def refuse_unfit_time(day: date, starts_at: time, ends_at: time) -> None:
    """Outside any edition, past midnight, or at an hour that the change of the clock skips."""
    refuse_outside_year(day)
    if ends_at <= starts_at:
        raise refusals.PastMidnight
    for hour in (starts_at, ends_at):
        if not exists_that_day(day, hour):
            raise refusals.NoSuchHour(day, hour)


def exists_that_day(day: date, hour: time) -> bool:
    """False for 2:30 on the night clocks go forward: there and back by universal time, it reads 3:30."""
    local = clock.at(day, hour)
    return local.astimezone(UTC).astimezone(local.tzinfo).time() == hour


def refuse_outside_year(day: date) -> None:
    """A date counts only when its school year has an edition: nothing could be paid by rules that do not exist."""
    year = SchoolYear.containing(day)
    if not Edition.objects.filter(year=str(year)).exists():
        raise refusals.OutsideYear(day, year)


def refuse_taken(group: int, day: date, starts_at: time, *, moving: Sequence[int] = ()) -> None:
    """One meeting of a group at one hour; those of the series that move with it do not count."""
    there = Meeting.objects.filter(group=group, date=day, starts_at=starts_at, cancellation__isnull=True)
    if there.exclude(pk__in=moving).exists():
        raise refusals.AlreadyPlanned(day)
