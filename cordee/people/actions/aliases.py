"""Remembering under what other name a person is met, and forgetting it."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from cordee.people import policy
from cordee.people.models import Alias, Person
from cordee.records import journal
from cordee.toolkit.access import enforce


def remember_aliases(*, aliases: Mapping[tuple[str, str], int], by: Person | None, on: date) -> dict[str, int | None]:
    """Each (kind, value) is from now on the given person. The aliases written, each with whose it was before."""
    if by is not None:
        enforce(policy.can_create_person(by, on=on))
    before: dict[str, int | None] = {}
    with transaction.atomic():
        for (kind, value), person in aliases.items():
            alias = Alias.objects.filter(kind=kind, value=value).first() or Alias(kind=kind, value=value)
            was = alias.person_id if alias.pk else None
            alias.person_id = person
            alias.save()
            before[str(alias.pk)] = was
            journal.write("person.alias-remembered", alias, by=by, person=person, before=was)
    return before


def restore_aliases(*, before: Mapping[str, int | None], by: Person | None, on: date) -> None:
    """Give aliases back to whom they were; those that were nobody’s are forgotten."""
    if by is not None:
        enforce(policy.can_create_person(by, on=on))
    with transaction.atomic():
        for alias in Alias.objects.filter(pk__in=_keys(before)).order_by("pk"):
            journal.write("person.alias-forgotten", alias, by=by, person=alias.person_id)
            was = before[str(alias.pk)]
            if was is None:
                alias.delete()
            else:
                alias.person_id = was
                alias.save(update_fields=["person"])


def _keys(before: Iterable[str]) -> list[int]:
    return [int(key) for key in before]
