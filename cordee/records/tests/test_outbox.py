"""What an act wants told leaves once, whatever happens to the mail server or to the process that hands it over."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bench.mail import HAND_OVER
from cordee.records import outbox
from cordee.records.models import Message, MessageState
from cordee.records.outbox import Letter, deliver, post
from cordee.records.tests.rest_of_delivery import two_go_on
from cordee.toolkit.testing.mailserver import MailServer
from cordee.toolkit.testing.processes import kill, starter


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.MAILERS = running.mailers()
        yield running


@pytest.fixture
def closed(settings):
    with MailServer() as running:
        mailers = running.mailers()
    settings.MAILERS = mailers


def letter(at: int = 0, to: str = "", **values: object) -> Letter:
    given = {"key": f"test.{at}", "kind": "test", "person_id": at, "subject": f"Objet {at}", "text": "Été, ½ journée"}
    return Letter(to=to or f"alice{at}@exemple.test", **{**given, **values})


def states() -> dict[str, str]:
    return dict(Message.objects.with_state().order_by("pk").values_list("address", "state"))


def test_a_letter_arrives_as_it_was_written(db, server):
    post(letter(subject="Présences\r\nBcc: tous", text="Bonjour,\n\nÀ demain. ½"))
    assert deliver.call() == 1
    (got,) = server.letters
    assert got["Subject"] == "Présences Bcc: tous"
    assert got["To"] == "alice0@exemple.test"
    assert got["Bcc"] is None
    assert "À demain. ½" in got.get_content()
    assert got["Auto-Submitted"] == "auto-generated"


def test_a_calendar_comes_as_an_invitation_that_calendars_apply(db, server):
    post(letter(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", method="REQUEST"))
    deliver.call()
    alternatives, file = server.letters[0].iter_parts()
    _text, calendar = alternatives.iter_parts()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert file.get_filename() == "rencontre.ics"
    assert file.get_content().decode() == "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def test_one_click_stops_messages_of_a_kind_where_they_may_be_stopped(db, server):
    post(letter(1), letter(2, unsubscribe="https://cordee.exemple.test/arret/"))
    deliver.call()
    plain, stoppable = server.letters
    assert "List-Unsubscribe" not in plain
    assert stoppable["List-Unsubscribe"] == "<https://cordee.exemple.test/arret/>"
    assert stoppable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_became_untrue_before_it_left_never_leaves(db, server):
    post(letter(1, about="meeting.7"), letter(2, about="meeting.8"))
    outbox.withdraw("meeting.7")
    assert deliver.call() == 1


def test_the_same_thing_is_told_once(db, server):
    post(letter())
    post(letter(subject="autrement dit"))
    assert deliver.call() == 1
    assert deliver.call() == 0


def test_an_act_that_is_taken_back_tells_nothing(db, server):
    with pytest.raises(RuntimeError), transaction.atomic():
        post(letter())
        raise RuntimeError
    assert deliver.call() == 0


def test_someone_without_an_address_is_left_out(db):
    post(Letter(key="k", kind="test", to="", person_id=1, subject="s", text="t"))
    assert not Message.objects.exists()


def test_a_letter_for_later_waits(db, server):
    post(letter(due_at=timezone.now() + timedelta(hours=1)))
    assert deliver.call() == 0
    Message.objects.update(due_at=timezone.now())
    assert deliver.call() == 1


def test_any_number_of_letters_wake_one_delivery(transactional_db):
    for at in range(3):
        post(letter(at))
    assert DBTaskResult.objects.ready().count() == 1


def test_a_server_that_is_down_loses_nothing_and_is_asked_later(db, closed):
    post(letter(1), letter(2))
    assert deliver.call() == 0
    first, second = Message.objects.order_by("pk")
    assert first.tries == 1 and first.due_at > timezone.now() and "Error" in first.fault
    assert second.tries == 0 and second.sending_at is None, "it was not tried, and is not blamed"
    assert states() == {"alice1@exemple.test": MessageState.DELAYED, "alice2@exemple.test": MessageState.WAITING}


def test_once_the_server_is_back_everything_leaves(db, closed, settings):
    post(letter(1), letter(2))
    deliver.call()
    Message.objects.update(due_at=timezone.now())
    with MailServer() as back:
        settings.MAILERS = back.mailers()
        assert deliver.call() == 2
        assert [got["To"] for got in back.letters] == ["alice1@exemple.test", "alice2@exemple.test"]


def test_one_refused_address_does_not_hold_the_others(db, server):
    post(letter(1, to="never@exemple.test"), letter(2, to="later@exemple.test"), letter(3))
    assert deliver.call() == 1
    assert states() == {
        "never@exemple.test": MessageState.REFUSED,
        "later@exemple.test": MessageState.DELAYED,
        "alice3@exemple.test": MessageState.SENT,
    }
    assert Message.objects.get(address="never@exemple.test").fault == "550 no such person"


@pytest.mark.parametrize(("tries", "minutes"), [(0, 1), (1, 5), (6, 1440), (30, 1440)])
def test_each_pause_is_longer_than_the_last(db, server, tries, minutes):
    post(letter(to="later@exemple.test"))
    Message.objects.update(tries=tries)
    deliver.call()
    wait = Message.objects.get().due_at - timezone.now()
    assert timedelta(minutes=minutes - 1) < wait <= timedelta(minutes=minutes)


def test_without_a_mail_server_messages_wait(db, server, settings):
    settings.MAIL_IS_SET = False
    post(letter())
    assert deliver.call() == 0
    assert states() == {"alice0@exemple.test": MessageState.WAITING}


def test_an_address_that_bounces_afterwards_is_refused(db, server):
    post(letter())
    deliver.call()
    message = Message.objects.get()
    assert outbox.refuse(message.message_id, "5.1.1 boîte inconnue")
    assert not outbox.refuse("<unknown@exemple.test>", "")
    assert states() == {"alice0@exemple.test": MessageState.REFUSED}


def test_people_may_ask_to_try_again(db, server):
    post(letter(to="never@exemple.test"))
    deliver.call()
    Message.objects.update(address="alice@exemple.test")
    assert outbox.try_again(failed=Message.objects.values_list("pk", flat=True)) == 1
    assert deliver.call() == 1


def test_killed_while_handing_over_nothing_is_lost_and_nothing_told_twice(transactional_db, tmp_path):
    post(*(letter(at) for at in range(120)))
    with MailServer() as server:
        kill(starter(tmp_path, **server.variables())("-m", "cordee.records.tests.slow_delivery"))
        assert 0 < len(server.letters) < 120
        two_go_on(tmp_path, "-c", HAND_OVER, **server.variables())
        told = [got["Message-ID"] for got in server.letters]
    assert len(set(told)) == 120, "nothing is lost"
    assert len(told) - 120 <= 1, "at most the one in hand is handed over again, under the same Message-ID"
