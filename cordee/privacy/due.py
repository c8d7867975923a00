"""What is past its time today: the people, and the rows of each declaration. Six queries, whatever there is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value

from cordee.privacy.ends import End, ends, months_of_a_person
from cordee.privacy.models import Participation, kept_out


@dataclass(frozen=True)
class Due:
    """`people` by the day after they last took part; `kept` those who are held, and why. `tables` go by a run that
    someone confirms, `nightly` each night by themselves: each with the number of its rows."""

    who: Participation
    kept: Mapping[int, str]
    people: dict[int, date]
    tables: list[tuple[End, int]]
    nightly: list[tuple[End, int]]

    @classmethod
    def today(cls, on: date) -> "Due":
        who = Participation.known(on=on)
        kept = kept_out(who)
        over = who.since(months_of_a_person(), on=on)
        people = {pk: day for pk, day in over.items() if pk not in kept}
        counted = _counted([end for end in ends() if end.is_of_rows or end.is_of_persons], who, on=on, kept=kept)
        nightly = [one for one in counted if one[0].held.keeping.is_nightly]
        return cls(who, kept, people, [one for one in counted if one not in nightly], nightly)

    @property
    def rows(self) -> int:
        """How many a run would take."""
        return sum(count for _end, count in self.tables)


def with_people(records: Collection[int]) -> dict[str, int]:
    """What would go with the people of these records, by the name of its declaration; one query."""
    going = [end for end in ends() if end.goes_with_its_person]
    asked = [_count(number, end.of(records)) for number, end in enumerate(going)]
    counts = dict(asked[0].union(*asked[1:], all=True).order_by())
    return {going[number].name: count for number, count in sorted(counts.items()) if count}


def _counted(found: list[End], who: Participation, *, on: date, kept: Mapping[int, str]) -> list[tuple[End, int]]:
    asked = [_count(number, end.due(who, on=on, kept=kept)) for number, end in enumerate(found)]
    counts = dict(asked[0].union(*asked[1:], all=True).order_by())
    return [(end, counts.get(number, 0)) for number, end in enumerate(found)]


def _count(number: int, rows: QuerySet[Any]) -> QuerySet[Any]:
    grouped = rows.order_by().annotate(the_part=Value(number)).values("the_part")
    return grouped.annotate(the_count=Count("pk")).values_list("the_part", "the_count")
