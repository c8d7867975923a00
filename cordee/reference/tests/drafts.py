"""A draft to write in, and people who may."""

from datetime import date

from django.test import Client

from cordee.people.models import Duty, Person, User
from cordee.reference.actions import Said, put_in_force, start_next_edition
from cordee.reference.models import Revision, RuleRow
from cordee.reference.tests.test_load_edition import ON, START, load
from cordee.values.school_year import SchoolYear

YEAR, NEXT = SchoolYear(2024), SchoolYear(2025)
MARCH = date(2025, 3, 10)


def person(name: str, duty: str = "") -> Person:
    found = Person.objects.create(first_name=name, last_name="Test", email=f"{name.lower()}@exemple.test")
    User.objects.create(email=found.email, person=found)
    if duty:
        Duty.objects.create(person=found, code=duty, starts_on=date(2024, 7, 1))
    return found


def in_force() -> Revision:
    return put_in_force(revision=load(), effective_from=START, by=None, on=ON)


def draft(by: Person) -> Revision:
    """The edition 2025-2026, begun from what is in force in 2024-2025."""
    in_force()
    return start_next_edition(year=YEAR, by=by, on=MARCH)


def row(revision: Revision, key: str) -> RuleRow:
    return revision.rules.get(key=key)


def said(found: RuleRow, **changed: object) -> Said:
    words = {name: getattr(found, name) for name in Said.__dataclass_fields__}
    return Said(**{**words, **changed})


def signed_in(client: Client, who: Person) -> Client:
    client.force_login(who.user)
    return client
