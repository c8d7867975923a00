"""What a hostile hand sends: text of every script and trick in each field, and fields that no form has.

Every form of every page is sent so, as who sees most, in a savepoint that is rolled back; what is written is read from
the statements themselves.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from cordee.people.models import Group, Organization, Person, User
from tests.access.crawl import Answers, ask, sign_in
from tests.access.objects import World, routes

SENDERS = ("sec", "lia")
MARK = "Zz7731"
TEXT = (
    f"{MARK} É e\u0301 \u202egauche\u202c 👩\u200d👩\u200d👧 \U00020000 \u200b\ufeff\u0600 ﷽ <script>alert(1)</script>"
    f" {{7}} ' \" \\ %s ; -- {'a' * 40}\u0301\u0302\u0303"
)
NUL, LONG = f"{MARK}\x00nul", MARK + "l" * 40_000
# Half of a pair of UTF-16, then a byte of no encoding: sent as they are, never read as letters.
BROKEN = f"{MARK}\udced\udca0\udc80 \udcff"
# The key of a person, of an organization, of a group and of an account; as words it is in nothing else.
INTRUDER = 777_000_111
# What a page asks for only in some of its states.
READ_ANYWAY = {name: {"reason"} for name in ("meetings:import_preview", "meetings:teams_preview")}
WRITES = re.compile(r"\s*(INSERT|UPDATE)", re.IGNORECASE)
QUERY = re.compile(r"""GET\.get(?:list)?\(\s*["']([\w-]+)["']""")
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
TYPED = {"text", "search", "url", ""}
Pairs = list[tuple[str, str]]


@dataclass
class Form:
    action: str
    fields: Pairs = field(default_factory=list)
    typed: set[str] = field(default_factory=set)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _value in self.fields)


class FormReader(HTMLParser):
    """The POST forms of a page, with the values that would be sent and the names of what is typed."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self.select, self.open = path, [], "", None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = given.get("method", "").lower() == "post"
            self.open = Form(urljoin(self.path, given.get("action", "") or self.path)) if posts else None
            self.forms += [self.open] if self.open else []
        elif self.open is not None:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "").lower()
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and given.get("value"):
            if "selected" in given or self.select not in self.open.names:
                self.open.fields.append((self.select, given["value"]))
        elif tag == "textarea" or (tag == "input" and name and kind in TYPED and "inputmode" not in given):
            self.open.typed.add(name)
            self.open.fields.append((name, given.get("value", "")))
        elif tag == "input" and name and kind != "file" and (kind not in ("radio", "checkbox") or "checked" in given):
            self.open.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


@dataclass
class Sent:
    """What one request did: its status, and every value it wrote."""

    what: str
    status: int
    written: list[Any]

    @property
    def holds_the_intruder(self) -> bool:
        return any(value == INTRUDER or (isinstance(value, str) and str(INTRUDER) in value) for value in self.written)

    @property
    def spoilt(self) -> list[str]:
        """The hostile text as it was written, where it is another; JSON has escapes of its own."""
        seen = [one for one in self.written if isinstance(one, str) and MARK in one and one[0] not in '{["']
        return [one for one in seen if not any(kept in normal(one) for kept in KEPT)]


def normal(text: str) -> str:
    """What is read of it: composed or not, in one line or several, with marks that are not seen or without."""
    seen = "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split())


KEPT = {normal(TEXT), normal(LONG), normal(NUL.replace("\x00", ""))}


def intrude() -> None:
    Person.objects.create(pk=INTRUDER, first_name="Intruse", last_name="Intrus")
    Organization.objects.create(pk=INTRUDER, code="999999", kind="css", short_name="Intruse", long_name="Intruse")
    Group.objects.create(pk=INTRUDER, slug="intrus", name="Intrus", kind="networking")
    User.objects.create(pk=INTRUDER, email="intruse@exemple.test")


def hostile(answers: Answers, users: dict[str, User | None], world: World) -> Iterator[Sent]:
    """Every form that the pages of `answers` show, then every address with hostile questions."""
    intrude()
    clients = {role: sign_in(users[role]) for role in SENDERS}
    forms = forms_of(answers)
    known: dict[str, set[str]] = defaultdict(set)
    for (name, names), _one in forms.items():
        known[name] |= names | READ_ANYWAY.get(name, set())
    for (name, _names), (role, form) in forms.items():
        extras = [(key, str(INTRUDER)) for key in sorted(fields_of_models() - known[name])]
        for typed in (TEXT, NUL, LONG, BROKEN) if form.typed else ("",):
            pairs = [(key, typed if key in form.typed else value) for key, value in form.fields]
            yield send(clients[role], "POST", form.action, f"{name} {typed[:8]!r}", encoded(pairs + extras))
    yield from asked(clients[SENDERS[0]], world, {one.path for one, _by_role in answers.items() if one.method == "GET"})


def asked(client: Client, world: World, known: set[str]) -> Iterator[Sent]:
    """Each address with the hostile text for every question that a view reads, and for each word it holds."""
    question, broken = (encoded([(name, text) for name in sorted(questions())]) for text in (TEXT, BROKEN))
    for route in routes():
        for arguments in [*world.objects_of(route).values()][:1]:
            path = reverse(route.name, kwargs=arguments)
            if path in known:
                yield send(client, "GET", f"{path}?{question}", route.name)
                yield send(client, "GET", f"{path}?{broken}", route.name)
            words = {key: NUL for key, value in arguments.items() if isinstance(value, str)}
            with suppress(NoReverseMatch):
                yield from (
                    [send(client, "GET", reverse(route.name, kwargs=arguments | words), route.name)] if words else []
                )


def encoded(pairs: Pairs) -> str:
    return urlencode(pairs, errors="surrogateescape")


def forms_of(answers: Answers) -> dict[tuple[str, frozenset[str]], tuple[str, Form]]:
    """One of each: by the name of its address and its fields, with who was shown it first."""
    found: dict[tuple[str, frozenset[str]], tuple[str, Form]] = {}
    for address, by_role in answers.items():
        for role in SENDERS:
            if address.method == "GET" and by_role[role].status == "200":
                reader = FormReader(address.path.partition("?")[0])
                reader.feed("".join(FORM.findall(by_role[role].body)))
                for form in reader.forms:
                    found.setdefault((name_of(form.action), form.names), (role, form))
    return {key: one for key, one in found.items() if key[0]}


def name_of(action: str) -> str:
    """Nothing for an address of the account library, which has tests of its own."""
    try:
        found = resolve(action.partition("?")[0])
    except Resolver404:
        return ""
    return found.view_name if found.func.__module__.startswith("cordee.") else ""


def fields_of_models() -> set[str]:
    """Every name that a row of ours has: what a form that takes whatever it is sent would write."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("cordee."))
    fields = [one for model in ours for one in model._meta.concrete_fields]
    return {name for one in fields for name in (one.name, one.attname)}


def questions() -> set[str]:
    found = {name for file in Path("cordee").rglob("*.py") for name in QUERY.findall(file.read_text(encoding="utf-8"))}
    return found | {"q", "page", "next"}


def send(client: Client, method: str, path: str, what: str, body: str = "") -> Sent:
    """One request that leaves nothing behind, and the values of its statements."""
    written: list[Any] = []

    def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django's own)
        if WRITES.match(sql):
            written.extend(value for row in (params if many else [params]) for value in (row or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        status = ask(client, method, path, sent=body.encode()).status
    return Sent(what, int(status) if status.isdecimal() else 302, written)
