"""Coming in by the provider of one's organization: a real one (django-oauth-toolkit), in a process of its own."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cordee.meetings.tests import factory
from cordee.people.actions import accounts
from cordee.people.models import AccountInvitation, User
from cordee.people.tests.coming_in import come, is_in, leave, vouches
from cordee.privacy.holdings import about
from cordee.records import journal
from cordee.records.models import Message

TODAY = factory.TODAY
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "crampons sur la glace vive"
KEYS = ("massif", "vallee")


@pytest.fixture
def invited(massif):
    someone = factory.person("Nadia", "Névé", account=False)
    someone.email = "nadia@exemple.test"
    someone.save(update_fields=["email"])
    accounts.invite(person=someone, by=None, on=TODAY)
    return someone


def acts_on(person):
    return [entry.act for entry in journal.history(person)]


def test_the_first_time_opens_the_account_of_who_is_invited(massif, invited, server):
    client = Client()
    answer = come(server, vouches(server, invited), client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)
    user = User.objects.get(person=invited)
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert AccountInvitation.objects.get(person=invited).accepted_at
    assert acts_on(invited) == [
        "account.invited",
        "account.opened",
        "account.identity-tied",
        "account.session-opened",
    ]


def test_the_first_time_ties_an_account_of_that_address_and_its_owner_is_told(alice, server):
    name = vouches(server, alice, email="ALICE.Test@Exemple.test")
    assert come(server, name)["Location"] == "/"
    assert SocialAccount.objects.get(user=alice.user).provider == "massif"
    letters = Message.objects.filter(address=alice.email).order_by("pk")
    assert "le service de votre organisation" in letters[0].text
    assert "un appareil qui n’était pas connu" in letters[1].text


def test_later_it_is_known_by_its_subject_whatever_its_address_becomes(alice, server):
    name = vouches(server, alice)
    come(server, name)
    server.knows(name, email="autre@exemple.test", email_verified=False)
    client = Client()
    come(server, name, client)
    assert is_in(client)
    assert SocialAccount.objects.count() == 1


def test_what_is_kept_is_an_imprint_and_no_token(alice, server):
    come(server, vouches(server, alice))
    tied = SocialAccount.objects.get()
    assert (len(tied.uid), tied.extra_data, SocialToken.objects.count()) == (64, {}, 0)
    held = {one.held.model: one.rows for one in about(alice)}
    assert held["socialaccount.SocialAccount"][0].raw["provider"] == "massif"


def nobody(server, alice):
    server.knows("personne", email="personne@exemple.test", email_verified=True)
    return "personne"


def unverified(server, alice):
    return vouches(server, alice, email_verified=False)


def verified_in_writing(server, alice):
    return vouches(server, alice, email_verified="true")


def of_another_domain(server, alice):
    server.knows("partie", email="alice.test@sous.exemple.test", email_verified=True)
    return "partie"


def without_an_address(server, alice):
    server.knows("muette")
    return "muette"


def closed_here(server, alice):
    alice.user.is_active = False
    alice.user.save(update_fields=["is_active"])
    return vouches(server, alice)


def with_an_invitation_withdrawn(server, alice):
    someone = factory.person("Nadia", "Névé", account=False)
    accounts.invite(person=someone, by=None, on=TODAY)
    AccountInvitation.objects.update(withdrawn_at=timezone.now())
    return vouches(server, someone)


def with_an_invitation_expired(server, alice):
    someone = factory.person("Nadia", "Névé", account=False)
    accounts.invite(person=someone, by=None, on=TODAY)
    AccountInvitation.objects.update(expires_at=timezone.now())
    return vouches(server, someone)


def a_namesake(server, alice):
    come(server, vouches(server, alice))
    server.knows("homonyme", email=alice.email, email_verified=True)
    return "homonyme"


UNEXPECTED = [
    nobody,
    unverified,
    verified_in_writing,
    of_another_domain,
    without_an_address,
    closed_here,
    with_an_invitation_withdrawn,
    with_an_invitation_expired,
    a_namesake,
]


@pytest.mark.parametrize("who", UNEXPECTED)
def test_who_is_not_expected_reads_the_same_words(alice, server, who):
    name = who(server, alice)
    users, ties = User.objects.count(), SocialAccount.objects.count()
    client = Client()
    answer = come(server, name, client)
    assert answer.status_code == 403
    assert "aucun accès ne vous attend ici" in answer.content.decode()
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (users, ties)


def test_an_account_closed_here_stays_closed_though_it_is_tied(alice, server):
    name = vouches(server, alice)
    come(server, name)
    alice.user.is_active = False
    alice.user.save(update_fields=["is_active"])
    client = Client()
    assert come(server, name, client)["Location"] == reverse("account_inactive")
    assert not is_in(client)


HOUR = 3600


def test_who_is_disabled_there_comes_in_no_more(alice, server):
    """What was open ends by itself within twelve hours, however much one does meanwhile."""
    name = vouches(server, alice)
    client = Client()
    come(server, name, client)
    server.knows(name, active=False, email=alice.email, email_verified=True)
    late = Client()
    assert server.sends_back(leave(late), name) == ""
    assert not is_in(late)
    client.get(reverse("people:mail"))
    ends = Session.objects.get(session_key=client.session.session_key).expire_date - timezone.now()
    assert 11.9 < ends.total_seconds() / HOUR <= 12


def test_a_session_opened_otherwise_is_not_shortened(alice):
    client = with_password(alice)
    ends = Session.objects.get(session_key=client.session.session_key).expire_date - timezone.now()
    assert ends.days >= 13


def with_password(person, client=None):
    person.user.set_password(PASSWORD)
    person.user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=person.user, email=person.user.email, verified=True, primary=True)
    client = client or Client()
    client.answer = client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})
    return client


def test_where_one_was_going_is_kept_and_another_site_is_not(alice, server):
    name = vouches(server, alice)
    assert come(server, name, next="/rencontres/")["Location"] == "/rencontres/"
    assert come(server, name, next="https://ailleurs.test/")["Location"] == "/"


def test_another_person_on_the_same_browser_takes_nothing_of_the_first(alice, server):
    client = Client()
    come(server, vouches(server, alice), client)
    come(server, vouches(server, factory.person("Bob")), client)
    assert "bob.test@exemple.test" in client.get(reverse("people:my_access")).content.decode()
    assert client.session.get_expiry_age() <= 12 * HOUR


def test_our_second_factor_is_asked_unless_the_provider_says_it_asked_one(alice, server, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    TOTP.activate(alice.user, generate_totp_secret())
    assert come(server, vouches(server, alice))["Location"] == reverse("mfa_authenticate")
    assert come(server, vouches(server, alice, amr=["pwd"]))["Location"] == reverse("mfa_authenticate")
    assert come(server, vouches(server, alice, amr=["pwd", "mfa"]))["Location"] == "/"


def test_who_moves_money_is_held_back_unless_the_provider_says_it_asked_one(alice, server, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    factory.duty(alice, "treasurer")
    for said, status in (({}, 302), ({"amr": ["mfa"]}, 200)):
        client = Client()
        come(server, vouches(server, alice, **said), client)
        assert client.get(reverse("people:mail")).status_code == status


def test_an_account_is_untied_and_tied_again(alice, server):
    client = Client()
    name = vouches(server, alice)
    come(server, name, client)
    page = client.get(reverse("people:my_access")).content.decode()
    tied = SocialAccount.objects.get()
    address = reverse("people:untie_identity", args=[tied.pk])
    assert "Massif" in page
    assert address in page
    after = client.post(address, follow=True)
    assert not SocialAccount.objects.exists()
    undo = next(str(one.extra_tags) for one in after.context["messages"]).removeprefix("undo:")
    assert client.post(undo).status_code == 302
    assert SocialAccount.objects.get().uid == tied.uid
    assert client.post(undo).status_code == 409
    assert acts_on(alice)[-2:] == ["account.identity-untied", "account.identity-tied"]


def test_nobody_unties_or_ties_for_another(alice, server):
    owner = Client()
    come(server, vouches(server, alice), owner)
    stranger = Client()
    stranger.force_login(factory.person("Charlie").user, backend=BACKEND)
    address = reverse("people:untie_identity", args=[SocialAccount.objects.get().pk])
    assert stranger.post(address).status_code == 404
    after = owner.post(address, follow=True)
    undo = next(str(one.extra_tags) for one in after.context["messages"]).removeprefix("undo:")
    assert stranger.post(undo).status_code == 409
    assert stranger.post(reverse("people:tie_identity", args=["inconnu"])).status_code == 409
    assert not SocialAccount.objects.exists()


def test_the_only_way_of_an_organization_closes_the_others_and_is_not_untied(alice, server, massif):
    massif(only_way=True)
    assert with_password(alice).answer.status_code == 403
    client = Client()
    come(server, vouches(server, alice), client)
    assert is_in(client)
    assert client.post(reverse("people:untie_identity", args=[SocialAccount.objects.get().pk])).status_code == 403


def test_an_invitation_shows_the_service_of_its_address(invited, massif):
    link = reverse("people:invitation", args=[accounts.token_of(AccountInvitation.objects.get())])
    page = Client().get(link).content.decode()
    assert "Continuer avec Massif" in page
    assert "Mot de passe" in page
    massif(only_way=True)
    assert "Mot de passe" not in Client().get(link).content.decode()
    assert Client().post(link, {"password": PASSWORD}).status_code == 403
    assert not User.objects.filter(person=invited).exists()


def test_the_sign_in_page_has_a_button_for_each_or_asks_for_an_address_when_there_are_many(server, settings, db):
    def shown():
        return Client().get(reverse("account_login") + "?next=/rencontres/").content.decode()

    settings.IDENTITY_PROVIDERS = ()
    assert "Continuer avec" not in shown()
    settings.IDENTITY_PROVIDERS = tuple(server.provider(key, name=key, domains=(f"{key}.test",)) for key in KEYS)
    assert all(f"Continuer avec {key}" in shown() for key in KEYS)
    settings.IDENTITY_PROVIDERS = tuple(server.provider(f"s{n}", domains=(f"s{n}.test",)) for n in range(4))
    assert f"{reverse('identity_find')}?next=%2Frencontres%2F" in shown()


def test_an_address_finds_its_service_by_its_domain_alone(alice, massif):
    """What is answered says nothing of whether there is an account."""
    ask = reverse("identity_find")
    known, unknown = (Client().post(ask, {"email": one}) for one in (alice.email, "personne@exemple.test"))
    assert known.status_code == unknown.status_code == 302
    there = [urlsplit(one["Location"]) for one in (known, unknown)]
    assert there[0].netloc == there[1].netloc
    assert parse_qs(there[0].query)["login_hint"] == [alice.email]
    other = Client().post(ask, {"email": "alice@ailleurs.test"})
    assert other.status_code == 422
    assert "Aucune organisation" in other.content.decode()


def test_a_stranger_who_leaves_without_end_is_slowed_down(massif):
    answers = {Client().post(reverse("openid_connect_login", args=["massif"])).status_code for _try in range(62)}
    assert answers == {302, 429}
