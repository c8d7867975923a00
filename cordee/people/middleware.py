"""`request.person`: who is asking, or None."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cordee.people.models import Person


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = person_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def person_of(request: HttpRequest) -> Person | None:
    """One query more than the session's; pages for everyone without a session cost none."""
    if not request.user.is_authenticated or request.user.person_id is None:
        return None
    return request.user.person
