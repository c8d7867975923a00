"""`request.person`: who is asking, or None; and the files they take away, which are acts."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

from cordee.people.actions.reading import note_file_taken
from cordee.people.models import Person
from cordee.toolkit.middleware import is_lock_or_full, refusal_response
from cordee.toolkit.refusals import Busy


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
