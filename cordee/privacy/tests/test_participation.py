"""When each person last took part, from every fact that says so."""

from datetime import UTC, date, datetime

import pytest

from cordee.governance.models import Body, Mandate, Seat
from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.people.models import Affiliation, Duty, Membership, Person, User
from cordee.privacy.models import Participation
from cordee.privacy.models.participation import STILL
from cordee.records import journal
from cordee.toolkit import clock

LATER, ENDED = date(2033, 1, 15), date(2025, 7, 1)


@pytest.fixture
def someone(db):
    return Person.objects.create(first_name="Paule", last_name="Piolet")


def ended(person):
    return Participation.known(on=LATER).ended.get(person.pk)


def test_an_employer_without_an_end_says_that_they_still_take_part(someone):
    employed = Affiliation.objects.create(
        person=someone, organization=factory.organization(), category="teacher", starts_on=date(2020, 7, 1)
    )
    assert ended(someone) == STILL
    Affiliation.objects.filter(pk=employed.pk).update(ends_on=ENDED)
    assert ended(someone) == ENDED


def test_the_last_of_all_facts_counts(someone):
    Affiliation.objects.create(
        person=someone, organization=factory.organization(), starts_on=date(2020, 7, 1), ends_on=date(2021, 7, 1)
    )
    where = factory.group()
    for model, facts in ((Membership, {"group": where, "role": "member"}), (Duty, {"code": "treasurer"})):
        model.objects.create(person=someone, starts_on=date(2020, 7, 1), ends_on=date(2022, 7, 1), **facts)
    assert ended(someone) == date(2022, 7, 1)
    seat = Seat.objects.create(body=Body.objects.create(group=where, key="x", acronym="X"), code="S1")
    recorded = {"recorded_by": someone, "recorded_at": clock.now()}
    Mandate.objects.create(person=someone, seat=seat, starts_on=date(2020, 7, 1), ends_on=date(2023, 7, 1), **recorded)
    assert ended(someone) == date(2023, 7, 1)
    there = {"source": "roster", "marked_at": clock.now()}
    meeting = factory.meeting(where, date(2024, 5, 2))
    mark = Attendance.objects.create(person=someone, meeting=meeting, portion="none", **there)
    assert ended(someone) == date(2023, 7, 1)
    Attendance.objects.filter(pk=mark.pk).update(portion="half")
    assert ended(someone) == date(2024, 5, 3)
    User.objects.create(email="p@exemple.test", person=someone, last_login=datetime(2026, 2, 3, 12, tzinfo=UTC))
    assert ended(someone) == date(2026, 2, 4)


def test_who_never_took_part_counts_from_their_record(someone):
    assert ended(someone) is None
    with clock.standing_at(datetime(2024, 3, 1, 15, tzinfo=UTC)):
        journal.write("person.created", someone, by=None)
    journal.write("person.read", someone, by=None)
    assert ended(someone) == date(2024, 3, 1)


def test_a_record_made_one_with_another_follows_it(someone):
    other = Person.objects.create(first_name="Paule", last_name="Piolet-Double", merged_into=someone)
    Affiliation.objects.create(
        person=other, organization=factory.organization(), starts_on=date(2020, 7, 1), ends_on=ENDED
    )
    who = Participation.known(on=LATER)
    assert who.since(84, on=LATER) == {someone.pk: ENDED}
    assert who.records_of([someone.pk]) == [someone.pk, other.pk]
    assert who.since(120, on=LATER) == {}
