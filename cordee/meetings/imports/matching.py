"""Whom and which group a line speaks of: found, asked, or created by the answer given.

A person is found by e-mail, then by name and organization, then by name. What two records fit is asked, never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from cordee.meetings.actions.importing import NewGroup, NewPerson, Reference
from cordee.meetings.imports.answers import Answer, Answers, key_of
from cordee.meetings.imports.cells import email_of, name_key, name_of
from cordee.meetings.imports.directory import Directory
from cordee.meetings.imports.entries import Entry
from cordee.people.models import GroupKind, StaffCategory
from cordee.values.school_year import SchoolYear

CREATE, ATTACH, OTHER, SKIP = "create", "attach", "other", "skip"


@dataclass(slots=True)
class Question:
    """One thing to settle, whatever the number of lines that wait for it. `typed` is the answer so far."""

    key: str
    kind: str
    label: str
    typed: Answer
    rows: list[int] = field(default_factory=list)
    candidates: list[int] = field(default_factory=list)
    suggested: Answer = field(default_factory=dict)
    error: str = ""
    answered: bool = False
    detail: str = ""

    @property
    def act(self) -> str:
        return self.typed.get("act", "")

    def given(self, name: str) -> str:
        """What was typed, else what the file suggests."""
        return self.typed.get(name, self.suggested.get(name, ""))

    @property
    def fields(self) -> Answer:
        """Every field as the form shows it."""
        return {**self.suggested, **self.typed}


@dataclass(frozen=True, slots=True)
class Found:
    """`reference` is None while a question is open, and when the answer was to leave the lines out (`left`)."""

    reference: Reference | None = None
    left: bool = False


class Matcher:
    """Finds, keeps the questions in the order they come up, and what the answers create."""

    def __init__(
        self, directory: Directory, answers: Answers, entries: Iterable[Entry], *, may_create_groups: bool
    ) -> None:
        self.directory, self.answers, self.may_create_groups = directory, answers, may_create_groups
        self.questions: dict[str, Question] = {}
        self.new_groups: dict[str, NewGroup] = {}
        self.new_people: dict[str, NewPerson] = {}
        self._first_days: dict[str, date] = {}
        self._addresses: dict[tuple[str, object], set[str]] = defaultdict(set)
        for entry in entries:
            if entry.email and entry.name:
                self._addresses[self._who(entry)].add(entry.email)

    def ask(self, key: str, kind: str, label: str, row: int) -> Question:
        question = self.questions.get(key)
        if question is None:
            question = self.questions[key] = Question(key, kind, label, self.answers.get(key, {}))
        question.rows.append(row)
        return question

    # -- groups

    def group(self, entry: Entry) -> Found:
        found = self.directory.groups.find(entry.group)
        if len(found) == 1:
            return Found(found[0])
        key = key_of("g", entry.group)
        is_new = key not in self.questions
        question = self.ask(key, "group", entry.group, entry.row)
        if is_new:
            question.candidates = found
            number, _space, name = entry.group.partition("-" if "-" in entry.group[:5] else " ")
            numbered = number.strip().isdecimal() and len(number.strip()) <= 4 and bool(name.strip())
            question.suggested = {
                "number": number.strip() if numbered else "",
                "name": (name.strip() if numbered else entry.group)[:120],
            }
            self._read_group_answer(question)
        return self._answered(question)

    def _read_group_answer(self, question: Question) -> None:
        act = question.act
        if act == ATTACH:
            act = question.typed["act"] = question.given("other")
            question.error = "" if act else _("Choisissez le groupe dans la liste.")
        if act.isdecimal() and int(act) in self.directory.groups.by_pk:
            question.answered = True
        elif act == CREATE and self.may_create_groups:
            name, kind = question.given("name"), question.given("kind")
            if not name or kind not in GroupKind.values:
                question.error = _("Écrivez le nom du groupe et choisissez sa sorte.")
                return
            self.new_groups[question.key] = NewGroup(question.key, name[:120], question.given("number")[:4], kind)
            question.answered = True
        elif act == SKIP:
            question.answered = True

    # -- people

    def person(self, entry: Entry) -> Found:
        people = self.directory.people
        address = self._address(entry)
        if address in people.by_email:
            return Found(people.by_email[address])
        named = people.named(entry.first_name, entry.last_name, sure=entry.sure_order) if entry.name else []
        named = self._narrowed(named, entry)
        if len(named) == 1 and not self._contradicts(named[0], entry):
            return Found(named[0])
        key = key_of("p", address) if address else key_of("p", *self._who(entry))
        is_new = key not in self.questions
        question = self.ask(key, "person", entry.name or entry.email, entry.row)
        day = entry.day or date.max
        self._first_days[key] = min(self._first_days.get(key, day), day)
        if is_new:
            question.candidates = named or (people.alike(entry.first_name, entry.last_name) if entry.name else [])
            question.detail = " · ".join(filter(None, (address, entry.organization, entry.category_text)))
            question.suggested = self._suggested(entry, address)
            self._read_person_answer(question)
        return self._answered(question)

    def _who(self, entry: Entry) -> tuple[str, object]:
        return name_key(entry.name), self.directory.organizations.find(entry.organization) or entry.organization

    def _address(self, entry: Entry) -> str:
        """That of the line, else the one the file gives elsewhere to the same name at the same employer."""
        known = self._addresses.get(self._who(entry), set())
        return entry.email or (next(iter(known)) if len(known) == 1 else "")

    def _narrowed(self, named: list[int], entry: Entry) -> list[int]:
        """Of several who have this name, those whom this organization employs that day."""
        organization = self.directory.organizations.find(entry.organization)
        if len(named) < 2 or organization is None or entry.day is None:
            return named
        employed = [pk for pk in named if self._employer(pk, entry.day) == organization]
        return employed or named

    def _employer(self, pk: int, day: date) -> int | None:
        employment = self.directory.people.employment(pk, day)
        return employment.organization if employment else None

    def _contradicts(self, pk: int, entry: Entry) -> bool:
        """The same name, but another address and another employer: someone else, perhaps."""
        known = self.directory.people.by_pk[pk]
        if not entry.email or not known.email or entry.day is None:
            return False
        organization = self.directory.organizations.find(entry.organization)
        return organization is not None and self._employer(pk, entry.day) not in (None, organization)

    def _suggested(self, entry: Entry, address: str) -> Answer:
        organization = self.directory.organizations.find(entry.organization)
        return {
            "first": entry.first_name,
            "last": entry.last_name,
            "email": address,
            "organization": str(organization or ""),
            "category": entry.category,
        }

    def _read_person_answer(self, question: Question) -> None:
        act, people = question.act, self.directory.people
        if act == SKIP or (act.isdecimal() and int(act) in people.by_pk):
            question.answered = True
        elif act == OTHER:
            self._read_other(question)
        elif act == CREATE:
            self._read_creation(question)

    def _read_other(self, question: Question) -> None:
        """Someone on record, said by address or by name: one who answers to it is taken, several are offered."""
        text, people = question.given("other"), self.directory.people
        read, address = name_of(text), email_of(text)
        found = people.named(read.first, read.last, sure=False) if read else []
        if address in people.by_email:
            found = [people.by_email[address]]
        near = found or (people.alike(read.first, read.last) if read else [])
        if len(found) == 1:
            question.typed["act"] = str(found[0])
            question.answered = True
        elif near:
            question.candidates = near
            question.error = _("Plusieurs fiches s’en approchent. Choisissez-en une.")
        else:
            question.error = _("Aucune fiche ne répond à « %(text)s ». Écrivez le courriel ou le nom complet.") % {
                "text": text
            }

    def _read_creation(self, question: Question) -> None:
        given, people = question.given, self.directory.people
        address = email_of(given("email"))
        organization = given("organization")
        if not given("first") or not given("last"):
            question.error = _("Écrivez le prénom et le nom.")
        elif address is None:
            question.error = _("Écrivez l’adresse comme nom@exemple.ca, ou videz la case.")
        elif address and (address in people.by_email or self._is_taken(address)):
            question.error = _("Cette adresse est déjà celle d’une autre personne. Rattachez plutôt ces lignes.")
        elif not organization.isdecimal() or int(organization) not in self.directory.organizations.by_pk:
            question.error = _("Choisissez l’organisation qui emploie cette personne.")
        elif given("category") not in StaffCategory.values:
            question.error = _("Choisissez la catégorie de personnel.")
        else:
            question.answered = True
            self.new_people[question.key] = NewPerson(
                question.key,
                given("first")[:80],
                given("last")[:80],
                address,
                int(organization),
                given("category"),
                employed_from=date.max,
            )

    def _is_taken(self, address: str) -> bool:
        return any(new.email == address for new in self.new_people.values())

    def created_people(self, keys: set[str]) -> list[NewPerson]:
        """Those of `keys`, employed from the first day of the school year in which the file first names them."""
        return [
            replace(new, employed_from=SchoolYear.containing(self._first_days[key]).start)
            for key, new in self.new_people.items()
            if key in keys
        ]

    # -- both

    def _answered(self, question: Question) -> Found:
        if not question.answered:
            return Found()
        if question.act == SKIP:
            return Found(left=True)
        return Found(int(question.act) if question.act.isdecimal() else question.key)

    def name_note(self, entry: Entry, pk: int) -> str:
        """The address is of one, the name of another: said, because the address decides."""
        known = self.directory.people.by_pk.get(pk)
        if known is None or not entry.name or name_key(entry.name) == name_key(known.full_name):
            return ""
        return _("Le fichier écrit « %(name)s »; la ligne va à %(known)s.") % {
            "name": entry.name,
            "known": known.full_name,
        }

    def employer_note(self, entry: Entry, pk: int) -> str:
        """What the file says of the employer, when the record of that day says otherwise."""
        said = self.directory.organizations.find(entry.organization)
        held = self._employer(pk, entry.day) if entry.day else None
        if said is None or held is None or said == held:
            return ""
        organizations = self.directory.organizations.by_pk
        return _("Le fichier dit %(said)s; l’employeur inscrit ce jour-là est %(held)s, qui compte.") % {
            "said": organizations[said].name,
            "held": organizations[held].name,
        }
