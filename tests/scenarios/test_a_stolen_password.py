"""Someone far away has the password of the treasurer, then that of a member: what stops them, and who is told."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.people.tests.test_accounts import PASSWORD, add_app, code_of, last_letter, sign_in, with_password
from cordee.records.models import Message
from tests.scenarios.cast import Visitor, signed_in

OFFICE, FAR = {"REMOTE_ADDR": "198.51.100.7"}, {"REMOTE_ADDR": "203.0.113.9"}
WINDOWS = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def gaspard(db, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()
    who = factory.person("Gaspard", "Relais")
    factory.duty(who, "treasurer")
    return with_password(who)


def test_the_password_of_the_treasurer_opens_nothing(gaspard):
    secret = add_app(gaspard)
    owner = comes_in_with_both(gaspard, secret)
    before = Message.objects.count()
    thief = Client(headers={"user-agent": WINDOWS}, **FAR)
    assert sign_in(thief, gaspard.email)["Location"] == reverse("mfa_authenticate")
    they_guess_codes_and_stay_outside(thief)
    they_ask_for_a_code_by_mail_and_do_not_read_it(gaspard)
    assert owner.get(reverse("people:my_rights")).status_code == 200, "the owner works on"
    owner.post(reverse("account_logout"))
    they_try_until_they_are_slowed_down(gaspard)
    assert sign_in(owner, gaspard.email, **OFFICE)["Location"] == reverse("mfa_authenticate"), "the owner is not slowed"
    assert Message.objects.count() == before + 1, "nobody came in: only the code that was asked for was sent"


def comes_in_with_both(person, secret):
    """With the password and the application, from the office."""
    client = Client(**OFFICE)
    assert sign_in(client, person.email, **OFFICE)["Location"] == reverse("mfa_authenticate")
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}, **OFFICE)["Location"] == "/"
    return client


def they_guess_codes_and_stay_outside(thief):
    for guess in range(3):
        assert thief.post(reverse("mfa_authenticate"), {"code": f"{guess:06d}"}).status_code == 200
    assert thief.get(reverse("people:my_rights"))["Location"].startswith(reverse("account_login"))


def they_ask_for_a_code_by_mail_and_do_not_read_it(gaspard):
    thief = Client(**FAR)
    thief.post(reverse("account_request_login_code"), {"email": gaspard.email})
    assert last_letter(gaspard.email).subject == "Votre code pour ouvrir une session"
    thief.post(reverse("account_confirm_login_code"), {"code": "ABC-DEF"})
    assert thief.get(reverse("people:my_rights")).status_code == 302


def they_try_until_they_are_slowed_down(gaspard):
    other = Client()
    for _try in range(6):
        answer = sign_in(other, gaspard.email, "je ne sais plus", **FAR)
    assert "Trop d’essais" in answer.content.decode()


def test_the_password_of_a_member_is_news_and_its_owner_closes_the_door(people):
    clara = with_password(people.clara)
    home = Visitor(Client(**OFFICE))
    sign_in(home.client, clara.email)
    thief = Visitor(Client(headers={"user-agent": WINDOWS}, **FAR))
    sign_in(thief.client, clara.email)
    letter = last_letter(clara.email)
    assert "depuis un appareil qui n’était pas connu" in letter.text
    assert "Firefox, Windows" in letter.text and FAR["REMOTE_ADDR"] in letter.text
    home.opens("people:my_access").reads("Firefox, Windows", FAR["REMOTE_ADDR"])
    home.sends("people:close_sessions").reads("1 session est fermée.")
    assert thief.opens("people:my_rights").answer.request["PATH_INFO"] == reverse("account_login")
    chosen = "un piolet neuf et deux broches"
    home.sends("account_change_password", oldpassword=PASSWORD, password1=chosen, password2=chosen)
    assert sign_in(thief.client, clara.email).status_code == 200, "what they know opens nothing any more"
    assert sign_in(Client(), clara.email, chosen)["Location"] == "/"
    desk = signed_in(people.solange).opens("privacy:history", "people.person", clara.pk)
    desk.reads("Clara Moraine a fermé ses autres sessions", "Clara Moraine a changé son mot de passe")
