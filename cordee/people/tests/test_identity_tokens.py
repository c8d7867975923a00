"""What a provider must have signed for us, just now, in this browser; anything else opens nothing."""

import logging
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from cordee.people.tests.coming_in import come, is_in, leave, vouches

TENANT = "1b2f4c86-0000-4000-8000-9a1d5e7c3b20"
HOUR = 3600
WRONG = {
    "issuer": ({"iss": "http://127.0.0.1:1/o"}, "InvalidIssuerError"),
    "audience": ({"aud": "autre"}, "InvalidAudienceError"),
    "several audiences": ({"aud": ["cordee", "autre"]}, "audience"),
    "another party": ({"aud": ["cordee", "autre"], "azp": "autre"}, "audience"),
    "nonce": ({"nonce": "d’une autre fois"}, "nonce"),
    "no nonce": ({"nonce": None}, "nonce"),
    "expired": ({"exp": int(time.time()) - HOUR}, "ExpiredSignatureError"),
    "of tomorrow": ({"nbf": int(time.time()) + HOUR}, "ImmatureSignatureError"),
    "signed with another key of that name": ({"forged": "key"}, "InvalidSignatureError"),
    "signed with our secret": ({"forged": "secret"}, "InvalidAlgorithmError"),
    "signed by nobody": ({"forged": "nobody"}, "InvalidAlgorithmError"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_token_that_does_not_hold_opens_nothing(alice, server, caplog, what):
    said, why = WRONG[what]
    client = Client()
    with caplog.at_level(logging.WARNING, "cordee.identity"):
        answer = come(server, vouches(server, alice, **said), client)
    assert answer.status_code == 401
    assert "n’a pas confirmé qui vous êtes" in answer.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert f"identity provider massif: refused, {why}" in caplog.messages


def test_a_token_of_another_service_of_the_same_provider_is_not_ours(alice, server, massif):
    """Real, well signed, for the right person: for `autre`, and we are `cordee`."""
    name = vouches(server, alice)
    massif(client_id="autre", client_secret="secret-autre")
    client = Client()
    back = server.sends_back(leave(client), name)
    massif()
    assert client.get(back).status_code == 401
    assert not is_in(client)


ENTRA = {"tid": TENANT, "xms_edov": True, "email_verified": None}
AT_HOME = f"https://sts.windows.net/{TENANT}/"
ELSEWHERE = "https://sts.windows.net/2c3f4c86-0000-4000-8000-9a1d5e7c3b20/"


@pytest.mark.parametrize("said", [{}, {"idp": AT_HOME}, {"xms_edov": "1"}])
def test_entra_answers_for_the_people_of_its_tenant(alice, server, massif, said):
    massif(tenant=TENANT)
    client = Client()
    come(server, vouches(server, alice, **{**ENTRA, **said}), client)
    assert is_in(client)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"tid": "2c3f4c86-0000-4000-8000-9a1d5e7c3b20"}, 401),
        ({"tid": None}, 401),
        ({"idp": ELSEWHERE}, 401),
        ({"idp": "live.com"}, 401),
        ({"xms_edov": False}, 403),
        ({"xms_edov": None}, 403),
        ({"xms_edov": None, "email_verified": True}, 403),
        ({"email": None, "preferred_username": "alice.test@exemple.test"}, 403),
    ],
)
def test_entra_is_not_believed_of_others(alice, server, massif, said, status):
    massif(tenant=TENANT)
    client = Client()
    assert come(server, vouches(server, alice, **{**ENTRA, **said}), client).status_code == status
    assert not is_in(client)


def test_a_provider_that_says_it_is_another_is_left_alone(alice, massif, server):
    massif(issuer=server.issuer.replace("127.0.0.1", "localhost"))
    assert Client().post(reverse("openid_connect_login", args=["massif"])).status_code == 503


def test_a_provider_that_is_down_says_so_and_the_other_ways_remain(alice, massif):
    massif(issuer="http://127.0.0.1:1/o")
    answer = Client().post(reverse("openid_connect_login", args=["massif"]))
    assert answer.status_code == 503
    assert "ne répond pas" in answer.content.decode()


def test_what_leaves_asks_for_a_code_with_a_state_a_nonce_and_a_proof(massif):
    asked = parse_qs(urlsplit(leave(Client())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert len(asked["state"][0]) >= 16
    assert len(asked["nonce"][0]) >= 32
    assert parse_qs(urlsplit(leave(Client())).query)["nonce"] != asked["nonce"]


def test_a_way_back_serves_once_in_the_browser_that_left(alice, server):
    client, stranger = Client(), Client()
    back = server.sends_back(leave(client), vouches(server, alice))
    assert stranger.get(back).status_code == 401
    assert client.get(back).status_code == 302
    client.post(reverse("account_logout"))
    assert client.get(back).status_code == 401
    assert not is_in(client)


def test_a_code_does_not_serve_again_with_a_new_state(alice, server):
    client = Client()
    name = vouches(server, alice)
    first = server.sends_back(leave(client), name)
    client.get(first)
    again = Client()
    second = server.sends_back(leave(again), name)
    codes = [parse_qs(urlsplit(back).query)["code"][0] for back in (first, second)]
    assert again.get(second.replace(codes[1], codes[0])).status_code == 401
    assert not is_in(again)


@pytest.mark.parametrize("asked", ["", "?state=inconnu&code=1", "?error=access_denied"])
def test_a_way_back_that_was_never_left_opens_nothing(massif, asked):
    back = reverse("openid_connect_callback", args=["massif"]) + asked
    assert Client().get(back).status_code == 401
    assert Client().get(reverse("openid_connect_callback", args=["inconnue"])).status_code == 404
