"""`request.person`: who asks, or None; the second factor some must have shown; the files they take, which are acts."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext_lazy as _

from cordee.people.actions.reading import note_file_taken
from cordee.people.models import Person
from cordee.people.policy import needs_second_factor, own_account
from cordee.toolkit import clock
from cordee.toolkit.access import public
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.middleware import is_lock_or_full, refusal_response
from cordee.toolkit.refusals import Busy, Forbidden

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


class TakenFilesMiddleware:
    """Whatever leaves as a file for someone signed in is written in the journal; what cannot be written does not leave.

    Here rather than in the views, so that an export that is not made yet is an act too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person: Person | None = getattr(request, "person", None)
        kind, parameters = parse_header_parameters(response.get("Content-Disposition", ""))
        if person is None or kind != "attachment" or request.method == "HEAD":
            return response
        try:
            note_file_taken(name=parameters.get("filename", ""), address=request.get_full_path(), by=person)
        except DatabaseError as error:
            if not is_lock_or_full(error):
                raise
            return refusal_response(request, Busy())
        return response
