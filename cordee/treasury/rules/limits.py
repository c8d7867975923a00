"""The last three steps: one participation, the day cap, the yearly limit. They look at a person's whole year.

Each is a stage of its own: it sees what survived the one before, frozen lines first, then by date, start
time, group and attendance. So a day taken by one community stays taken even if the yearly limit then
refuses it.
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from cordee.treasury.rules.codes import SECOND_SUPPORTED
from cordee.treasury.rules.facts import YearFacts
from cordee.treasury.rules.places import Places, placed_first
from cordee.treasury.rules.steps import Claimable
from cordee.values.portion import HALVES_IN_A_DAY, halves_of

NO_DAYS = Decimal(0)
WITHOUT_LIMIT = 366 * HALVES_IN_A_DAY


def one_participation(items: list[Claimable], kept: Places, facts: YearFacts) -> None:
    """Refuse what a person does in a second community of a type that allows one (art. 14.4).

    The first community is that of the earliest attendance, whatever the category then; only a person of the
    limited category on the meeting's date is refused, and not when their superior agreed. `items` is in
    order.
    """
    limited = [item for item in items if item.type.single_for]
    for name in {item.type.name for item in limited}:
        same = [item for item in limited if item.type.name == name]
        bound = [item for item in same if item.attendance.category == item.type.single_for]
        first = (placed_first(bound, kept) or same)[0].attendance.group
        for item in bound:
            if item.attendance.group != first and item.attendance.person not in facts.agreements:
                item.code = SECOND_SUPPORTED


def day_cap(items: Iterable[Claimable], kept: Places) -> None:
    """Share one day a date between a person's attendances, all communities together. `items` is in order.

    Two half days pay at most the day's rate; a day cut to a half pays the half day's.
    """
    for _, same_date in groupby(items, key=lambda item: item.attendance.on):
        _share_day(list(same_date), kept)


def _share_day(items: list[Claimable], kept: Places) -> None:
    if not items[0].terms.one_day_per_date:
        for item in items:
            item.day_halves, item.day_cents = item.halves, item.gross
        return
    left, used = HALVES_IN_A_DAY, 0
    for item in placed_first(items, kept) if kept else ():
        place = kept[item.attendance.id]
        item.day_halves = min(place.day_halves, item.halves, left)
        pays = min(place.day_cents, item.rate.cents[item.day_halves], item.rate.day - used)
        item.day_cents = max(0, pays)
        left -= item.day_halves
        used += item.day_cents
    for item in items:
        more = min(item.halves - item.day_halves, left)
        item.day_halves += more
        left -= more
        pays = min(item.rate.cents[item.day_halves], item.rate.day - used + item.day_cents)
        gained = max(0, pays - item.day_cents)
        item.day_cents += gained
        used += gained


def yearly_limit(items: Iterable[Claimable], kept: Places, facts: YearFacts) -> None:
    """Cut what goes past the year's days of a person in a community, employers combined. `items` is in order.

    A day of which only half fits is cut to a half and pays the half day's rate.
    """
    by_group = sorted(items, key=lambda item: item.attendance.group)
    for _, same_group in groupby(by_group, key=lambda item: item.attendance.group):
        _share_year(list(same_group), kept, facts)


def _share_year(items: list[Claimable], kept: Places, facts: YearFacts) -> None:
    limits = [_limit(item, facts) for item in items]
    at = {item.attendance.id: position for position, item in enumerate(items)}
    for item in placed_first(items, kept) if kept else ():
        place = kept[item.attendance.id]
        room = _room(items, limits, at[item.attendance.id])
        item.year_halves = max(0, min(place.year_halves, item.day_halves, room))
    for position, item in enumerate(items):
        room = _room(items, limits, position)
        item.year_halves += max(0, min(item.day_halves - item.year_halves, room))
        whole = item.year_halves == item.day_halves
        item.year_cents = item.day_cents if whole else min(item.rate.cents[item.year_halves], item.day_cents)


def _room(items: list[Claimable], limits: list[int], position: int) -> int:
    """Half days one attendance may still take, without taking those a later one has already got.

    Each attendance is under the limit of its own date, which a revision may change during the year.
    """
    used = sum(item.year_halves for item in items[: position + 1])
    room = limits[position] - used
    for later in range(position + 1, len(items)):
        if items[later].year_halves:
            used += items[later].year_halves
            room = min(room, limits[later] - used)
    return room


def _limit(item: Claimable, facts: YearFacts) -> int:
    """Half days a year for this person in this community, on this date, with what the committee added."""
    of = (item.attendance.person, item.attendance.group)
    if item.type.limit == "none":
        return WITHOUT_LIMIT
    halves = item.type.halves if item.type.limit == "fixed" else halves_of(facts.plan_days.get(of, NO_DAYS))
    return halves + halves_of(facts.extra_days.get(of, NO_DAYS))
