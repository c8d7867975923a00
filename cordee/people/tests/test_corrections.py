"""Correcting an affiliation, confirming a member: by whom, what is kept of before, what is refused."""

from datetime import date

import pytest

from cordee.people.actions.affiliations import OutsideAffiliation, OverlappingAffiliation, correct_affiliation
from cordee.people.actions.memberships import AlreadyMember, confirm_member
from cordee.people.models import Affiliation, Duty, Group, Membership, Organization, Person
from cordee.records import journal
from cordee.toolkit.refusals import Forbidden

pytestmark = pytest.mark.django_db
START, TODAY = date(2024, 7, 1), date(2025, 1, 20)


def organization(code):
    return Organization.objects.create(code=code, kind="css", short_name=code, long_name=code)


def someone(name, duty="", at=None):
    made = Person.objects.create(first_name=name, last_name="Test")
    if duty:
        Duty.objects.create(person=made, code=duty, organization=at, starts_on=START)
    return made


@pytest.fixture
def centre(db):
    return organization("862000")


@pytest.fixture
def officer(centre):
    return someone("Océane", "billing-officer", centre)


@pytest.fixture
def affiliation(centre):
    return Affiliation.objects.create(
        person=someone("Camille"), organization=centre, category="professional", starts_on=START
    )


def test_a_category_is_corrected_for_the_whole_affiliation(affiliation, officer):
    correct_affiliation(affiliation=affiliation, category="teacher", by=officer, on=TODAY)
    affiliation.refresh_from_db()
    assert (affiliation.category, affiliation.starts_on) == ("teacher", START)
    entry = journal.history(affiliation.person).get()
    assert entry.act == "person.affiliation_corrected"
    assert entry.detail.payload["before"]["category"] == "professional"


def test_from_a_later_day_what_stood_before_stays(affiliation, officer):
    day = date(2024, 11, 1)
    correct_affiliation(affiliation=affiliation, category="teacher", starts_on=day, by=officer, on=TODAY)
    assert list(affiliation.person.affiliations.values_list("category", "starts_on", "ends_on")) == [
        ("professional", START, day),
        ("teacher", day, None),
    ]


def test_the_employer_is_corrected_too(affiliation, officer):
    other = organization("752000")
    correct_affiliation(affiliation=affiliation, category="professional", organization=other, by=officer, on=TODAY)
    affiliation.refresh_from_db()
    assert affiliation.organization == other


def test_a_day_outside_the_affiliation_is_refused(affiliation, officer):
    with pytest.raises(OutsideAffiliation):
        correct_affiliation(
            affiliation=affiliation, category="teacher", starts_on=date(2024, 1, 1), by=officer, on=TODAY
        )


def test_a_correction_that_would_give_two_employers_on_one_day_is_refused(affiliation, officer, centre, monkeypatch):
    Affiliation.objects.create(
        person=affiliation.person, organization=centre, starts_on=date(2023, 7, 1), ends_on=START
    )
    Affiliation.objects.filter(pk=affiliation.pk).update(ends_on=date(2024, 12, 1))
    monkeypatch.setattr("cordee.people.actions.affiliations._from", _earlier)
    with pytest.raises(OverlappingAffiliation):
        correct_affiliation(affiliation=affiliation, category="teacher", by=officer, on=TODAY)


def _earlier(affiliation, starts_on):
    """As if the affiliation had been dated back by someone else meanwhile."""
    affiliation.starts_on = date(2024, 1, 1)
    return affiliation


@pytest.mark.parametrize(("duty", "elsewhere"), [("billing-officer", True), ("treasurer", False), ("", False)])
def test_nobody_else_corrects(affiliation, duty, elsewhere):
    other = someone("Oscar", duty, organization("752000") if elsewhere else None)
    with pytest.raises(Forbidden):
        correct_affiliation(affiliation=affiliation, category="teacher", by=other, on=TODAY)


@pytest.fixture
def group(db):
    return Group.objects.create(slug="18-tc-trp", name="TC-TRP", kind="priority-32")


@pytest.fixture
def manager(group):
    made = someone("Alice")
    Membership.objects.create(person=made, group=group, role="responsible-manager", starts_on=START)
    return made


def test_the_manager_makes_a_walk_in_a_member(group, manager):
    sam = someone("Sam")
    confirm_member(person=sam, group=group, starts_on=date(2024, 10, 8), by=manager, on=TODAY)
    assert sam.memberships.get().role == "member"
    assert journal.history(group).get().act == "group.member_confirmed"


def test_who_joined_later_is_brought_forward(group, manager):
    sam = someone("Sam")
    Membership.objects.create(person=sam, group=group, role="participant", starts_on=date(2024, 12, 1))
    confirm_member(person=sam, group=group, starts_on=date(2024, 10, 8), by=manager, on=TODAY)
    assert sam.memberships.get().starts_on == date(2024, 10, 8)


def test_a_member_is_not_confirmed_twice(group, manager):
    sam = someone("Sam")
    given = {"person": sam, "group": group, "starts_on": date(2024, 10, 8), "by": manager, "on": TODAY}
    confirm_member(**given)
    with pytest.raises(AlreadyMember):
        confirm_member(**given)


def test_the_manager_of_another_community_does_not_confirm(group, manager):
    other = Group.objects.create(slug="07-dau", name="DAU", kind="priority-32")
    with pytest.raises(Forbidden):
        confirm_member(person=someone("Sam"), group=other, starts_on=START, by=manager, on=TODAY)
