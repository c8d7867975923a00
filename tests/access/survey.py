"""One look at the whole house on the demonstration year: who may open what, what leaks, what it costs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from cordee.home.demo import loading
from cordee.people.models import User
from tests.access.canaries import canaries, leaks_in
from tests.access.crawl import Address, Answers, ask, crawl, quick_refusals, sign_in
from tests.access.facts import Own, own_of
from tests.access.growth import MORE, grow
from tests.access.hostile import Sent, hostile
from tests.access.objects import World
from tests.access.probe import probe
from tests.access.reads import quick_reads
from tests.access.roles import PROBED, RESTRICTED, SIGNED_OUT, UNRENDERED, people

# Who asks again once there is more of everything: the secretary sees most, an officer by other ways.
GROWN_FOR = ("sec", "bil")
# Of the holes of one person: enough to find them.
SHOWN = 10


class Cost(NamedTuple):
    """The queries of one page for one role; `after` once there is a dozen more of everything."""

    address: Address
    role: str
    queries: int
    after: int | None = None


@dataclass
class Survey:
    answers: Answers = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    grown: dict[str, int] = field(default_factory=dict)


def survey() -> Survey:
    """Everything is asked in one transaction that is rolled back."""
    with transaction.atomic(), quick_refusals(), quick_reads():
        world = World(loading.load())
        users = people()
        own = {role: own_of(users[role].person) for role in RESTRICTED}
        found = Survey(answers=crawl(world, users, lambda role: canaries_for(users[role], own.get(role))))
        found.sent = list(hostile(found.answers, users, world))
        found.leaks = list(leaks(found.answers))
        for role in PROBED:
            holes = islice(probe(users[role], own[role], world, found.answers), SHOWN)
            found.holes += [f"{role}: {hole}" for hole in holes]
        found.costs = list(costs(found.answers)) + list(costs_once_grown(found, world, users))
        transaction.set_rollback(True)
    return found


@contextmanager
def canaries_for(user: User | None, own: Own | None) -> Iterator[None]:
    if user is None or own is None:
        yield
        return
    with canaries(user.person, own):
        yield


def leaks(answers: Answers) -> Iterator[str]:
    for address, by_role in answers.items():
        for role, answer in by_role.items():
            if role in RESTRICTED:
                for leak in leaks_in(address.name, answer.body)[:2]:
                    yield f"{role}: {address.method} {address.name} {address.label}: …{leak}…"
            answer.body = ""


def costs(answers: Answers) -> Iterator[Cost]:
    for address, by_role in answers.items():
        for role, answer in by_role.items():
            if address.method == "GET" and answer.status == "200" and role not in (*UNRENDERED, SIGNED_OUT):
                yield Cost(address, role, answer.queries)


def costs_once_grown(found: Survey, world: World, users: dict[str, User | None]) -> Iterator[Cost]:
    """A page with nothing on it may save a query: each has a row or more before a dozen are added."""
    clients = {role: sign_in(users[role]) for role in GROWN_FOR}
    asked = dearest(cost for cost in costs(found.answers) if cost.role in clients)
    before = rows()
    grow(world, [0])
    few = [ask(clients[one.role], "GET", one.address.path).queries for one in asked]
    grow(world, range(1, MORE + 1))
    found.grown = {name: count - before[name] for name, count in rows().items()}
    for one, queries in zip(asked, few, strict=True):
        yield Cost(one.address, one.role, queries, after=ask(clients[one.role], "GET", one.address.path).queries)


def dearest(costs: Iterable[Cost]) -> list[Cost]:
    """Of each address and role, the object that costs most."""
    found: dict[tuple[str, str], Cost] = {}
    for cost in costs:
        key = cost.address.name, cost.role
        if key not in found or cost.queries > found[key].queries:
            found[key] = cost
    return list(found.values())


def rows() -> dict[str, int]:
    ours: list[type[Model]] = [model for model in apps.get_models() if model.__module__.startswith("cordee.")]
    return {model._meta.label: model._default_manager.count() for model in ours}
