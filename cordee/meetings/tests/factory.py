"""A small world for tests: a group, its people, a meeting held on 14 January 2025."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from cordee.meetings.models import Meeting
from cordee.people.models import Affiliation, Duty, Group, Membership, Organization, Person, User
from cordee.reference.models import Edition, Revision, RuleRow

YEAR_START = date(2024, 7, 1)
DAY = date(2025, 1, 14)
TODAY = date(2025, 1, 20)


def organization(code: str = "862000", short_name: str = "CSS des Patriotes", **fields: Any) -> Organization:
    return Organization.objects.get_or_create(
        code=code, defaults={"kind": "css", "short_name": short_name, "long_name": short_name, **fields}
    )[0]


def person(first: str, last: str = "Test", *, account: bool = True, employed: bool = True, **employment: Any) -> Person:
    email = f"{first}.{last}@exemple.test".lower()
    made = Person.objects.create(first_name=first, last_name=last, email=email)
    if account:
        User.objects.create(email=email, person=made)
    if employed:
        fields = {"organization": organization(), "category": "professional", "starts_on": YEAR_START, **employment}
        Affiliation.objects.create(person=made, **{**fields, "organization": fields["organization"] or organization()})
    return made


def group(slug: str = "18-tc-trp", number: str = "18", name: str = "TC-TRP", kind: str = "supported") -> Group:
    return Group.objects.create(slug=slug, number=number, name=name, kind=kind)


def membership(who: Person, where: Group, role: str = "participant", **fields: Any) -> Membership:
    return Membership.objects.create(person=who, group=where, role=role, **{"starts_on": YEAR_START, **fields})


def duty(who: Person, code: str, at: Organization | None = None) -> Duty:
    return Duty.objects.create(person=who, code=code, organization=at, starts_on=YEAR_START)


def meeting(where: Group, day: date = DAY, **fields: Any) -> Meeting:
    defaults = {"starts_at": time(9), "ends_at": time(15, 30), "planned_portion": "day", "modality": "hybrid"}
    return Meeting.objects.create(group=where, date=day, **{**defaults, **fields})


def thresholds() -> Revision:
    """The minutes that make a half day and a day, in force since the start of the year."""
    edition = Edition.objects.get_or_create(year="2024-2025")[0]
    revision = Revision.objects.create(edition=edition, number=1)
    for position, (key, minutes) in enumerate((("threshold.half-day", "120"), ("threshold.day", "270"))):
        RuleRow.objects.create(revision=revision, position=position, key=key, kind="minutes", value=minutes)
    revision.effective_from = YEAR_START
    revision.save(update_fields=["effective_from"])
    return revision


@dataclass
class World:
    group: Group
    meeting: Meeting
    alice: Person
    bob: Person
    charlie: Person
    secretary: Person
    officer: Person
    participants: list[Person]


def world(participants: int = 3) -> World:
    """Alice is the liaison, Bob the treasurer, Charlie a stranger; the officer bills for the participants."""
    Edition.objects.get_or_create(year="2024-2025")
    where = group()
    alice, bob, charlie, secretary, officer = (person(name) for name in ("Alice", "Bob", "Charlie", "Solène", "Océane"))
    membership(alice, where, "liaison")
    duty(bob, "treasurer")
    duty(secretary, "secretary")
    duty(officer, "billing-officer", organization())
    people = [person(f"Paule{n:02d}", "Piolet") for n in range(participants)]
    for each in people:
        membership(each, where)
    return World(where, meeting(where), alice, bob, charlie, secretary, officer, people)
