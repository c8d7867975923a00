"""Who may: a policy answers with a Verdict, `requires` asks it before the view, `enforce` before the act.

Every view says first which methods it takes (`require_safe`, `require_POST` or `require_form`): any other is a 405,
whoever asks.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from cordee.toolkit import clock
from cordee.toolkit.acting import acting
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.refusals import Forbidden, NoPerson
from cordee.values.verdict import YES, Verdict

Policy = Callable[..., Verdict]
# A page that shows a form and takes it.
require_form = require_http_methods(["GET", "HEAD", "POST"])


def public(person: Any, *, on: Any) -> Verdict:
    """Everyone, signed in or not."""
    return YES


def signed_in(person: Any, *, on: Any) -> Verdict:
    """Whoever has an account; what they see is decided by the querysets."""
    return YES


def enforce(verdict: Verdict) -> None:
    """Raise Forbidden with the reason of the policy when it says no; what follows is done in the name it says."""
    if not verdict:
        raise Forbidden(verdict.reason)
    acting.set(verdict.acting)


def requires(policy: Policy) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare the policy `(person, *, on) -> Verdict` of a view. A view without one fails the architecture tests."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            person = request.person  # type: ignore[attr-defined]
            if policy is not public:
                if person is None:
                    return sign_in_first(request)
                enforce(policy(person, on=clock.today()))
            return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return decorate


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, as a whole page, then back to where one was. Raise NoPerson when one is signed in."""
    if request.user.is_authenticated:
        raise NoPerson
    answer = redirect_to_login(page_asked_from(request))
    return HttpResponseClientRedirect(answer.url) if wants_part(request) else answer


def page_asked_from(request: HttpRequest) -> str:
    """The page itself; the one that holds the fragment or the form when HTMX or a POST asks."""
    if wants_part(request):
        with suppress(ValueError):  # no address at all
            return request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
        return "/"
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if ours else "/"
