"""Light, dark, or as the device says: a choice of each person, kept in a cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cordee.toolkit.access import public, requires

THEMES = {"light", "dark"}
ONE_YEAR = 365 * 24 * 3600


@require_POST
@requires(public)
def appearance(request: HttpRequest) -> HttpResponse:
    response = redirect(came_from(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def came_from(request: HttpRequest) -> str:
    """The page one was on, when it is ours; else the home page."""
    address = request.POST.get("next") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else "/"
