"""What waits for who keeps the registers of the law, to answer in time, to tell of a serious incident; and for who
oversees, to confirm what takes two people. Together, for the home page has no query to spare.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Duty, DutyCode, Person
from cordee.people.rights import CONFIRM, KEEPERS
from cordee.privacy.models import Incident, PrivacyRequest, RequestKind
from cordee.toolkit.contributions import Task, todo


@todo.contribute
def registers_to_keep(person: Person, *, on: date) -> Iterator[Task]:
    """One query for both registers and the duties, none for who neither keeps nor oversees."""
    asked = [_requests(), _incidents()] if person.holds(*KEEPERS, on=on) else []
    asked += [_duties(person, on)] if CONFIRM.held_by(person, on=on) else []
    if not asked:
        return
    for what, pk, said, known, other, day in asked[0].union(*asked[1:], all=True).order_by("a_day", "a_key"):
        if what == "duty":
            yield _to_confirm(pk, said, known)
        else:
            yield _to_answer(pk, said, known.strip() or other, day) if what == "request" else _to_tell(pk, said, other)


def _requests() -> QuerySet[Any]:
    known = Concat("person__first_name", Value(" "), "person__last_name", output_field=CharField())
    last_day = Coalesce("extension__until", "due_on")
    return _rows(PrivacyRequest.objects.open(), "request", F("kind"), known, F("name"), last_day)


def _incidents() -> QuerySet[Any]:
    number, never = Cast("number", CharField()), Cast(Value(None), DateField())
    nobody = Value("", output_field=CharField())
    return _rows(Incident.objects.to_tell(), "incident", F("year"), nobody, number, never)


def _duties(person: Person, on: date) -> QuerySet[Any]:
    known = Concat("person__first_name", Value(" "), "person__last_name", output_field=CharField())
    never, nothing = Cast(Value(None), DateField()), Value("", output_field=CharField())
    return _rows(Duty.objects.to_confirm(person.pk, on), "duty", F("code"), known, nothing, never)


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


def _to_confirm(pk: int, code: str, who: str) -> Task:
    title = _("Confirmer une fonction, %(who)s") % {"who": who}
    return Task(title, reverse("people:duty", args=[pk]), _("Confirmer"), "user", context=str(DutyCode(code).label))
