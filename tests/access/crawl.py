"""Everyone asks for everything: each address with each object, by GET and by POST, as each role.

Every request stands in a savepoint that is rolled back, so that the order of asking changes nothing.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple
from unittest import mock

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from cordee.people.models import User
from cordee.toolkit.documents import Source
from tests.access.objects import ASKED, Route, World, routes
from tests.access.roles import SIGNED_OUT, UNRENDERED

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Around = Callable[[str], AbstractContextManager[None]]
OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
# The two rows by which reading a record, or taking a file away, is an act: the same whatever the page.
OF_THE_JOURNAL = ('INSERT INTO "records_journalentry"', 'INSERT INTO "records_journaldetail"')


class Address(NamedTuple):
    """One row of the table, but for who asks."""

    name: str
    label: str
    method: str
    path: str


@dataclass
class Answer:
    """`body` is kept for the search of leaks; `queries` are those a page costs."""

    status: str
    body: str = ""
    queries: int = 0


# An address whose method is refused to everyone by 405 is not among them.
Answers = dict[Address, dict[str, Answer]]


def crawl(world: World, users: dict[str, User | None], around: Around) -> Answers:
    """What each role is answered at each address. `around(role)` is entered while that role asks."""
    clients = {role: sign_in(user) for role, user in users.items()}
    stranger = clients.pop(SIGNED_OUT)
    first = {one: ask(stranger, one.method, one.path) for one in addresses(world)}
    answers: Answers = {one: {SIGNED_OUT: said} for one, said in first.items() if said.status != "405"}
    for role, client in clients.items():
        with around(role), unrendered() if role in UNRENDERED else nullcontext():
            for one, by_role in answers.items():
                by_role[role] = ask(client, one.method, one.path)
    return answers


def addresses(world: World) -> Iterator[Address]:
    for route in routes():
        yield from addresses_of(route, world)


def addresses_of(route: Route, world: World) -> Iterator[Address]:
    for label, arguments in world.objects_of(route).items():
        path = reverse(route.name, kwargs=arguments)
        for method in ("GET", "POST"):
            question = ASKED.get(route.name, "") if method == "GET" else ""
            yield Address(route.name, label, method, path + question)


class Asker(Client):
    """Keeps nothing of an answer: neither its cookies, nor the contexts of its templates, copied for each of them."""

    def request(self, **environ: Any) -> HttpResponse:
        return self.handler(self._base_environ(**environ))


def sign_in(user: User | None) -> Client:
    client = Asker()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def ask(client: Client, method: str, path: str, sent: bytes = b"sent=1", **headers: str) -> Answer:
    """One request that leaves nothing behind."""
    counted = Counted()
    point = transaction.savepoint_create()
    try:
        with connection.execute_wrapper(counted):
            given = sent if method == "POST" else b""
            response = client.generic(method, path, given, "application/x-www-form-urlencoded", headers=headers)
            body = text_of(response)
    except Exception as error:
        error.add_note(f"while asking {method} {path}")
        raise
    finally:
        transaction.savepoint_rollback(point)
    return Answer(status_of(response), body, counted.number)


class Counted:
    """Counts the queries a page costs, without the marks of transactions that only a test adds, nor the journal’s."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django's own signature)
        self.number += not sql.startswith(OF_TRANSACTIONS + OF_THE_JOURNAL)
        return execute(sql, params, many, context)


def status_of(response: HttpResponse) -> str:
    """`out` when one is sent to the sign-in page."""
    sent_to = response.get("Location", response.get("HX-Redirect", ""))
    return SIGNED_OUT if sent_to and sent_to.startswith(reverse("account_login")) else str(response.status_code)


def text_of(response: HttpResponse) -> str:
    """The text of a page, of a CSV file, of the data of a PDF, or all that is in a workbook."""
    if "spreadsheet" in response.get("Content-Type", ""):
        return workbook_text(response.content)
    return response.content.decode("utf-8", "replace")


def workbook_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def unrendered() -> AbstractContextManager[Any]:
    """Pages are not written; what the process keeps of them still is, or later tests would find it empty."""
    return mock.patch("django.template.loader.render_to_string", return_value="")


@contextmanager
def quick_refusals() -> Iterator[None]:
    """A refusal is its sentence alone, a PDF the data it is made of: their pages have tests of their own.

    What breaks stops the survey.
    """

    def refused(request: HttpRequest, _template: str, context: dict[str, Any], status: int) -> HttpResponse:
        return HttpResponse(str(context["refusal"].sentence), status=status)

    def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponse("404", status=404)

    def compiled(source: Source) -> bytes:
        return source.data.encode()

    with (
        override_settings(DEBUG_PROPAGATE_EXCEPTIONS=True),
        mock.patch("cordee.toolkit.middleware.render", refused),
        mock.patch("django.conf.urls.handler404", absent),
        mock.patch.object(Source, "pdf", compiled),
    ):
        yield
