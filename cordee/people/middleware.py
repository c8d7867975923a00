"""`request.person`: who is asking, or None; and the second factor that some of them must have shown."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.people.policy import needs_second_factor, own_account
from cordee.toolkit import clock
from cordee.toolkit.access import public
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.middleware import refusal_response
from cordee.toolkit.refusals import Forbidden

SHOWN = "second_factor"  # in the session, once it was
PERSONA = "persona"  # in the session of a person of the demonstration, which has no factor at all


class SecondFactorMissing(Forbidden):
    sentence = _("Vos fonctions demandent un second facteur. Ajoutez-en un dans « Mon accès », puis réessayez.")


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = person_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Hold back who must have a second factor and has none from every page but their way in and public ones.

        The home page is public too, and shows much to who is signed in.
        """
        policy = getattr(view, "policy", public)  # the account library's own pages declare none
        person = request.person  # type: ignore[attr-defined]
        is_free = policy is own_account or (policy is public and request.path != settings.LOGIN_REDIRECT_URL)
        if is_free or person is None or not lacks_second_factor(request, person):
            return None
        if request.method in ("GET", "HEAD") and not wants_part(request):
            return redirect("people:my_access")
        return refusal_response(request, SecondFactorMissing())


def person_of(request: HttpRequest) -> Person | None:
    """One query more than the session's; pages for everyone without a session cost none."""
    if not request.user.is_authenticated or request.user.person_id is None:
        return None
    return request.user.person


def lacks_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whoever has one showed it to come in, or set it up in this very session: setting it up closes the others."""
    if not settings.SECOND_FACTOR_REQUIRED or request.session.get(SHOWN):
        return False
    if settings.DEMO and request.session.get(PERSONA):
        return False
    if not needs_second_factor(person, on=clock.today()):
        return False
    found = Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    if found:
        request.session[SHOWN] = True
    return not found
