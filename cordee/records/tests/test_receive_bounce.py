"""`manage.py receive_bounce`: a message that came back refuses the one it is about, and nothing else does."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from cordee.records.models import Message, MessageState
from cordee.records.outbox import Letter, post
from cordee.toolkit import clock

pytestmark = pytest.mark.django_db
NOTICE = """\
From: MAILER-DAEMON@relais.exemple.test
To: cordee@exemple.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.exemple.test

Final-Recipient: rfc822; alice@exemple.test
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--B
{original}
--B--
"""
WHOLE = "Content-Type: message/rfc822\n\nMessage-ID: {id}\nSubject: Invitation\n\nBonjour"
HEADERS = "Content-Type: text/rfc822-headers\n\nReceived: from here\nMessage-ID: {id}\nSubject: Invitation\n"


@pytest.fixture
def message(db):
    post(Letter(key="k", kind="test", to="alice@exemple.test", person_id=1, subject="Invitation", text="Bonjour"))
    Message.objects.update(sent_at=clock.now())
    return Message.objects.get()


@pytest.fixture
def receive(monkeypatch):
    def run(text):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
        said = io.StringIO()
        call_command("receive_bounce", stdout=said)
        return said.getvalue()

    return run


def state():
    return Message.objects.with_state().get().state


@pytest.mark.parametrize("original", [WHOLE, HEADERS])
def test_a_notice_refuses_the_message_it_is_about(message, receive, original):
    notice = NOTICE.format(action="failed", original=original.format(id=message.message_id))
    assert receive(notice) == f"Refusé\u00a0: {message.message_id}\n"
    assert state() == MessageState.REFUSED
    assert Message.objects.get().fault == "5.1.1 550 5.1.1 User unknown"
    assert "inconnu ou déjà refusé" in receive(notice)


def test_a_delay_is_no_refusal(message, receive):
    said = receive(NOTICE.format(action="delayed", original=WHOLE.format(id=message.message_id)))
    assert "rien n’a changé" in said
    assert state() == MessageState.SENT


@pytest.mark.parametrize("text", ["", "Subject: Absente du bureau\n\nDe retour lundi.", "\x00\x01\x02", NOTICE])
def test_anything_else_changes_nothing_and_fails_nothing(message, receive, text):
    assert "rien n’a changé" in receive(text)
    assert state() == MessageState.SENT
