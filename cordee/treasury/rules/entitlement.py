"""The pipeline: a person's attendance of a school year in, the lines of claims out, one person at a time."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from cordee.treasury.rules.adjustment import adjust
from cordee.treasury.rules.codes import DAY_CAP, GROSS, YEARLY_LIMIT
from cordee.treasury.rules.facts import Attendance, FrozenLine, Line, Notice, PersonEntitlement, YearFacts
from cordee.treasury.rules.limits import day_cap, one_participation, yearly_limit
from cordee.treasury.rules.places import in_order, places
from cordee.treasury.rules.steps import Claimable, examine
from cordee.treasury.rules.terms import Terms


def entitlements(
    attendances: Iterable[Attendance],
    facts: YearFacts,
    frozen: Iterable[FrozenLine] = (),
) -> Iterator[PersonEntitlement]:
    """What each person's attendance of one school year gives, streamed by person.

    Both inputs come sorted by person (`ORDER BY person`), in any order within a person: memory is that of
    one person. Someone of whom only frozen lines are left is given too, to be taken back. Give what is
    dated before the claim's `until`: later attendance never changes an earlier one. Raises `MissingRule` or
    `NoRulebook` when the edition cannot answer, and `ValueError` when the input is not sorted.
    """
    terms = Terms(facts.timeline)
    for person, mine, held in _by_person(attendances, frozen):
        lines, notices = _entitlement(mine, held, terms, facts)
        yield PersonEntitlement(person, lines, notices, adjust(lines, held))


def _entitlement(
    mine: list[Attendance], held: list[FrozenLine], terms: Terms, facts: YearFacts
) -> tuple[list[Line], list[Notice]]:
    """Every step for one person."""
    examined = [examine(one, terms.on(one.on), facts) for one in mine if one.portion]
    claimable = sorted((item for item in examined if isinstance(item, Claimable)), key=in_order)
    kept = places(held)
    one_participation([item for item in claimable if not item.code], kept, facts)
    payable = [item for item in claimable if not item.code]
    day_cap(payable, kept)
    yearly_limit(payable, kept, facts)
    notices = sorted(item for item in examined if isinstance(item, Notice))
    return [line for item in claimable for line in _lines(item)], notices


def _lines(item: Claimable) -> Iterator[Line]:
    """The gross line of an attendance, then what each step takes away, named."""
    gross = item.gross
    yield _line(item, GROSS, item.halves, gross)
    if item.code:
        yield _line(item, item.code, -item.halves, -gross)
        return
    if item.day_halves < item.halves or item.day_cents < gross:
        yield _line(item, DAY_CAP, item.day_halves - item.halves, item.day_cents - gross)
    if item.year_halves < item.day_halves:
        yield _line(item, YEARLY_LIMIT, item.year_halves - item.day_halves, item.year_cents - item.day_cents)


def _line(item: Claimable, code: str, halves: int, cents: int) -> Line:
    attendance = item.attendance
    return Line(
        attendance.id,
        attendance.person,
        attendance.organization,
        code,
        halves,
        cents,
        item.rate.keys[item.halves],
        item.terms.book.revision,
        attendance.category,
    )


def _by_person(
    attendances: Iterable[Attendance], frozen: Iterable[FrozenLine]
) -> Iterator[tuple[int, list[Attendance], list[FrozenLine]]]:
    """Walk two inputs sorted by person side by side."""
    theirs = groupby(frozen, key=lambda one: one.line.person)
    ahead = _next_person(theirs, -1)
    last = -1
    for person, mine in groupby(attendances, key=lambda one: one.person):
        _require_sorted(last, person)
        while ahead and ahead[0] < person:
            yield ahead[0], [], ahead[1]
            ahead = _next_person(theirs, ahead[0])
        if ahead and ahead[0] == person:
            yield person, list(mine), ahead[1]
            ahead = _next_person(theirs, person)
        else:
            yield person, list(mine), []
        last = person
    while ahead:
        yield ahead[0], [], ahead[1]
        ahead = _next_person(theirs, ahead[0])


def _next_person(
    theirs: Iterator[tuple[int, Iterator[FrozenLine]]], last: int
) -> tuple[int, list[FrozenLine]] | None:
    for person, lines in theirs:
        _require_sorted(last, person)
        return person, list(lines)
    return None


def _require_sorted(last: int, person: int) -> None:
    if person <= last:
        raise ValueError(f"Attendance and frozen lines come sorted by person: {person} after {last}.")
