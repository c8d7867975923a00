"""What the law asks of who keeps its registers: to answer in time, to tell of a serious incident."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.people.rights import KEEPERS
from cordee.privacy.models import Incident, PrivacyRequest, RequestKind
from cordee.toolkit.contributions import Task, todo


@todo.contribute
def registers_to_keep(person: Person, *, on: date) -> Iterator[Task]:
    """One query for both registers, none for who does not keep them."""
    if not person.holds(*KEEPERS, on=on):
        return
    for what, pk, said, known, other, day in _requests().union(_incidents(), all=True).order_by("a_day", "a_key"):
        yield _to_answer(pk, said, known.strip() or other, day) if what == "request" else _to_tell(pk, said, other)


def _requests() -> QuerySet[Any]:
    known = Concat("person__first_name", Value(" "), "person__last_name", output_field=CharField())
    last_day = Coalesce("extension__until", "due_on")
    return _rows(PrivacyRequest.objects.open(), "request", F("kind"), known, F("name"), last_day)


def _incidents() -> QuerySet[Any]:
    number, never = Cast("number", CharField()), Cast(Value(None), DateField())
    nobody = Value("", output_field=CharField())
    return _rows(Incident.objects.to_tell(), "incident", F("year"), nobody, number, never)


def _rows(found: QuerySet[Any], what: str, said: Any, known: Any, other: Any, day: Any) -> QuerySet[Any]:
    columns = {
        "a_what": Value(what),
        "a_key": F("pk"),
        "a_said": said,
        "a_known": known,
        "a_other": other,
        "a_day": day,
    }
    return found.order_by().annotate(**columns).values_list(*columns)


def _to_answer(pk: int, kind: str, who: str, day: date) -> Task:
    title = _("Répondre à %(who)s") % {"who": who}
    url = reverse("privacy:request", args=[pk])
    return Task(title, url, _("Répondre"), "lock", context=str(RequestKind(kind).label), due=day)


def _to_tell(pk: int, year: str, number: str) -> Task:
    title = _("Aviser d’un incident, %(reference)s") % {"reference": Incident(year=year, number=int(number)).reference}
    context = _("risque de préjudice sérieux : la Commission et les personnes, avec diligence")
    return Task(title, reverse("privacy:incident", args=[pk]), _("Voir"), "alert", context=context)
