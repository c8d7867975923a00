"""One click per persona, in the demonstration only: these URLs do not exist elsewhere."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cordee.home.demo.personas import personas as all_personas
from cordee.people.middleware import PERSONA
from cordee.toolkit.access import public, requires

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
@requires(public)
def personas(request: HttpRequest) -> HttpResponse:
    return render(request, "home/personas.html", {"personas": all_personas()})


@require_POST
@requires(public)
def become(request: HttpRequest, key: str) -> HttpResponse:
    chosen = next((one for one in all_personas() if one.key == key), None)
    if chosen is None:
        raise Http404
    login(request, chosen.person.user, backend=BACKEND)
    request.session[PERSONA] = True
    UserSession.objects.create_from_request(request)
    response = redirect("home:home")
    if chosen.reads_english:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, "en", samesite=settings.LANGUAGE_COOKIE_SAMESITE, secure=request.is_secure()
        )
    return response
