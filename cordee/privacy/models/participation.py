"""Until when each person took part, from every fact that says so: what every retention delay counts from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, DateField, F, Max, Min, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from cordee.governance.models import Mandate
from cordee.meetings.models import Attendance, Portion
from cordee.people.models import Affiliation, Duty, Membership, Person, User
from cordee.records.models import JournalEntry
from cordee.values.months import months_later

STILL = date.max
NO_TIME, ONE_DAY = timedelta(0), timedelta(days=1)
# What a day says: until when it lasted (excluded), that they were there that day, or that their record was made.
LASTS, DAY, RECORDED = "lasts", "day", "recorded"
# Facts with an end, which is the first day after; without one they last.
LASTING = (Affiliation, Membership, Duty, Mandate)


@dataclass(frozen=True)
class Participation:
    """By person that stands for themselves: the day after the last one they took part (STILL: they do)."""

    ended: Mapping[int, date]
    # The records that were made one with another follow it.
    absorbed: Mapping[int, int]

    @classmethod
    def known(cls, *, on: date) -> "Participation":
        """Two queries, whatever there is. Those already made anonymous are left out.

        Who never took part counts from the day their record first stands in the journal.
        """
        people = Person.objects.filter(retired_as=None).order_by("pk").values_list("pk", "merged_into_id")
        merged = dict(people)
        roots = {pk: _root(pk, merged) for pk in merged}
        ended: dict[int, date] = {}
        seen: dict[int, date] = {}
        for pk, day, is_fact in _facts(on):
            if root := roots.get(pk):
                known = ended if is_fact else seen
                known[root] = max(day, known.get(root, date.min))
        ended = {**seen, **ended}
        absorbed = {pk: root for pk, root in roots.items() if pk != root}
        return cls(ended, absorbed)

    def since(self, months: int, *, on: date) -> dict[int, date]:
        """Those who have not taken part for that many months, and the day after their last."""
        limit = months_later(on, -months)
        return {pk: day for pk, day in self.ended.items() if day <= limit}

    def records_of(self, people: Iterable[int]) -> list[int]:
        """With the records that were made one with theirs."""
        wanted = set(people)
        return sorted(wanted | {pk for pk, root in self.absorbed.items() if root in wanted})


def _root(pk: int, merged: Mapping[int, int | None]) -> int:
    while (kept := merged.get(pk)) is not None:
        pk = kept
    return pk


def _facts(on: date) -> Iterable[tuple[int, date, bool]]:
    """(person, first day without it, whether they took part by it), in one query; STILL when it is to come or lasts."""
    lasting = [_until(LASTS, model.objects.all(), "ends_on", or_else=STILL) for model in LASTING]
    there = Attendance.objects.filter(portion__in=(Portion.HALF, Portion.DAY))
    others = [
        _until(DAY, there, "meeting__date"),
        _until(DAY, User.objects.filter(last_login__isnull=False), "last_login"),
        _recorded(),
    ]
    for pk, day, kind in lasting[0].union(*lasting[1:], *others, all=True).order_by():
        first = _as_date(day) + (ONE_DAY if kind == DAY else NO_TIME)
        yield int(pk), STILL if first > on else first, kind != RECORDED


def _until(kind: str, rows: QuerySet, path: str, or_else: date | None = None) -> QuerySet:
    """The last of these days for each person, an empty one being `or_else`."""
    until = Coalesce(path, Value(or_else)) if or_else else F(path)
    grouped = rows.order_by().values("person").filter(person__isnull=False).annotate(until=Max(until))
    return grouped.values_list(Cast("person", BigIntegerField()), Cast("until", DateField()), Value(kind))


def _recorded() -> QuerySet:
    entries = JournalEntry.objects.filter(subject_kind=Person._meta.label_lower).order_by().values("subject_id")
    first = entries.annotate(until=Min("at"))
    return first.values_list(Cast("subject_id", BigIntegerField()), Cast("until", DateField()), Value(RECORDED))


def _as_date(day: date | str) -> date:
    return date.fromisoformat(day[:10]) if isinstance(day, str) else day
