"""What is held about one person, from what every app declares: one query for the rows, one for what they did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, DateField, DateTimeField, F, Field, ForeignKey, Model, QuerySet, TimeField, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cordee.people.models import Person, User
from cordee.privacy.wording import label_of
from cordee.toolkit.formats import date_long, time_short
from cordee.toolkit.personal_data import Held, everything_held

# What opens a door is not copied.
SECRET = {"secret", "password", "token", "unsubscribe"}
# Fields that hold the key of a person without being bound to it.
KEYS_OF_PERSONS = {"person_id", "actor_id", "for_id", "created_by_id"}
# By what the object a row points at is known, by its model.
NAMED_BY = {
    "people.organization": ("short_name",),
    "people.group": ("number", "name"),
    "people.team": ("name",),
    "meetings.meeting": ("group__name", "date"),
    "governance.seat": ("body__acronym", "code"),
}


class Item(NamedTuple):
    """What a row says under one label; `language` is that of what somebody wrote, empty for words of ours."""

    label: str
    value: str
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """`raw` is what leaves as data, `shown` what a person reads."""

    raw: dict[str, Any]
    shown: list[Item]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds about the person by one of its fields."""

    held: Held
    rows: list[Row]


def about(person: Person) -> list[Holding]:
    """Each table that names the person, with its rows; those that hold nothing are left out."""
    links = [(held, field) for held, field in _links() if not _is_actor(field)]
    asked = [_rows_of(number, held, field, person) for number, (held, field) in enumerate(links)]
    found: dict[int, list[dict[str, Any]]] = {}
    rows = asked[0].union(*asked[1:], all=True).order_by("the_part", "the_row")
    for part, _row_key, data in rows:
        found.setdefault(part, []).append(data)
    return [
        Holding(links[part][0], [_row(links[part][0].model, data) for data in rows]) for part, rows in found.items()
    ]


def acts_of(person: Person) -> list[tuple[Held, int]]:
    """What the person did, counted by table."""
    links = [(held, field) for held, field in _links() if _is_actor(field)]
    asked = [_counted(number, held, field, person) for number, (held, field) in enumerate(links)]
    counts = asked[0].union(*asked[1:], all=True).order_by("the_part")
    return [(links[part][0], count) for part, count in counts if count]


@cache
def columns(label: str) -> tuple[str, ...]:
    """What is read of a table: what is declared, what has a label of ours, its days, the names of its objects."""
    model = apps.get_model(label)
    declared = {name for held in everything_held() if held.model == label for name in held.fields}
    found: list[str] = []
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            found += [f"{field.name}__{part}" for part in NAMED_BY.get(field.related_model._meta.label_lower, ())]
        elif field.name not in SECRET and (field.name in declared or _says_something(field)):
            found.append(field.name)
    return tuple(found)


def _says_something(field: Field) -> bool:
    return isinstance(field.verbose_name, Promise) or isinstance(field, DateField | TimeField)


def _links() -> Iterator[tuple[Held, str]]:
    """Each declared table with each field by which its rows name a person."""
    for held in everything_held():
        model = apps.get_model(held.model)
        if model is Person:
            yield held, "pk"
            continue
        for name in held.fields:
            field = model._meta.get_field(name)
            if isinstance(field, ForeignKey) and field.related_model is User:
                yield held, f"{name}__person"
            if name in KEYS_OF_PERSONS or (isinstance(field, ForeignKey) and field.related_model is Person):
                yield held, name


def _is_actor(field: str) -> bool:
    """Whether the person did it, rather than it being about them."""
    return field.endswith(("_by", "_by_id")) or field == "actor_id"


def _of(number: int, held: Held, field: str, person: Person) -> QuerySet[Any]:
    model: type[Model] = apps.get_model(held.model)
    return model._default_manager.filter(**{field: person.pk}).order_by().annotate(the_part=Value(number))


def _counted(number: int, held: Held, field: str, person: Person) -> QuerySet[Any]:
    counted = _of(number, held, field, person).values("the_part").annotate(the_count=Count("pk"))
    return counted.values_list("the_part", "the_count")


def _rows_of(number: int, held: Held, field: str, person: Person) -> QuerySet[Any]:
    data = JSONObject(**{name.replace("__", "."): name for name in columns(held.model)})
    named = _of(number, held, field, person)
    return named.annotate(the_row=F("pk"), the_data=data).values_list("the_part", "the_row", "the_data")


def _row(label: str, data: dict[str, Any]) -> Row:
    """In the order of the table: PostgreSQL gives the keys of an object in its own."""
    raw = {key: data[key] for name in columns(label) if (key := name.replace("__", ".")) in data}
    # A number that stands for a person tells a reader nothing.
    told = {key: value for key, value in raw.items() if key not in KEYS_OF_PERSONS}
    given = [(key, value) for key, value in told.items() if value not in (None, "", [], {})]
    shown: list[Item] = []
    for name, same in groupby(given, key=lambda pair: _label(label, pair[0])):
        values, languages = zip(*(_said(label, key, value) for key, value in same), strict=True)
        shown.append(Item(name, ", ".join(values), max(languages)))
    return Row(raw, shown)


def _label(label: str, key: str) -> str:
    """That of the field; of the object for what it is called."""
    return label_of(apps.get_model(label)._meta.get_field(key.partition(".")[0]))


def _said(label: str, key: str, value: Any) -> tuple[str, str]:
    """A value as the database gives it in JSON, in words; and in which language, when it is not in ours."""
    field = _field(label, key)
    if field.get_internal_type() == "BooleanField":
        return _("oui") if value else _("non"), ""
    if isinstance(field, DateTimeField):
        instant = datetime.fromisoformat(value)
        here = timezone.localtime(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
        return f"{date_long(here)}, {time_short(here)}", ""
    if isinstance(field, DateField):
        return date_long(date.fromisoformat(value)), ""
    if isinstance(field, TimeField):
        return time_short(time.fromisoformat(value)), ""
    chosen = dict(field.flatchoices).get(value)
    return (str(chosen), "") if chosen is not None else (str(value), "fr")


def _field(label: str, key: str) -> Field:
    model, found = apps.get_model(label), None
    for name in key.split("."):
        found = model._meta.get_field(name)
        model = getattr(found, "related_model", None) or model
    assert isinstance(found, Field)
    return found
