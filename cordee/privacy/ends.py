"""What every app declares about its personal data, made executable: which rows are past their time, and their end.

A declaration has one of three clocks: that of its row (`since`), that of its person (months after they last took
part), or the moment its person is made anonymous. `fault` says why one could not be carried out; a test asks it of all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property, partial
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, DateField, DateTimeField, Field, ForeignKey, JSONField, Model, Q, QuerySet
from django.db.models import TextField as LongField

from cordee.people.models import Person
from cordee.privacy.holdings import KEYS_OF_PERSONS
from cordee.privacy.models import Participation
from cordee.records import journal
from cordee.records.models import JournalDetail
from cordee.toolkit import clock
from cordee.toolkit.personal_data import After, Held, everything_held
from cordee.values.months import months_later

MIDNIGHT = time(0)
PERSON, DETAILS = Person._meta.label, JournalDetail._meta.label


@dataclass(frozen=True)
class End:
    """How one declaration ends."""

    held: Held

    @property
    def name(self) -> str:
        """`people.Alias.person+value`: what a plan calls it."""
        return f"{self.held.model}.{'+'.join(self.held.fields)}"

    @cached_property
    def model(self) -> type[Model]:
        return apps.get_model(self.held.model)

    @cached_property
    def link(self) -> str:
        """The path to the person the rows tell of; empty when they tell of nobody, or of who acted only."""
        if self.held.model == PERSON:
            return "pk"
        if self.held.of:
            return self.held.of
        names = [field.name for field in self.model._meta.concrete_fields if _names_a_person(field)]
        return next((name for name in names if not name.endswith(("_by", "_by_id"))), "")

    @cached_property
    def told(self) -> list[Field]:
        """The declared fields that say something by themselves, rather than naming a person."""
        fields = [self.model._meta.get_field(name) for name in self.held.fields]
        return [field for field in fields if not _names_a_person(field)]

    @property
    def is_of_rows(self) -> bool:
        return bool(self.held.keeping.since)

    @property
    def is_of_persons(self) -> bool:
        """Ends before its person does, a while after they last took part."""
        keeping = self.held.keeping
        return not keeping.since and keeping.months > 0 and keeping.after is not After.ANONYMIZED

    @property
    def goes_with_its_person(self) -> bool:
        """Whatever its own clock, nothing of it outlives its person."""
        return self.held.keeping.after is not After.ANONYMIZED and bool(self.link)

    def due(self, who: Participation, *, on: date, kept: Iterable[int]) -> QuerySet[Any]:
        """The rows past their time, but those of the people `kept`. Empty when it ends with its person only."""
        keeping, kept = self.held.keeping, who.records_of(kept)
        if self.is_of_rows:
            rows = self._full.filter(**{f"{keeping.since}__lt": self._limit(on)})
            rows = rows.exclude(**{f"{self.link}__in": kept}) if self.link and kept else rows
            return rows.exclude(_tells_of(kept)) if kept and self.held.model == DETAILS else rows
        if self.is_of_persons:
            gone = set(who.since(keeping.months, on=on)) - set(kept)
            return self._full.filter(**{f"{self.link}__in": who.records_of(gone)})
        return self._full.none()

    def of(self, people: Iterable[int]) -> QuerySet[Any]:
        """The rows of these people that are not empty already."""
        return self._full.filter(**{f"{self.link}__in": list(people)})

    @property
    def _full(self) -> QuerySet[Any]:
        """The rows that are not empty already; an erasure of the journal cannot be erased."""
        rows = self.model._default_manager.order_by("pk")
        if self.held.model == DETAILS:
            return rows.exclude(salt="").exclude(entry__act=journal.ERASED)
        return rows if self.held.keeping.after is After.DELETED else rows.exclude(self._is_empty())

    def carry_out(self, keys: Iterable[Any]) -> int:
        """Delete these rows, or empty them; their number."""
        rows = self.model._default_manager.filter(pk__in=list(keys))
        if self.held.keeping.after is After.DELETED:
            return rows.order_by().delete()[1].get(self.model._meta.label, 0)
        return rows.order_by().update(**{field.name: empty_value(field) for field in self.told})

    @property
    def fault(self) -> str:
        """Why it could not be carried out; empty when it can."""
        return next((sentence for wrong, sentence in self._faults() if wrong()), "")

    def _faults(self) -> Iterator[tuple[Any, str]]:
        keeping, is_kept = self.held.keeping, self.held.keeping.after is After.ANONYMIZED
        yield lambda: keeping.since and not self._has_day(keeping.since), "`since` is no day of the model"
        yield lambda: keeping.since and (not keeping.months or is_kept), "`since` wants months, and an end of the row"
        yield lambda: keeping.is_nightly and not keeping.since, "only rows with their own end go each night"
        yield lambda: not keeping.since and not is_kept and not self.link, "no person to follow: say `of`"
        yield lambda: self.held.model == PERSON and not keeping.months, "how long after they took part?"
        if keeping.after is After.EMPTIED:
            yield lambda: not self.told, "nothing to empty"
            for field in self.told:
                yield partial(_cannot_be_empty, field), f"{field.name} cannot be empty"
        if is_kept and self.held.model != PERSON:
            for field in self.told:
                yield partial(_is_not_free_text, field), f"{field.name} is not free text: what becomes of it?"

    def _has_day(self, path: str) -> bool:
        model: Any = self.model
        try:
            for name in path.split("__"):
                field = model._meta.get_field(name)
                model = field.related_model
        except (FieldDoesNotExist, AttributeError):
            return False
        return isinstance(field, DateField)

    def _limit(self, on: date) -> Any:
        day = months_later(on, -self.held.keeping.months)
        model: Any = self.model
        for name in self.held.keeping.since.split("__"):
            field = model._meta.get_field(name)
            model = field.related_model
        return clock.at(day, MIDNIGHT) if isinstance(field, DateTimeField) else day

    def _is_empty(self) -> Q:
        empty = Q()
        for field in self.told:
            empty &= Q(**{field.name: empty_value(field)})
        return empty


def ends() -> list[End]:
    return [End(held) for held in everything_held()]


def months_of_a_person() -> int:
    """How long after they last took part someone is made anonymous."""
    return next(end.held.keeping.months for end in ends() if end.held.model == PERSON)


def _tells_of(people: Iterable[int]) -> Q:
    return Q(entry__subject_kind=Person._meta.label_lower, entry__subject_id__in=[str(pk) for pk in people])


def empty_value(field: Field) -> Any:
    if isinstance(field, JSONField):
        return field.default() if callable(field.default) else {}
    return "" if field.get_internal_type() in {"CharField", "TextField", "EmailField"} and not field.null else None


def _names_a_person(field: Field) -> bool:
    bound = isinstance(field, ForeignKey) and field.related_model is Person
    return bound or field.name in KEYS_OF_PERSONS


def _cannot_be_empty(field: Field) -> bool:
    return not field.null and not isinstance(field, JSONField | CharField | LongField)


def _is_not_free_text(field: Field) -> bool:
    return not isinstance(field, CharField | LongField) or bool(field.choices) or field.unique
