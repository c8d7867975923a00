"""Naming who holds a seat, and what they say of the year to come. A mandate writes the duties it gives."""

from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from cordee.governance import policy
from cordee.governance.actions.refusals import (
    InTheFuture,
    LeavesOutside,
    MandateOver,
    NoSuchSeat,
    NoticeGiven,
    NoticeMissing,
    SeatFilled,
    SeatTaken,
    SitsAlready,
    TooManyInARow,
    WithdrawnTooLate,
)
from cordee.governance.models import EXECUTIVE, Body, Mandate, MandateNotice, Seat, Wish, last_day_in_time
from cordee.governance.rules import end_of_term, in_a_row
from cordee.people.actions.duties import give_duty
from cordee.people.models import Duty, DutyCode, DutyConfirmation, Person
from cordee.records import journal
from cordee.reference.models import rules_on
from cordee.reference.rulebook import Rulebook
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.values.school_year import SchoolYear


@transaction.atomic
def name_member(*, body: Body, code: str, rank: int, person: Person, starts_on: date, by: Person, on: date) -> Mandate:
    """Give a seat to someone for the length of a mandate, and the duties that go with it, from `starts_on`.

    The treasury is given by two people: it waits to be confirmed. Raises NoSuchSeat, SitsAlready, TooManyInARow,
    KeptApart, or SeatTaken, which names the holder.
    """
    enforce(policy.can_name_someone(by, person, on=on))
    book = rules_on(on)
    key = f"body.{body.key}.seat.{code}"
    if not book.has(key) or not 1 <= rank <= book.count(key):
        raise NoSuchSeat
    Body.objects.select_for_update().get(pk=body.pk)  # two who name at once wait for each other
    ends_on = end_of_term(starts_on, book.count("mandate.years"))
    _require_free(body, person, starts_on, ends_on, most=book.optional_count("mandate.consecutive-max"))
    seat, _new = Seat.objects.get_or_create(body=body, code=code, rank=rank)
    term = {"starts_on": starts_on, "ends_on": ends_on}
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(seat=seat, person=person, **term, recorded_by=by, recorded_at=clock.now())
    except IntegrityError:
        held = seat.mandates.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).select_related("person")
        raise SeatTaken(held.latest("ends_on")) from None
    mandate.duties.set(_missing_duties(mandate))
    journal.write("body.member_named", body, by=by, person=person.pk, seat=code, rank=rank, **term)
    return mandate


def _require_free(body: Body, person: Person, start: date, end: date, *, most: int | None) -> None:
    before = list(Mandate.objects.of(person, body))
    if any(one.starts_on < end and start < one.ends_on for one in before):
        raise SitsAlready
    if most is not None and in_a_row((one.term for one in before), start=start) > most:
        raise TooManyInARow(most)


def _missing_duties(mandate: Mandate) -> Iterator[Duty]:
    """Those the seat gives and the person does not hold throughout already."""
    codes = [DutyCode.EXECUTIVE_COMMITTEE] if mandate.seat.body.key == EXECUTIVE else []
    codes += [DutyCode.TREASURER] if mandate.seat.code == DutyCode.TREASURER else []
    for code in codes:
        held = Duty.objects.filter(person=mandate.person, code=code, organization=None)
        covering = held.current(mandate.starts_on).exclude(ends_on__lt=mandate.ends_on)
        if not covering.exists():
            yield give_duty(
                person=mandate.person,
                code=code,
                starts_on=mandate.starts_on,
                ends_on=mandate.ends_on,
                by=mandate.recorded_by,
            )


@transaction.atomic
def withdraw_mandate(*, mandate: Mandate, by: Person, on: date) -> None:
    """Undo a naming on the day it was written; afterwards what was done by virtue of it stays explained."""
    enforce(policy.can_name(by, on=on))
    mandate = _locked(mandate)
    confirmed = DutyConfirmation.objects.filter(duty__mandates=mandate).exists()
    if confirmed or clock.local_day(mandate.recorded_at) != on or hasattr(mandate, "notice"):
        raise WithdrawnTooLate
    journal.write("body.naming_withdrawn", mandate.seat.body, by=by, person=mandate.person_id, seat=mandate.seat.code)
    duties = list(mandate.duties.all())
    mandate.duties.clear()
    mandate.delete()
    for duty in duties:
        duty.delete()


@transaction.atomic
def give_notice(
    *, mandate: Mandate, wish: str, said_on: date, leaving_on: date | None = None, by: Person, on: date
) -> MandateNotice:
    """One leaves, at the end of the school year unless `leaving_on` says otherwise, or asks for a second mandate.

    After the deadline of the cadre it is accepted and marked late.
    """
    enforce(policy.can_give_notice(by, mandate, on=on))
    mandate = _locked(mandate)
    if mandate.ends_on <= on:
        raise MandateOver
    if hasattr(mandate, "notice"):
        raise NoticeGiven
    if said_on > on:
        raise InTheFuture
    book, before = rules_on(on), mandate.ends_on
    if wish == Wish.STAY:
        _require_another(mandate, book)
    else:
        _shorten(mandate, said_on, leaving_on)
    notice = MandateNotice.objects.create(
        mandate=mandate,
        wish=wish,
        said_on=said_on,
        is_late=_comes_late(book, mandate.seat.body.key, wish, said_on),
        ended_before=before,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    journal.write("mandate.notice_given", mandate, by=by, wish=wish, said_on=said_on, ends_on=mandate.ends_on)
    return notice


def _require_another(mandate: Mandate, book: Rulebook) -> None:
    most = book.optional_count("mandate.consecutive-max")
    terms = (one.term for one in Mandate.objects.of(mandate.person, mandate.seat.body))
    if most is not None and in_a_row(terms, start=mandate.ends_on) > most:
        raise TooManyInARow(most)


def _shorten(mandate: Mandate, said_on: date, leaving_on: date | None) -> None:
    leaving = leaving_on or min(SchoolYear.containing(said_on).end, mandate.ends_on)
    if not max(said_on, mandate.starts_on) < leaving <= mandate.ends_on:
        raise LeavesOutside
    _end(mandate, leaving)


def _end(mandate: Mandate, day: date) -> None:
    """Its duties end with it; one that ended before, by a departure, stays ended."""
    in_step = Q(ends_on=mandate.ends_on) | Q(ends_on__gt=day)
    mandate.duties.filter(in_step).update(ends_on=day)
    mandate.ends_on = day
    mandate.save(update_fields=["ends_on"])


def _comes_late(book: Rulebook, body: str, wish: str, said_on: date) -> bool:
    last = last_day_in_time(book, body, wish)
    return last is not None and said_on > last


@transaction.atomic
def withdraw_notice(*, mandate: Mandate, by: Person, on: date) -> None:
    """The notice is taken back: the mandate ends when it did. Raises SeatFilled when someone was named meanwhile."""
    enforce(policy.can_give_notice(by, mandate, on=on))
    mandate = _locked(mandate)
    notice = MandateNotice.objects.filter(mandate=mandate).first()
    if notice is None:
        raise NoticeMissing
    notice.delete()
    try:
        with transaction.atomic():
            _end(mandate, notice.ended_before)
    except IntegrityError:
        raise SeatFilled from None
    journal.write("mandate.notice_withdrawn", mandate, by=by, wish=notice.wish, ends_on=mandate.ends_on)


def _locked(mandate: Mandate) -> Mandate:
    found = Mandate.objects.select_for_update(of=("self",)).select_related("seat__body", "person")
    return found.get(pk=mandate.pk)
