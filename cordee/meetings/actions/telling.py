"""Telling people of a meeting: that it is announced, changes, is cancelled, in the transaction of the act.

Whoever changes what people were told makes `meeting.sequence` grow first: it is what calendars go by, and what tells
one change from the next. The same act told twice at the same sequence is told once.
"""

from collections.abc import Iterable

from django.utils import translation

from cordee.meetings import calendars
from cordee.meetings.actions.letters import INVITATION, Act, Telling, about
from cordee.meetings.models import Meeting, agenda_of, invited
from cordee.people.actions.mailing import drop_waiting
from cordee.people.models import Person, languages
from cordee.records import outbox
from cordee.records.models import Message
from cordee.toolkit import clock


def announced(meeting: Meeting, *, by: Person) -> None:
    """Invite whoever is expected that day; after a cancellation taken back, say so."""
    was_off = calendars.CANCEL in _methods(meeting).values()
    _forget_waiting(meeting)
    _write(meeting, invited(meeting), Act.RESTORED if was_off else Act.ANNOUNCED, by=by)


def changed(meeting: Meeting, *, by: Person, reason: str) -> None:
    """Tell those expected how it is now, and those who were told before and are no longer expected that it is off."""
    _forget_waiting(meeting)
    expected = list(invited(meeting))
    _write(meeting, expected, Act.CHANGED, by=by, reason=reason)
    _write(meeting, _told_in_vain(meeting, expected), Act.LEFT)


def cancelled(meeting: Meeting, *, by: Person, reason: str) -> None:
    """Tell everyone who knew of it, once."""
    _forget_waiting(meeting)
    expected = list(invited(meeting))
    everyone = [*expected, *_told_in_vain(meeting, expected)]
    _write(meeting, everyone, Act.CANCELLED, by=by, reason=reason)


def keep_up(meeting: Meeting) -> None:
    """Invite who has joined the group since, and tell who has left it. Run each day; again changes nothing."""
    expected = list(invited(meeting))
    methods = _methods(meeting)
    joined = [person for person in expected if methods.get(person.pk) != calendars.REQUEST]
    _write(meeting, joined, Act.JOINED)
    _write(meeting, _told_in_vain(meeting, expected), Act.LEFT)


def _forget_waiting(meeting: Meeting) -> None:
    """What has not left yet is no longer true."""
    outbox.withdraw(about(meeting))
    drop_waiting(about(meeting))


def _told_in_vain(meeting: Meeting, expected: Iterable[Person]) -> list[Person]:
    """Whose calendar holds the meeting although they are no longer expected."""
    here = {person.pk for person in expected}
    gone = [pk for pk, method in _methods(meeting).items() if method == calendars.REQUEST and pk not in here]
    return list(Person.objects.filter(pk__in=gone).exclude(email=None).order_by("pk")) if gone else []


def _methods(meeting: Meeting) -> dict[int, str]:
    """What each person’s calendar was last asked."""
    told = Message.objects.filter(about=about(meeting), kind=INVITATION).order_by("pk")
    return {pk: method for pk, method in told.values_list("person_id", "method") if pk is not None}


def _write(meeting: Meeting, people: Iterable[Person], act: Act, *, by: Person | None = None, reason: str = "") -> None:
    people = list(people)
    if not people:
        return
    who = by.full_name if by else ""
    telling = Telling(meeting, act, who, reason, list(agenda_of(meeting)), clock.now())
    spoken = languages(people, on=clock.today())
    letters = []
    for person in people:
        with translation.override(spoken[person.pk]):
            letters.append(telling.letter(person))
    outbox.post(*letters)
