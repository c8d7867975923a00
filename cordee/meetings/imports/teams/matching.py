"""Whom an identity of Teams is: by address, by what was remembered, by name; what is doubtful is asked.

A name is typed by whoever joins: alone, it is believed only of someone who is expected at this meeting.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.meetings.actions.importing import Reference
from cordee.meetings.imports.answers import Answers, key_of
from cordee.meetings.imports.cells import name_key, name_of
from cordee.meetings.imports.directory import Directory
from cordee.meetings.imports.matching import SKIP, Matcher, Question
from cordee.meetings.imports.teams.names import bare_name
from cordee.meetings.rules.teams import Participant
from cordee.people.models import Alias, AliasKind
from cordee.values.text import fold

PERSON = "person"
SHORTEST_HINT = 4


class Why(models.TextChoices):
    """What makes one sure of a person."""

    EMAIL = "email", _("son courriel")
    ACCOUNT = "account", _("son compte Microsoft")
    ALIAS = "alias", _("une réponse précédente")
    NAME = "name", _("son nom")
    ANSWER = "answer", _("votre réponse")


@dataclass(frozen=True, slots=True)
class Match:
    """`reference` is None while a question is open, and when the answer was to leave this identity out (`left`)."""

    reference: Reference | None = None
    why: str = ""
    question: str = ""
    left: bool = False


class TeamsMatcher(Matcher):
    def __init__(
        self,
        directory: Directory,
        answers: Answers,
        identities: Iterable[Participant],
        *,
        day: date,
        expected: Set[int],
    ) -> None:
        super().__init__(directory, answers, (), may_create_groups=False)
        self.day, self.expected = day, expected
        values = {value for one in identities for _kind, value in aliases_of(one)}
        known = Alias.objects.filter(value__in=values).order_by("pk").values_list("kind", "value", "person")
        self.aliases = {(kind, value): person for kind, value, person in known}

    def identity(self, one: Participant) -> Match:
        """Whom it is, or the question asked about it. An answer comes before everything, even what seems sure."""
        key = key_of("p", one.key)
        found, why, candidates = self._sure(one)
        if found is not None and not self.answers.get(key, {}).get("act"):
            return Match(found, why, key)
        question = self.ask(key, PERSON, one.name or one.email, 0)
        question.candidates = [found] if found is not None else candidates
        question.suggested = self._suggestion(one)
        self._first_days[key] = self.day
        self._read_person_answer(question)
        return self._match(question)

    def _match(self, question: Question) -> Match:
        if not question.answered:
            return Match(question=question.key)
        if question.act == SKIP:
            return Match(question=question.key, left=True)
        reference: Reference = int(question.act) if question.act.isdecimal() else question.key
        return Match(reference, Why.ANSWER, question.key)

    def _sure(self, one: Participant) -> tuple[int | None, str, list[int]]:
        """The person, why, and when nobody is sure those it may be."""
        people = self.directory.people
        for address, why in ((one.email, Why.EMAIL), (one.upn, Why.ACCOUNT)):
            if address.casefold() in people.by_email:
                return people.by_email[address.casefold()], why, []
        remembered = [(kind, pk) for kind, value in aliases_of(one) if (pk := self.aliases.get((kind, value)))]
        for kind, pk in remembered:
            if kind != AliasKind.NAME or pk in self.expected:
                return pk, Why.ALIAS, []
        named, alike = self._by_name(one)
        here = [pk for pk in named if pk in self.expected]
        if len(named) == 1 and here:
            return here[0], Why.NAME, []
        near = [] if named else [*self._hinted(one), *alike]
        candidates = [*(pk for _kind, pk in remembered), *here, *named, *near]
        return None, "", [pk for pk in dict.fromkeys(candidates) if pk in people.by_pk]

    def _by_name(self, one: Participant) -> tuple[list[int], list[int]]:
        """Those who bear this name, and when nobody does those whose name is near."""
        read = name_of(bare_name(one.name))
        if read is None:
            return [], []
        people = self.directory.people
        named = people.named(read.first, read.last, sure=read.sure)
        return named, [] if named else people.alike(read.first, read.last)

    def _hinted(self, one: Participant) -> list[int]:
        """Those expected whose family name stands in what is shown: « rpiolet », « iPad de Rosalie Piolet »."""
        shown = fold(bare_name(one.name)).replace(" ", "")
        return [pk for pk, last in self._last_names if last in shown]

    @cached_property
    def _last_names(self) -> list[tuple[int, str]]:
        """Of those expected, as far as a name is long enough to be a hint."""
        known = [(pk, fold(self.directory.people.by_pk[pk].last_name).replace(" ", "")) for pk in self.expected]
        return [(pk, last) for pk, last in known if len(last) >= SHORTEST_HINT]

    def _suggestion(self, one: Participant) -> dict[str, str]:
        read = name_of(bare_name(one.name))
        first, last = (read.first, read.last) if read else ("", bare_name(one.name))
        return {"first": first, "last": last, "email": one.email}

    def learned(self, one: Participant, key: str) -> dict[tuple[str, str], Reference]:
        """What to remember of an answer: the address or the account, else the name, when the record does not say it."""
        question = self.questions.get(key)
        if question is None or not question.answered or question.act == SKIP:
            return {}
        reference: Reference = int(question.act) if question.act.isdecimal() else key
        alias = next(iter(aliases_of(one)), None)
        if alias is None or self.aliases.get(alias) == reference or self._is_said(alias, key):
            return {}
        return {alias: reference}

    def _is_said(self, alias: tuple[str, str], key: str) -> bool:
        """Whether the record to be made for this answer bears that very address or name."""
        new = self.new_people.get(key)
        return new is not None and alias[1] in (new.email, fold(f"{new.first_name} {new.last_name}"))


def aliases_of(one: Participant) -> list[tuple[str, str]]:
    """Under what an identity can be remembered, the surest first. A name counts only where nothing surer is."""
    strong = [(AliasKind.EMAIL.value, one.email.casefold()), (AliasKind.ACCOUNT.value, one.upn.casefold())]
    known = [alias for alias in strong if alias[1]]
    name = fold(bare_name(one.name)) or bare_name(one.name).casefold()
    return known or ([(AliasKind.NAME.value, name[:254])] if name else [])


def same_name(one: Participant, full_name: str) -> bool:
    return name_key(bare_name(one.name)) == name_key(full_name)
