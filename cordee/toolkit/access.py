"""Who may: a policy answers with a Verdict, `requires` asks it before the view, `enforce` before the act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from cordee.toolkit import clock
from cordee.toolkit.refusals import Forbidden
from cordee.values.verdict import YES, Verdict

Policy = Callable[..., Verdict]


def public(person: Any, *, on: Any) -> Verdict:
    """Everyone, signed in or not."""
    return YES


def signed_in(person: Any, *, on: Any) -> Verdict:
    """Whoever has an account; what they see is decided by the querysets."""
    return YES


def enforce(verdict: Verdict) -> None:
    """Raise Forbidden with the reason of the policy when it says no."""
    if not verdict:
        raise Forbidden(verdict.reason)


def requires(policy: Policy) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare the policy `(person, *, on) -> Verdict` of a view. A view without one fails the architecture tests."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            person = request.person  # type: ignore[attr-defined]
            if policy is not public:
                if person is None:
                    return redirect_to_login(request.get_full_path())
                enforce(policy(person, on=clock.today()))
            return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return decorate
