"""Every object that is not one's own, tried by its address: the answer is that of an object that does not exist.

An object meets some of the addresses of its kind, in turn, so that each address is tried with many objects; one's own
are in the table. The views are called without the middleware: thousands of calls in a few seconds.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.messages.storage.cookie import CookieStorage
from django.db.models import Model
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse
from django_htmx.middleware import HtmxDetails

from cordee.communities.models import Community
from cordee.governance.models import Decision
from cordee.meetings.models import Meeting
from cordee.people.models import Organization, Person, User
from cordee.privacy.models import PrivacyRequest
from cordee.toolkit.refusals import Refusal
from cordee.treasury.models import Claim
from cordee.values.sentence import SpokenError
from tests.access.crawl import Answers
from tests.access.facts import Own
from tests.access.objects import Arguments, World, routes

ABSENT = 999_999_999
# Calls for one person and kind, unless there are more objects; a few claims so meet most of their addresses each.
TRIES = 200


# (method, name, the other arguments) of an address.
Way = tuple[str, str, tuple[tuple[str, Any], ...]]


class Kind(NamedTuple):
    """One kind of objects: the start of its addresses, the argument that names one, and which are whose."""

    start: str
    argument: str
    model: type[Model]
    named_by: str
    own: str
    absent: Any = ABSENT


KINDS = (
    Kind("personnes/<int:pk>/", "pk", Person, "pk", "people"),
    Kind("rencontres/<int:pk>/", "pk", Meeting, "pk", "meetings"),
    Kind("communautes/<slug:slug>/", "slug", Community, "group__slug", "groups", absent="nulle-part"),
    Kind("tresorerie/centres/<slug:code>/", "code", Organization, "code", "centres", absent="000000"),
    Kind("instances/decisions/<int:pk>/", "pk", Decision, "pk", "decisions"),
    Kind("confidentialite/demandes/<int:pk>/", "pk", PrivacyRequest, "pk", "requests"),
    Kind("tresorerie/reclamations/<int:pk>/", "pk", Claim, "pk", "claims"),
)


def foreign(kind: Kind, own: Own) -> list[Any]:
    """What names each object of this kind that is not this person's."""
    key = "group" if kind.model is Community else "pk"
    rows = kind.model._default_manager.order_by("pk").values_list(key, kind.named_by)
    return [name for pk, name in rows if pk not in getattr(own, kind.own)]


def probe(user: User, own: Own, world: World, answers: Answers) -> Iterator[str]:
    """A line for each answer that tells an object of someone else from one that does not exist."""
    asker = User.objects.get(pk=user.pk)
    for kind in KINDS:
        ways = list(ways_to(kind, world, answers))
        assert ways, f"tests/access/probe.py: no address starts with {kind.start} any more"
        absent = {way: answer(asker, *way, kind, kind.absent) for way in ways}
        for way, name in pairs(ways, foreign(kind, own)):
            got = answer(asker, *way, kind, name)
            if got != absent[way] or not got.startswith(("404", "403")):
                yield f"{way[0]} {way[1]}, {kind.argument}={name}: {got}; for what does not exist: {absent[way]}"


def pairs(ways: list[Way], objects: list[Any]) -> Iterator[tuple[Way, Any]]:
    """Each object with the next ways, round and round."""
    each = min(len(ways), max(1, TRIES // max(1, len(objects))))
    for number, name in enumerate(objects):
        for step in range(each):
            yield ways[(number * each + step) % len(ways)], name


def ways_to(kind: Kind, world: World, answers: Answers) -> Iterable[Way]:
    """The addresses of a kind, by the methods they take."""
    accepted = {(address.name, address.method) for address in answers}
    for route in routes():
        if route.pattern.startswith(kind.start):
            arguments = next(iter(world.objects_of(route).values()))
            for method in ("GET", "POST"):
                if (route.name, method) in accepted:
                    yield method, route.name, tuple(arguments.items())


def answer(user: User, method: str, name: str, arguments: Any, kind: Kind, named: Any) -> str:
    given: Arguments = {**dict(arguments), kind.argument: named}
    path = reverse(name, kwargs=given)
    request = RequestFactory().generic(method, path, b"sent=1", "application/x-www-form-urlencoded")
    request.person, request.user, request.session = user.person, user, {}
    request.htmx, request._messages = HtmxDetails(request), CookieStorage(request)
    found = resolve(path)
    try:
        return str(found.func(request, *found.args, **found.kwargs).status_code)
    except Http404:
        return "404"
    except Refusal as refusal:
        return f"{refusal.status} {refusal.sentence}"
    except SpokenError as error:
        return f"422 {error}"
