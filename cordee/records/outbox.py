"""The outbox: what an act wants told is written with it, and leaves afterwards, once.

    post(Letter(key="claim.3.paid.1", kind="claim", to="…", person_id=41, subject="…", text="…"))

`deliver`, a background task, hands messages to the mail server over one connection. A server that is down, or says
« later », is asked again after a pause that grows; one that refuses an address for good is believed. What a process
was handing over when it was killed is handed over again with the same Message-ID: a mail server cannot tell more.
"""

import logging
import smtplib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import get_language
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar, vCalAddress

from cordee.records import journal
from cordee.records.models import Message
from cordee.toolkit import clock
from cordee.toolkit.background import schedule

logger = logging.getLogger("cordee.outbox")
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
AT_ONCE = 50
PERMANENT = range(500, 600)
# The server spoke of this message alone; the next one may pass.
ABOUT_ONE_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


@dataclass(frozen=True, slots=True)
class Letter:
    """What to tell whom. The `key` is unique: posting it again tells nothing more. `due_at` None is now.

    `language` is the one that is on when the letter is written.
    """

    key: str
    kind: str
    to: str
    person_id: int | None
    subject: str
    text: str
    calendar: str = ""
    method: str = ""
    due_at: datetime | None = None
    about: str = ""
    unsubscribe: str = ""
    language: str = field(default_factory=lambda: get_language() or settings.LANGUAGE_CODE)


def post(*letters: Letter) -> None:
    """Put letters in the outbox, in the transaction of the caller. Those without an address are left out."""
    now = timezone.now()
    rows = [_row(letter, now) for letter in letters if letter.to]
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        transaction.on_commit(_wake, robust=True)


def _row(letter: Letter, now: datetime) -> Message:
    return Message(
        key=letter.key,
        kind=letter.kind,
        about=letter.about,
        person_id=letter.person_id,
        address=letter.to,
        subject=" ".join(letter.subject.split())[:200],
        text=letter.text,
        calendar=letter.calendar,
        method=letter.method,
        unsubscribe=letter.unsubscribe,
        language=letter.language,
        message_id=make_msgid(domain=settings.MAIL_DOMAIN),
        created_at=clock.now(),
        due_at=letter.due_at or now,
    )


def _wake() -> None:
    """One waiting delivery is enough for any number of letters."""
    if not DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exists():
        deliver.enqueue()


@schedule.every(minutes=1)
@task
def deliver() -> int:
    """Hand over everything that is due; the number of messages sent. May run beside another delivery."""
    if not settings.MAIL_IS_SET:
        return 0  # they wait for a mail server to be named
    sent = 0
    try:
        with _open_mailer() as mailer:
            while batch := _take():
                sent += _send(mailer, batch)
    except ServerGone:
        pass  # what is due again is asked again by the next delivery
    return sent


class ServerGone(Exception):
    """The mail server is not there, or speaks to nobody: no use trying the next message now."""


@contextmanager
def _open_mailer() -> Iterator[Any]:
    """Opened at the first message: an empty outbox disturbs no server."""
    mailer = mailers.default
    try:
        yield mailer
    finally:
        with suppress(OSError, smtplib.SMTPException):
            mailer.close()


def _send(mailer: Any, batch: list[Message]) -> int:
    """Hand over each; the number sent. Raises ServerGone, after those not tried were given back."""
    sent = 0
    for at, message in enumerate(batch):
        try:
            mailer.open()
            mailer.send_messages([_envelope(message)])
        except ABOUT_ONE_MESSAGE as fault:
            _put_off(message, fault, is_final=_is_final(fault))
        except (OSError, smtplib.SMTPException) as fault:
            _put_off(message, fault, is_final=False)
            _give_back(batch[at + 1 :])
            raise ServerGone from fault
        else:
            Message.objects.filter(pk=message.pk).update(sent_at=clock.now(), sending_at=None, fault="")
            sent += 1
    return sent


@transaction.atomic
def _take() -> list[Message]:
    """Some due messages, marked as being handed over: nobody else takes them for the length of the lease."""
    now = timezone.now()
    due = Message.objects.due(now).order_by("due_at", "pk").select_for_update(skip_locked=True)
    batch = list(due[:AT_ONCE])
    for message in batch:
        message.sending_at, message.tries = now, message.tries + 1
    Message.objects.bulk_update(batch, ["sending_at", "tries"])
    return batch


def _envelope(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject, body=message.text, to=[message.address], headers=dict(_headers(message))
    )
    if message.calendar:
        # The alternative is what Outlook, Google and Apple apply; the file is for those who look at files only.
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.method}")
        mail.attach("rencontre.ics", message.calendar.encode(), "application/ics")
    return mail


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    yield "Message-ID", message.message_id
    yield "Auto-Submitted", "auto-generated"
    if message.unsubscribe:
        yield "List-Unsubscribe", f"<{message.unsubscribe}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _put_off(message: Message, fault: Exception, *, is_final: bool) -> None:
    logger.warning("message %s not sent: %s", message.pk, type(fault).__name__)
    mine = Message.objects.filter(pk=message.pk)
    if is_final:
        mine.update(refused_at=clock.now(), sending_at=None, fault=_said(fault))
    else:
        pause = PAUSES[min(message.tries, len(PAUSES)) - 1]
        mine.update(due_at=timezone.now() + pause, sending_at=None, fault=_said(fault))


def _give_back(untried: Iterable[Message]) -> None:
    """The server is not there: what was taken with the message that showed it has not been tried."""
    for message in untried:
        Message.objects.filter(pk=message.pk).update(sending_at=None, tries=message.tries - 1)


def _is_final(fault: smtplib.SMTPException) -> bool:
    return all(code in PERMANENT for code, _text in _answers(fault))


def _answers(fault: Exception) -> list[tuple[int, bytes]]:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return list(fault.recipients.values())
    if isinstance(fault, smtplib.SMTPResponseException):
        text = fault.smtp_error
        return [(fault.smtp_code, text if isinstance(text, bytes) else text.encode())]
    return []


def _said(fault: Exception) -> str:
    words = " ".join(f"{code} {text.decode(errors='replace')}" for code, text in _answers(fault))
    return (words or f"{type(fault).__name__}: {fault}")[:300]


def refuse(message_id: str, said: str) -> bool:
    """An address bounced after the server had taken the message: it is refused. True when it was one of ours."""
    ours = Message.objects.filter(message_id=message_id, refused_at=None)
    return bool(ours.update(refused_at=clock.now(), fault=said[:300]))


@transaction.atomic
def try_again(*, failed: Iterable[int], by: Any = None) -> int:
    """Make these messages due now, whatever was said of them before; their number. One that bounced is sent again."""
    again = Message.objects.failed().filter(pk__in=list(failed))
    for message in again.order_by("pk"):
        journal.write("message.tried-again", message, by=by)
    count = again.update(due_at=timezone.now(), sent_at=None, refused_at=None, sending_at=None, tries=0)
    transaction.on_commit(_wake, robust=True)
    return count


@transaction.atomic
def readdress(person_id: int, *, to: str) -> None:
    """The address of a person was corrected: what has not left goes to the new one, what was refused once it is tried
    again. Without an address (`to` empty) what waits never leaves. What is being handed over is not caught up."""
    held = Message.objects.unsent().filter(person_id=person_id).exclude(address=to).order_by("pk")
    if not to:
        held.filter(refused_at=None).delete()
        return
    messages = list(held.select_for_update())
    for message in messages:
        message.address = to
        message.calendar = _for_attendee(message.calendar, to=to) if message.calendar else ""
    Message.objects.bulk_update(messages, ["address", "calendar"], batch_size=100)


def _for_attendee(calendar: str, *, to: str) -> str:
    """The same invitation of the same person, at another address: a calendar believes only the one it is of."""
    invitation = Calendar.from_ical(calendar)
    for event in invitation.events:
        event["ATTENDEE"] = vCalAddress(f"mailto:{to}", params=dict(event["ATTENDEE"].params))
    return invitation.to_ical().decode()


def withdraw(about: str) -> None:
    """What is said now makes what was to be said before untrue: those not handed over yet never leave."""
    Message.objects.filter(about=about, sent_at=None, refused_at=None, sending_at=None).delete()
