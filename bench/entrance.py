"""Being someone: the session of a persona, made as a sign-in makes it."""

from django.http import HttpRequest

from cordee.home.demo.personas import personas
from cordee.people.middleware import PERSONA

TOKEN = "a" * 32  # a cross-site token is right when the cookie and the request say the same


def cookies_of(key: str) -> str:
    """The Cookie header of a persona who has just come in."""
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore

    person = next(one.person for one in personas() if one.key == key)
    request = HttpRequest()
    request.session = SessionStore()
    login(request, person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session[PERSONA] = True
    request.session.save()
    return f"sessionid={request.session.session_key}; csrftoken={TOKEN}"
