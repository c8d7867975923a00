"""Leaving for the provider of the tests, signing in there, and coming back."""

from django.test import Client
from django.urls import reverse


def leave(client, key="massif", **typed):
    return client.post(reverse("openid_connect_login", args=[key]), typed)["Location"]


def come(server, name, client=None, key="massif", **typed):
    """Leave, sign in there, and come back: how our side answers."""
    client = client or Client()
    back = server.sends_back(leave(client, key, **typed), name)
    return client.get(back.removeprefix("http://testserver"))


def vouches(server, person, **said):
    """The provider knows them by what stands before the @, and says that it has verified their address."""
    name = person.email.partition("@")[0]
    server.knows(name, **{"email": person.email, "email_verified": True, **said})
    return name


def is_in(client):
    return client.get(reverse("people:my_access")).status_code == 200
