"""Who is in the stories and what they do: people at their browser, signed in or not, and the mail that reaches them."""

import re
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from typing import Any, Self

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cordee.communities.models import Community
from cordee.meetings.tests import factory
from cordee.meetings.tests.invitations import delivered, text_of
from cordee.people.models import Group, Person
from cordee.toolkit.testing.mailserver import MailServer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HTMX = {"HX-Request": "true"}
LINK = re.compile(r"https?://[^/\s]+(/rencontres/reponse/\S+)")


@dataclass
class Visitor:
    """Someone at their browser. What it shows is read as a person reads it, no-break spaces being spaces."""

    client: Client = field(default_factory=Client)
    answer: Any = None

    def opens(self, name: str, *args: Any, **query: Any) -> Self:
        return self.follows(address(name, *args), **query)

    def follows(self, path: str, **query: Any) -> Self:
        self.answer = self.client.get(path, query, follow=True)
        return self

    def sends(self, name: str, *args: Any, **typed: Any) -> Self:
        return self.sends_to(address(name, *args), **typed)

    def sends_to(self, path: str, **typed: Any) -> Self:
        self.answer = self.client.post(path, typed, follow=True)
        return self

    def taps(self, name: str, *args: Any, **typed: Any) -> Self:
        """What a script sends without leaving the page."""
        self.answer = self.client.post(address(name, *args), typed, headers=HTMX)
        return self

    def drops(self, name: str, *args: Any, **files: tuple[str, bytes]) -> Self:
        given = {key: [SimpleUploadedFile(*file)] for key, file in files.items()}
        self.answer = self.client.post(address(name, *args), given, follow=True)
        return self

    def reads(self, *sentences: str) -> Self:
        for sentence in sentences:
            assert sentence in self.text, f"« {sentence} » is not said (status {self.status})"
        return self

    def reads_nothing_of(self, *sentences: str) -> Self:
        for sentence in sentences:
            assert sentence not in self.text, f"« {sentence} » is said"
        return self

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def html(self) -> str:
        return self.answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", self.html))

    def field(self, name: str) -> str:
        """The value that a hidden field of the page holds."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.html)
        assert found, f"no field {name}"
        return found[1]


def address(name: str, *args: Any) -> str:
    return reverse(name, args=[getattr(arg, "pk", arg) for arg in args])


def signed_in(person: Person) -> Visitor:
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return Visitor(client)


@dataclass
class Cast:
    """Ariane is the liaison of a community of practice of five; Solange is the secretary of the cooperative."""

    group: Group
    ariane: Person
    basile: Person
    clara: Person
    dorian: Person
    elsa: Person
    solange: Person

    @property
    def members(self) -> list[Person]:
        return [self.ariane, self.basile, self.clara, self.dorian, self.elsa]


def cast() -> Cast:
    group = factory.group("21-parois", "21", "Parois")
    Community.objects.create(group=group)
    names = ("Ariane", "Basile", "Clara", "Dorian", "Elsa", "Solange")
    made = Cast(group, *(factory.person(first, "Moraine") for first in names))
    for person in made.members:
        factory.membership(person, group, "liaison" if person == made.ariane else "participant")
    factory.duty(made.solange, "secretary")
    return made


@dataclass
class Post:
    """The mail that arrives, through a real SMTP server."""

    server: MailServer

    def comes(self) -> dict[str, list[EmailMessage]]:
        """What has arrived since one last looked, by first name."""
        delivered(self.server)
        letters: dict[str, list[EmailMessage]] = {}
        for letter in self.server.letters:
            letters.setdefault(str(letter["To"]).partition(".")[0].capitalize(), []).append(letter)
        return letters


def words_of(letter: EmailMessage) -> str:
    return text_of(letter).replace("\u00a0", " ")


def answer_link(letter: EmailMessage) -> str:
    found = LINK.search(text_of(letter))
    assert found, "the letter says where to answer"
    return found[1]


def day(text: str) -> date:
    return date.fromisoformat(text)
