"""Answering an invitation, by the signed link of an e-mail: no account is asked."""

from datetime import date

from django.core import signing
from django.db import transaction

from cordee.meetings.actions import refusals
from cordee.meetings.actions.letters import ANSWERS
from cordee.meetings.models import Answer, Meeting, Reply, is_invited
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock


def invitation_of(token: str) -> tuple[Meeting, Person]:
    """The meeting and the person a link was made for. Raises WrongLink."""
    try:
        meeting_id, _dash, person_id = ANSWERS.unsign(token).partition("-")
        wanted = int(meeting_id), int(person_id)
    except (signing.BadSignature, ValueError):
        raise refusals.WrongLink from None
    related = ("group", "announcement", "cancellation", "validation")
    meeting = Meeting.objects.select_related(*related).filter(pk=wanted[0]).first()
    person = Person.objects.select_related("merged_into").filter(pk=wanted[1], retired_as=None).first()
    if meeting is None or person is None:
        raise refusals.WrongLink
    return meeting, person.merged_into or person


def refuse_unanswerable(meeting: Meeting, person: Person, *, on: date) -> None:
    """A link works until the day of the meeting, for as long as it is on and the person expected."""
    if meeting.date < on:
        raise refusals.LinkExpired(meeting)
    if meeting.is_cancelled:
        raise refusals.InvitationCancelled(meeting)
    if not is_invited(meeting, person):
        raise refusals.NoLongerInvited(meeting)


def answer_invitation(*, meeting: Meeting, person: Person, reply: str, by: Person, on: date, word: str = "") -> Answer:
    """Keep what this person says they will do, and the `word` they add; the last answer counts. `by` is who answers:
    the person, or whoever is signed in where their link was opened."""
    refuse_unanswerable(meeting, person, on=on)
    if reply not in Reply.values:
        raise refusals.UnknownReply
    with transaction.atomic():
        said = {"reply": reply, "word": " ".join(word.split())[:200], "day": meeting.date, "answered_at": clock.now()}
        before = Answer.objects.filter(meeting=meeting, person=person).values_list("reply", flat=True).first()
        answer, _made = Answer.objects.update_or_create(meeting=meeting, person=person, defaults=said)
        changed = {"before": {"reply": before or ""}, "after": {"reply": reply}}
        journal.write("meeting.answered", meeting, by=by, in_the_name_of=person, person=person.pk, **changed)
    return answer
