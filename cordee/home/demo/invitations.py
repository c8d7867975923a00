"""The meetings of the coming weeks are announced: who was invited, who answered what, and one address that refuses."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Replace

from cordee.home.demo.planning import DRAFTS
from cordee.home.demo.year import TODAY, Year, at
from cordee.meetings.actions import telling
from cordee.meetings.models import Answer, Meeting, Reply
from cordee.records.models import Message
from cordee.toolkit import clock

AHEAD, NOTICE = timedelta(days=75), timedelta(days=21)
# Whose address is wrong: every message to it comes back.
REFUSED = "mireille.corniche"
SAID = "550 5.1.1 Boîte inconnue"
# What people answer, in the order of their fellows; empty, they have not answered yet.
REPLIES = (Reply.YES, Reply.YES, "", Reply.MAYBE, Reply.YES, Reply.NO, "")
WORDS = {Reply.NO: "Journée pédagogique à mon école.", Reply.MAYBE: "Si quelqu’un me remplace en classe."}
# They answer by themselves, for whoever tries the demonstration.
SILENT = ("delphine.arete", "josee.bivouac", "helene.surplomb")


def load(year: Year) -> None:
    ahead = {key: meeting for key, meeting in year.meetings.items() if TODAY < meeting.date <= TODAY + AHEAD}
    coming = [key for key in ahead if key not in DRAFTS]
    for number, key in enumerate(coming):
        meeting = year.meetings[key]
        _announce(year, key, meeting)
        if key in year.cancelled:
            _cancel(year, meeting)
        else:
            _answer(year, key, meeting, number)
    hand_over(year)


def _known_on(meeting: Meeting) -> date:
    return min(meeting.date - NOTICE, date(2025, 1, 10))


def _announce(year: Year, key: str, meeting: Meeting) -> None:
    with clock.standing_at(at(_known_on(meeting), 9, 20)):
        telling.announced(meeting, by=year.keeper(year.slugs[key]))


def _cancel(year: Year, meeting: Meeting) -> None:
    """Its members were told, as the act tells them."""
    hand_over(year)
    cancellation = meeting.cancellation
    with clock.standing_at(cancellation.cancelled_at):
        telling.cancelled(meeting, by=cancellation.cancelled_by, reason=cancellation.reason)


def _answer(year: Year, key: str, meeting: Meeting, number: int) -> None:
    invited = [person for person, _membership in year.expected(key) if person not in (*SILENT, REFUSED)]
    when = at(_known_on(meeting) + timedelta(days=1), 12, 5)
    Answer.objects.bulk_create(
        Answer(
            meeting=meeting,
            person=year.people[person],
            reply=reply,
            word=WORDS.get(reply, ""),
            day=meeting.date,
            answered_at=when,
        )
        for place, person in enumerate(invited)
        if (reply := REPLIES[(place + number) % len(REPLIES)])
    )


def hand_over(year: Year) -> None:
    """What was written has left long ago, the same at each load; what one address was sent came back."""
    waiting = Message.objects.filter(sent_at=None, refused_at=None)
    left, wrong = F("created_at") + timedelta(minutes=1), Q(person_id=year.people[REFUSED].pk)
    name = Replace(F("key"), Value(":"), Value("."))
    told = {
        "message_id": Concat(Value("<"), name, Value(f"@{settings.MAIL_DOMAIN}>")),
        "due_at": F("created_at"),
        "tries": 1,
    }
    waiting.filter(wrong).update(**told, refused_at=left, fault=SAID)
    waiting.exclude(wrong).update(**told, sent_at=left)
