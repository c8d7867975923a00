"""Opening an account by invitation, coming in, and being held back without a second factor."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.people.actions import accounts
from cordee.people.models import AccountInvitation, User
from cordee.records import journal
from cordee.records.models import Message
from cordee.toolkit import clock
from cordee.toolkit.refusals import Forbidden

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "crampons sur la glace vive"
TODAY = factory.TODAY


@pytest.fixture
def secretary(db):
    cache.clear()
    who = factory.person("Solange")
    factory.duty(who, "secretary")
    return who


@pytest.fixture
def invited(db):
    return factory.person("Nadia", "Névé", account=False)


@pytest.fixture
def treasurer(db):
    """With a password and an address that was proven."""
    cache.clear()
    who = factory.person("Gaspard")
    factory.duty(who, "treasurer")
    return with_password(who)


def with_password(person):
    person.user.set_password(PASSWORD)
    person.user.save(update_fields=["password"])
    EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    return person


def as_(person):
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return client


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def last_letter(to):
    return Message.objects.filter(address=to).latest("pk")


def path_in(letter):
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.text)
    assert found
    return found[1]


def acts_on(person):
    return [entry.act for entry in journal.history(person)]


def add_app(person):
    secret = generate_totp_secret()
    TOTP.activate(person.user, secret)
    return secret


def code_of(secret):
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def test_an_invitation_leaves_by_mail_and_opens_an_account(secretary, invited):
    as_(secretary).post(reverse("people:invite", args=[invited.pk]))
    link = path_in(last_letter(invited.email))
    visitor = Client()
    page = visitor.get(link)
    assert invited.full_name in page.content.decode()
    assert not User.objects.filter(person=invited).exists()  # opening the link changes nothing
    answer = visitor.post(link, {"password": PASSWORD})
    assert answer.status_code == 302
    assert visitor.get(reverse("people:mail")).status_code == 200
    user = User.objects.get(person=invited)
    assert (user.email, user.check_password(PASSWORD)) == (invited.email, True)
    assert EmailAddress.objects.get(user=user).verified
    assert UserSession.objects.filter(user=user).count() == 1
    assert acts_on(invited) == ["account.invited", "account.opened", "account.session-opened"]
    assert Message.objects.filter(address=invited.email).count() == 1  # their first device is no news


def test_a_weak_password_opens_nothing_and_says_why(secretary, invited):
    link = reverse(
        "people:invitation", args=[accounts.token_of(accounts.invite(person=invited, by=secretary, on=TODAY))]
    )
    for weak in ("court", "123456789012", "1q2w3e4r5t6y"):
        answer = Client().post(link, {"password": weak})
        assert answer.status_code == 422
    assert not User.objects.filter(person=invited).exists()


def used(invitation, secretary):
    accounts.accept_invitation(token=accounts.token_of(invitation), password=PASSWORD)


def expired(invitation, secretary):
    AccountInvitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now() - timedelta(seconds=1))


def withdrawn(invitation, secretary):
    accounts.withdraw_invitation(person=invitation.person, by=secretary, on=TODAY)


def replaced(invitation, secretary):
    accounts.invite(person=invitation.person, by=secretary, on=TODAY)


def moved(invitation, secretary):
    invitation.person.email = "ailleurs@exemple.test"
    invitation.person.save(update_fields=["email"])


@pytest.mark.parametrize("what", [used, expired, withdrawn, replaced, moved])
def test_a_link_serves_once_in_its_time_for_its_address(secretary, invited, what):
    invitation = accounts.invite(person=invited, by=secretary, on=TODAY)
    what(invitation, secretary)
    before = User.objects.count()
    link = reverse("people:invitation", args=[accounts.token_of(invitation)])
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"password": PASSWORD}).status_code == 410
    assert User.objects.count() == before


def test_a_link_is_not_guessed(db):
    for token in ("1", "1.abc", "x", "1.2.3"):
        assert Client().get(reverse("people:invitation", args=[token])).status_code == 410


def test_only_who_keeps_the_directory_invites(secretary, invited, treasurer):
    """An administrator of the system is not a treasurer, nor the other way round."""
    with pytest.raises(Forbidden):
        accounts.invite(person=invited, by=treasurer, on=TODAY)
    assert as_(treasurer).post(reverse("people:invite", args=[invited.pk])).status_code == 403
    assert AccountInvitation.objects.count() == 0


def test_who_has_an_account_or_no_address_is_not_invited(secretary, treasurer):
    client = as_(secretary)
    assert client.post(reverse("people:invite", args=[treasurer.pk])).status_code == 409
    nobody = factory.person("Sans", "Adresse", account=False)
    nobody.email = None
    nobody.save(update_fields=["email"])
    assert client.post(reverse("people:invite", args=[nobody.pk])).status_code == 409


def test_a_closed_account_opens_nothing_and_whoever_was_in_is_out(secretary, treasurer):
    there = Client()
    sign_in(there, treasurer.user.email)
    assert there.get(reverse("people:my_access")).status_code == 200
    as_(secretary).post(reverse("people:close_account", args=[treasurer.pk]))
    assert there.get(reverse("people:my_access")).status_code == 302
    assert sign_in(Client(), treasurer.user.email)["Location"] == reverse("account_inactive")
    as_(secretary).post(reverse("people:reopen_account", args=[treasurer.pk]))
    assert sign_in(Client(), treasurer.user.email)["Location"] == "/"


def test_nobody_closes_their_own_account(secretary):
    assert as_(secretary).post(reverse("people:close_account", args=[secretary.pk])).status_code == 403


def test_the_same_answer_and_the_same_work_whether_an_account_exists(treasurer):
    """Wrong password, forgotten password, code by e-mail: the page and the number of queries say nothing."""
    asked = {
        "account_login": lambda email: {"login": email, "password": "faux mot de passe"},
        "account_reset_password": lambda email: {"email": email},
        "account_request_login_code": lambda email: {"email": email},
    }
    for name, typed in asked.items():
        answers = [answer_to(name, typed(email)) for email in (treasurer.user.email, "personne@exemple.test")]
        (page, writes), (other_page, other_writes) = answers
        assert page == other_page, name
        assert writes == other_writes, name


def answer_to(name, typed):
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse(name), typed)
    page = re.sub(r'(token" value|X-CSRFToken)[^>]+', "", answer.content.decode())
    for value in typed.values():
        page = page.replace(value, "")
    writes = sum(query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for query in queries)
    return (answer.status_code, answer.get("Location"), page), writes


def test_the_letters_of_access_are_not_read_by_the_secretary(secretary, treasurer):
    Client().post(reverse("account_reset_password"), {"email": treasurer.user.email})
    letter = last_letter(treasurer.user.email)
    page = as_(secretary).get(reverse("home:message", args=[letter.pk])).content.decode()
    assert letter.subject in page
    assert path_in(letter) not in page


def test_a_forgotten_password_is_chosen_again_and_the_other_sessions_are_closed(treasurer):
    there = Client()
    sign_in(there, treasurer.user.email)
    visitor = Client()
    visitor.post(reverse("account_reset_password"), {"email": treasurer.user.email})
    link = path_in(last_letter(treasurer.user.email))
    form = visitor.get(link, follow=True)
    chosen = "un tout autre mot de passe"
    visitor.post(form.request["PATH_INFO"], {"password1": chosen, "password2": chosen})
    assert sign_in(Client(), treasurer.user.email, chosen)["Location"] == "/"
    assert there.get(reverse("people:my_access")).status_code == 302
    assert "account.password-reset" in acts_on(treasurer)


def test_a_code_by_mail_opens_a_session_once(treasurer):
    visitor = Client()
    visitor.post(reverse("account_request_login_code"), {"email": treasurer.user.email})
    code = re.search(r"\n\n(\S+)\n\n", last_letter(treasurer.user.email).text)[1]
    confirm = reverse("account_confirm_login_code")
    assert visitor.post(confirm, {"code": "000000"}).status_code == 200
    assert visitor.post(confirm, {"code": code})["Location"] == "/"
    assert visitor.get(reverse("people:my_access")).status_code == 200
    assert Client().post(confirm, {"code": code})["Location"] == reverse("account_request_login_code")


def test_tries_of_a_stranger_lock_nobody_out(treasurer):
    """Six wrong passwords slow the stranger down; the owner comes in, from a device they know and from a new one."""
    owner = Client()
    sign_in(owner, treasurer.user.email, REMOTE_ADDR="198.51.100.7")
    owner.post(reverse("account_logout"))
    stranger = Client()
    for _try in range(5):
        answer = sign_in(stranger, treasurer.user.email, "faux", REMOTE_ADDR="203.0.113.9")
    assert "Trop d’essais" not in answer.content.decode()
    assert "Trop d’essais" in sign_in(stranger, treasurer.user.email, REMOTE_ADDR="203.0.113.9").content.decode()
    # In the same office, behind the same address, on the device they use.
    assert sign_in(owner, treasurer.user.email, REMOTE_ADDR="203.0.113.9")["Location"] == "/"
    assert sign_in(Client(), treasurer.user.email, REMOTE_ADDR="198.51.100.8")["Location"] == "/"


def test_a_brake_says_nothing_of_whether_the_account_exists(db):
    cache.clear()
    stranger = Client()
    for _try in range(5):
        sign_in(stranger, "personne@exemple.test", "faux")
    assert "Trop d’essais" in sign_in(stranger, "personne@exemple.test", "faux").content.decode()


def test_a_new_device_is_news_and_a_known_one_is_not(treasurer):
    visitor = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"})
    sign_in(visitor, treasurer.user.email)
    letter = last_letter(treasurer.user.email)
    assert "Firefox, Windows" in letter.text
    assert "127.0.0.1" in letter.text
    visitor.post(reverse("account_logout"))
    sign_in(visitor, treasurer.user.email)
    assert Message.objects.filter(address=treasurer.user.email).count() == 1


def test_a_forged_device_is_a_new_one(treasurer):
    visitor = Client()
    visitor.cookies["appareil"] = f"[{treasurer.user.pk}]"
    sign_in(visitor, treasurer.user.email)
    assert Message.objects.filter(address=treasurer.user.email).count() == 1


def test_who_moves_money_is_held_back_without_a_second_factor(treasurer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    sign_in(client, treasurer.user.email)
    assert client.get(reverse("home:home"))["Location"] == reverse("people:my_access")
    assert client.post(reverse("people:mail"), {}).status_code == 403
    page = client.get(reverse("people:my_access")).content.decode()
    assert "Ajoutez un second facteur pour continuer." in page


def test_an_application_is_added_its_codes_shown_and_the_house_opens(
    treasurer, settings, django_capture_on_commit_callbacks
):
    settings.SECOND_FACTOR_REQUIRED = True
    elsewhere, client = Client(), Client()
    sign_in(elsewhere, treasurer.user.email)
    sign_in(client, treasurer.user.email)
    assert reverse("account_reauthenticate") in client.get(reverse("mfa_activate_totp"))["Location"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("mfa_view_recovery_codes")
    assert len(answer.context["unused_codes"]) == 10
    assert client.get(reverse("people:mail")).status_code == 200
    # Whoever had come in with the password alone is out, and the owner is told.
    assert elsewhere.get(reverse("people:my_access")).status_code == 302
    assert "code d’une application" in last_letter(treasurer.user.email).text


def test_a_password_alone_does_not_open_a_protected_account(treasurer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    secret = add_app(treasurer)
    client = Client()
    assert sign_in(client, treasurer.user.email)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("people:mail")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get(reverse("people:mail")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == "/"
    assert client.get(reverse("people:mail")).status_code == 200


def test_a_code_by_mail_does_not_spare_the_second_factor(treasurer):
    add_app(treasurer)
    visitor = Client()
    visitor.post(reverse("account_request_login_code"), {"email": treasurer.user.email})
    code = re.search(r"\n\n(\S+)\n\n", last_letter(treasurer.user.email).text)[1]
    answer = visitor.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer["Location"] == reverse("mfa_authenticate")


def test_the_second_factor_of_someone_else_is_removed_and_they_are_told(secretary, treasurer):
    add_app(treasurer)
    as_(secretary).post(reverse("people:reset_factor", args=[treasurer.pk]))
    assert not Authenticator.objects.filter(user=treasurer.user).exists()
    assert "second facteur" in last_letter(treasurer.user.email).text
    assert "account.second-factor-reset" in acts_on(treasurer)


def test_who_moves_no_money_needs_no_second_factor(db, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert as_(factory.person("Delphine")).get(reverse("people:mail")).status_code == 200


def test_a_persona_is_spared_in_the_demonstration_and_nowhere_else(treasurer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = as_(treasurer)
    session = client.session
    session["persona"] = True
    session.save()
    assert client.get(reverse("people:mail")).status_code == 302
    settings.DEMO = True
    assert client.get(reverse("people:mail")).status_code == 200


def test_sessions_are_listed_and_closed_from_another_device(treasurer):
    here, there, third = Client(), Client(), Client()
    for client in (here, there, third):
        sign_in(client, treasurer.user.email)
    key = there.session.session_key
    page = here.get(reverse("people:my_access"))
    assert len(page.context["sessions"]) == 3
    here.post(reverse("people:close_session", args=[UserSession.objects.get(session_key=key).pk]))
    assert there.get(reverse("people:my_access")).status_code == 302
    here.post(reverse("people:close_sessions"))
    assert third.get(reverse("people:my_access")).status_code == 302
    assert here.get(reverse("people:my_access")).status_code == 200


def test_nobody_closes_the_session_of_another(treasurer, secretary):
    sign_in(Client(), treasurer.user.email)
    session = UserSession.objects.get(user=treasurer.user)
    assert as_(secretary).post(reverse("people:close_session", args=[session.pk])).status_code == 404
    assert UserSession.objects.filter(pk=session.pk).exists()


def test_the_address_of_an_account_is_not_changed_by_its_owner(treasurer):
    client = as_(treasurer)
    typed = {"action_add": "", "email": "autre@exemple.test"}
    assert client.post(reverse("account_email"), typed).status_code == 405
    assert EmailAddress.objects.filter(user=treasurer.user).count() == 1


def test_the_first_account_is_invited_from_the_command_line(invited, capsys):
    call_command("invite", invited.email)
    assert Client().get(urlsplit(capsys.readouterr().out.strip()).path).status_code == 200
    with pytest.raises(CommandError, match="Aucune fiche"):
        call_command("invite", "personne@exemple.test")
