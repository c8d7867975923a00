"""Making someone nobody knows any more: their record stays, under a number; their account goes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.people.actions.sessions import end_sessions
from cordee.people.models import Person, User
from cordee.records import journal
from cordee.toolkit.refusals import Refusal


class AlreadyRetired(Refusal):
    def __init__(self, person: Person) -> None:
        super().__init__(
            _("%(person)s ne porte plus de nom : sa fiche ne se change plus et ne se réunit à aucune autre.")
            % {"person": person.full_name}
        )


def refuse_retired(person: Person) -> None:
    """Raises AlreadyRetired."""
    if person.retired_as:
        raise AlreadyRetired(person)


def retire_person(*, person: Person, by: Person | None, on: date) -> int:
    """Take away the name, the address and the account of a person and of the records made one with theirs; the number
    they stand under. For good: whoever calls it knows that their time is over. Raises AlreadyRetired.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        refuse_retired(person)
        records = [person, *_absorbed_by(person)]
        number = 1 + (Person.objects.aggregate(last=Max("retired_as"))["last"] or 0)
        for user in User.objects.filter(person__in=records).order_by("pk"):
            end_sessions(user)
            user.delete()
        Person.objects.filter(pk__in=[record.pk for record in records]).update(**anonymous(number))
        journal.write("person.retired", person, by=by, number=number)
    return number


def pseudonym(number: int) -> str:
    """As it is kept in the database and in texts, in French; `Person.full_name` speaks the language of who reads."""
    with translation.override("fr"):
        return Person(retired_as=number).full_name


def anonymous(number: int) -> dict[str, Any]:
    """What every personal field of a record becomes."""
    first_name, _space, last_name = pseudonym(number).rpartition(" ")
    return {
        "first_name": first_name,
        "last_name": last_name,
        "email": None,
        "language": "",
        "retired_as": number,
    }


def _absorbed_by(person: Person) -> list[Person]:
    found: list[Person] = []
    layer = [person]
    while layer := list(Person.objects.filter(merged_into__in=layer).order_by("pk")):
        found += layer
    return found
