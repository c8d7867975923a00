"""What is one's own, said again from the recorded facts, without `visible_to`: the probe holds it against this."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cordee.governance.models import Decision
from cordee.home.demo.year import TODAY
from cordee.meetings.models import RUNNING_ROLES, Attendance, CheckIn, Meeting
from cordee.people.models import Affiliation, Duty, Membership, Organization, Person
from cordee.privacy.models import PrivacyRequest
from cordee.treasury.models import Claim
from cordee.treasury.policy import OF_A_CENTRE


@dataclass
class Own:
    """Primary keys of what one person may open on the demonstration's day."""

    groups: set[int]
    centres: set[int]
    people: set[int]
    meetings: set[int]
    claims: set[int]
    decisions: set[int]
    requests: set[int]
    # Those whose name one may read: of one's people, of whom one takes the attendance or claims, of the cooperative's.
    names: set[int]


def own_of(person: Person) -> Own:
    duties = held(Duty.objects.filter(person=person))
    centres = set(duties.filter(code__in=OF_A_CENTRE).values_list("organization", flat=True))
    billed = set(duties.filter(code="billing-officer").values_list("organization", flat=True))
    roles = held(Membership.objects.filter(person=person))
    groups = set(roles.values_list("group", flat=True))
    run = set(roles.filter(role__in=RUNNING_ROLES).values_list("group", flat=True))
    people = {person.pk, *peers(groups), *staff(billed)}
    taken = Attendance.objects.filter(meeting__group__in=run).values_list("person", flat=True)
    # Who declared themselves where one takes the attendance, expected or not, said their name to be added.
    declared = CheckIn.objects.filter(meeting__group__in=run).values_list("person", flat=True)
    officers = held(Duty.objects.filter(organization=None)).values_list("person", flat=True)
    return Own(
        groups=groups,
        centres=centres,
        people=people,
        meetings=meetings_of(person, groups, billed),
        claims=set(Claim.objects.filter(organization__in=centres).values_list("pk", flat=True)),
        decisions=decisions_of(groups, sits=duties.filter(code="executive-committee").exists()),
        requests=set(PrivacyRequest.objects.filter(person=person).values_list("pk", flat=True)),
        names={*people, *staff(centres), *taken, *declared, *officers},
    )


def held(rows: QuerySet) -> QuerySet:
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=TODAY), starts_on__lte=TODAY)


def peers(groups: set[int]) -> set[int]:
    return set(Membership.objects.filter(group__in=groups).values_list("person", flat=True))


def staff(organizations: set[int]) -> set[int]:
    return set(Affiliation.objects.filter(organization__in=organizations).values_list("person", flat=True))


def meetings_of(person: Person, groups: set[int], billed: set[int]) -> set[int]:
    """Of one's groups, where one was, and where someone was whom one's organization employed that day."""
    employers: defaultdict[int, list[tuple[date, date, int]]] = defaultdict(list)
    for who, start, end, where in Affiliation.objects.values_list("person", "starts_on", "ends_on", "organization"):
        employers[who].append((start, end or date.max, where))
    found = set(Meeting.objects.filter(group__in=groups).values_list("pk", flat=True))
    for meeting, day, who in Attendance.objects.values_list("meeting", "meeting__date", "person"):
        paid_by = {where for start, end, where in employers[who] if start <= day < end}
        if who == person.pk or paid_by & billed:
            found.add(meeting)
    return found


def decisions_of(groups: set[int], *, sits: bool) -> set[int]:
    """Of the bodies one is of, of the executive committee for who sits on it, and those a framework was adopted by."""
    theirs = Q(body__group__in=groups) | Q(adoption__isnull=False) | (Q(body__key="executive") if sits else Q(pk=None))
    return set(Decision.objects.filter(theirs).values_list("pk", flat=True))


def codes(centres: set[int]) -> set[str]:
    return set(Organization.objects.filter(pk__in=centres).values_list("code", flat=True))
