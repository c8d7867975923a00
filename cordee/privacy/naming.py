"""Where a person is named: in any text of any table, whoever wrote it, and in what the journal keeps beside its acts.

The tables are those there are: one that is not written yet is looked through too. What is published, or is the text of
the law of the house, stays as it was published (decision 0012).
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import EmailField, Field, Model, QuerySet

from cordee.people.models import Alias, Person
from cordee.people.names import fold
from cordee.privacy.wording import PERSONS
from cordee.records import journal
from cordee.records.models import JournalDetail, JournalEntry
from cordee.toolkit.plain import accented

TEXTS = {"CharField", "TextField", "JSONField", "EmailField"}
# Left as they are: what is published, with its checksum, and the text of a cadre, which binds as it was adopted.
PUBLISHED = {"charter.FrozenDocument", "reference.Edition", "reference.Revision", "reference.RuleRow"}
# Carried out by their own declaration: the record itself, what the journal keeps; or made of keys and figures only.
ELSEWHERE = {
    "people.Person",
    "people.User",
    "records.JournalDetail",
    "records.JournalEntry",
    "records.JournalSeal",
    "records.StoredFile",
    "treasury.RunPart",
}
GAP = r"[\s\u2010\u2011-]+"
AT_ONCE = 2000


class Passage(NamedTuple):
    """A text that names someone: the table, the field, the row."""

    model: type[Model]
    field: Field
    key: Any


@dataclass(frozen=True)
class Named:
    """What one person is called: names of their records, other names, addresses. `names` are whole."""

    person: int
    names: frozenset[str]
    addresses: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        words = [_words(name) for name in sorted(self.names)] + [_whole(one) for one in sorted(self.addresses)]
        return re.compile("|".join(words) or r"(?!)", re.IGNORECASE)


def named(people: Mapping[int, Collection[int]]) -> list[Named]:
    """How these people are called, by the keys of their records. A name that somebody else bears is left out: what
    names the other stays."""
    records = {pk: person for person, keys in people.items() for pk in keys}
    rows = Person.objects.order_by("pk").values_list("pk", "first_name", "last_name", "email")
    others, names, addresses = set(), _by_person(people), _by_person(people)
    for pk, first, last, email in rows.iterator():
        if pk not in records:
            others.add(fold(f"{first} {last}"))
            continue
        names[records[pk]].add(f"{first} {last}")
        addresses[records[pk]] |= {email} if email else set()
    for person, names_before in _former_names(records):
        names[person].add(names_before)
    for person, value in Alias.objects.filter(person__in=records).order_by("pk").values_list("person_id", "value"):
        (addresses if "@" in value else names)[records[person]].add(value)
    return [
        Named(
            person, frozenset(name for name in names[person] if _is_whole(name, others)), frozenset(addresses[person])
        )
        for person in people
    ]


def _by_person(people: Iterable[int]) -> dict[int, set[str]]:
    return {person: set() for person in people}


def _is_whole(name: str, others: set[str]) -> bool:
    """A first name alone, or the name of another, would take away more than this person."""
    return len(name.split()) > 1 and fold(name) not in others


def _former_names(records: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """What a record was called before it was corrected, as far as the journal still says."""
    about = JournalEntry.objects.filter(
        subject_kind=Person._meta.label_lower, subject_id__in=[str(pk) for pk in records], act="person.corrected"
    )
    now = {pk: (first, last) for pk, first, last in _names_of(records)}
    for key, payload in about.order_by("pk").values_list("subject_id", "detail__payload"):
        first, last = now[int(key)]
        before = (payload or {}).get("before") or {}
        yield records[int(key)], f"{before.get('first_name', first)} {before.get('last_name', last)}"


def _names_of(records: Iterable[int]) -> Iterable[tuple[int, str, str]]:
    return Person.objects.filter(pk__in=list(records)).order_by("pk").values_list("pk", "first_name", "last_name")


def passages(people: Iterable[Named]) -> list[Passage]:
    """Every text that names one of them: reads every text there is, once."""
    anyone = _anyone(people)
    return [Passage(model, field, key) for model, field, key, text in _texts() if anyone.search(text)]


def _anyone(people: Iterable[Named]) -> re.Pattern[str]:
    return re.compile("|".join(one.pattern.pattern for one in people) or r"(?!)", re.IGNORECASE)


def columns() -> Iterator[tuple[type[Model], Field]]:
    """Each text and each JSON of our tables in which a person may be named."""
    for model in apps.get_models():
        if model.__module__.startswith("cordee.") and model._meta.label not in PUBLISHED | ELSEWHERE:
            for field in model._meta.concrete_fields:
                if field.get_internal_type() in TEXTS and not field.choices and not field.primary_key:
                    yield model, field


def _texts() -> Iterator[tuple[type[Model], Field, Any, str]]:
    for model, found in groupby(columns(), key=lambda column: column[0]):
        fields = [field for _model, field in found]
        rows = model._base_manager.order_by("pk").values_list("pk", *(field.name for field in fields))
        for key, *values in rows.iterator(AT_ONCE):
            for field, value in zip(fields, values, strict=True):
                if value:
                    yield model, field, key, value if isinstance(value, str) else _as_text(value)


def masked(passage: Passage, people: Iterable[Named], pseudonyms: Mapping[int, str]) -> Any:
    """What the text becomes: each name replaced, an address gone. None when it is gone, or names nobody any more.

    The row is locked: what someone writes meanwhile waits, and is not overwritten.
    """
    value = _row(passage).select_for_update().values_list(passage.field.name, flat=True).first()
    if value is None:
        return None
    said = value
    for one in people:
        said = _each_text(said, lambda text, one=one: one.pattern.sub(pseudonyms[one.person], text))
    if said == value:
        return None
    if isinstance(passage.field, EmailField):
        return ""
    longest = getattr(passage.field, "max_length", None)
    return said[:longest] if longest and isinstance(said, str) else said


def _row(passage: Passage) -> QuerySet[Any]:
    return passage.model._base_manager.filter(pk=passage.key).order_by()


def rewrite(passage: Passage, said: Any) -> None:
    """Raises IntegrityError when the text is frozen."""
    _row(passage).update(**{passage.field.name: said})


def entries_about(people: Iterable[Named], records: Collection[int]) -> list[int]:
    """The entries of the journal whose details tell of them: by their key or name, or because they did it."""
    anyone, keys = _anyone(people), set(records)
    details = JournalDetail.objects.exclude(salt="").exclude(entry__act=journal.ERASED).order_by("pk")
    facts = ("pk", "payload", "entry__subject_kind", "entry__subject_id", "entry__actor_id", "entry__for_id")
    found = []
    for key, payload, kind, subject, actor, name_of in details.values_list(*facts).iterator(AT_ONCE):
        is_subject = kind == Person._meta.label_lower and subject.isdecimal() and int(subject) in keys
        if is_subject or {actor, name_of} & keys or _names_one(payload, keys) or anyone.search(_as_text(payload)):
            found.append(key)
    return found


def _names_one(payload: Any, keys: set[int]) -> bool:
    """Whether a detail holds the key of one of them under a name that says so, however deep."""
    if isinstance(payload, list):
        return any(_names_one(one, keys) for one in payload)
    if not isinstance(payload, dict):
        return False
    here = any(isinstance(payload.get(name), int) and payload[name] in keys for name in PERSONS)
    return here or any(_names_one(one, keys) for one in payload.values())


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same value, each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(one, change) for one in value]
    if isinstance(value, dict):
        return {change(key): _each_text(one, change) for key, one in value.items()}
    return value


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _words(name: str) -> str:
    """A whole name, its words in their order or the last ones first (« Arête, Delphine »), with or without accents."""
    words = [_letters(word) for word in re.split(GAP, name.strip()) if word]
    turned = [rf"{GAP.join(words[at:])},?\s+{GAP.join(words[:at])}" for at in range(1, len(words))]
    return rf"(?<!\w)(?:{'|'.join([GAP.join(words), *turned])})(?!\w)"


def _whole(address: str) -> str:
    return rf"(?<![\w.+-]){re.escape(address)}(?![\w-])"


def _letters(word: str) -> str:
    return "".join(accented(letter) for letter in word)
