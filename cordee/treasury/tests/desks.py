"""Who sits at which desk, and one claim of the mid-year to follow: Saint-Hyacinthe, two people, 12 October on."""

from dataclasses import dataclass
from datetime import date

from cordee.people.models import Duty, Membership, Organization, Person, User
from cordee.treasury.models import Claim
from cordee.treasury.tests import year_sample as sample
from cordee.treasury.tests.year_sample import SAINT_HYACINTHE, SHERBROOKE, START

HIRED = date(2023, 7, 1)
PERIOD = "mid-year"
TODAY = date(2025, 1, 20)
OCTOBER, NOVEMBER = date(2024, 10, 8), date(2024, 11, 12)


def someone(first: str, duty: str = "", at: str = "") -> Person:
    """A person with an account, and a duty when one is named."""
    made = Person.objects.create(first_name=first, last_name="Test", email=f"{first.lower()}@exemple.test")
    User.objects.create(email=made.email, person=made)
    if duty:
        organization = Organization.objects.get(code=at) if at else None
        Duty.objects.create(person=made, code=duty, organization=organization, starts_on=HIRED)
    return made


@dataclass
class Desks:
    """Alice manages the community, Bob and Béa are treasurers, Charlie must see nothing, Oscar bills for Sherbrooke."""

    alice: Person
    bob: Person
    bea: Person
    charlie: Person
    secretary: Person
    officer: Person
    oscar: Person


def desks() -> Desks:
    return Desks(
        alice=someone("Alice"),
        bob=someone("Bob", "treasurer"),
        bea=someone("Béa", "treasurer"),
        charlie=someone("Charlie"),
        secretary=someone("Solène", "secretary"),
        officer=someone("Océane", "billing-officer", SAINT_HYACINTHE),
        oscar=someone("Oscar", "billing-officer", SHERBROOKE),
    )


@dataclass
class Year:
    """A priority 32 of Saint-Hyacinthe where Camille came twice and Dominique once: 840 $."""

    desks: Desks
    community: object
    camille: Person
    dominique: Person


def year() -> Year:
    sample.edition()
    sample.organizations()
    everyone = desks()
    community = sample.group("18-tc-trp", "priority-32")
    camille, dominique = sample.person(name="Camille"), sample.person(name="Dominique")
    sample.join(camille, community)
    sample.join(dominique, community)
    for on in (OCTOBER, NOVEMBER):
        held = sample.meeting(community, on)
        sample.attend(camille, held)
        if on == OCTOBER:
            sample.attend(dominique, held)
    Membership.objects.create(person=everyone.alice, group=community, role="responsible-manager", starts_on=START)
    return Year(everyone, community, camille, dominique)


def prepared() -> Claim:
    sample.prepare(PERIOD)
    return claim()


def claim(code: str = SAINT_HYACINTHE) -> Claim:
    return Claim.objects.select_related("organization").get(organization__code=code, period=PERIOD, sequence=0)
