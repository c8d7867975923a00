"""What lets the roster work without a network: its worker, and the marks its queue sends later."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cordee.meetings import policy
from cordee.meetings.actions import Act, refusals
from cordee.meetings.views.scope import visible_meeting
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, requires, signed_in
from cordee.toolkit.refusals import Unreadable

WORKER = Path(__file__).parents[1] / "static" / "meetings" / "worker.js"
LONGEST = timedelta(days=366)


@require_safe
@requires(signed_in)
@cache_control(no_cache=True)
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """The service worker of one roster. It stands under the roster’s address, so that browsers let it answer for
    nothing else."""
    today = clock.today()
    enforce(policy.can_see_roster(request.person, visible_meeting(request.person, pk, on=today), on=today))
    return HttpResponse(worker_source(), content_type="text/javascript; charset=utf-8")


@cache
def worker_source() -> str:
    return WORKER.read_text(encoding="utf-8")


def refuse_foreign(typed: QueryDict, person: Person) -> None:
    """A page left open may send a mark after someone else has signed in on the device."""
    if typed.get("owner", str(person.pk)) != str(person.pk):
        raise refusals.MadeBySomeoneElse


def typed_act(typed: QueryDict) -> Act | None:
    """The identifier of a mark, its age in seconds and the act it follows; None for one made without JavaScript."""
    if not typed.get("act"):
        return None
    age = typed.get("age") or "0"
    if not age.isdecimal() or len(age) > 9:
        raise Unreadable
    after = identifier(typed["after"]) if typed.get("after") else None
    return Act(identifier(typed["act"]), min(timedelta(seconds=int(age)), LONGEST), after)


def identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unreadable from None
