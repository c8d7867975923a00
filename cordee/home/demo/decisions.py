"""What was decided during the year: grants, agreements, more days, and walk-ins confirmed."""

from datetime import date

from cordee.communities.models import CompensationGrant, LimitExtension, ParticipationAgreement
from cordee.home.demo.year import YEAR, Year, at
from cordee.people.models import Membership, MembershipRole

# The executive committee's decision for each supported community whose compensation was granted; 14-PFAE waits.
GRANTED = {
    "40-ccq": ("CE 2024-09-19, point 5", date(2024, 9, 19)),
    "24-francais": ("CE 2024-10-17, point 4", date(2024, 10, 17)),
    "38-socioemotionnelles": ("CE 2024-10-17, point 5", date(2024, 10, 17)),
    "21-mesures-de-controle": ("CE 2024-10-17, point 6", date(2024, 10, 17)),
}


def write_decisions(year: Year) -> None:
    _grants(year)
    _agreements(year)
    _extensions(year)
    _confirmations(year)


def _grants(year: Year) -> None:
    CompensationGrant.objects.bulk_create(
        CompensationGrant(
            community=year.communities[slug],
            year=YEAR,
            decision=decision,
            decided_on=on,
            recorded_by=year.people["blandine.cordelette"],
            recorded_at=at(on, 16, 10),
        )
        for slug, (decision, on) in GRANTED.items()
    )


def _agreements(year: Year) -> None:
    ParticipationAgreement.objects.bulk_create(
        ParticipationAgreement(
            person=year.people[person],
            year=YEAR,
            superior=superior,
            agreed_on=on,
            recorded_by=year.people["blandine.cordelette"],
            recorded_at=at(on, 11, 25),
        )
        for person, (superior, on) in year.agreements.items()
    )


def _extensions(year: Year) -> None:
    LimitExtension.objects.bulk_create(
        LimitExtension(
            community=year.communities[slug],
            person=year.people[person],
            year=YEAR,
            half_days=half_days,
            decision=decision,
            decided_on=on,
            recorded_by=year.people["blandine.cordelette"],
            recorded_at=at(on, 16, 15),
        )
        for (slug, person), (half_days, decision, on) in year.extensions.items()
    )


def _confirmations(year: Year) -> None:
    """A confirmed walk-in takes part from the day they came."""
    Membership.objects.bulk_create(
        Membership(
            person=year.people[person],
            group=year.meetings[meeting].group,
            role=MembershipRole.PARTICIPANT,
            starts_on=year.meetings[meeting].date,
        )
        for meeting, person in year.confirmed
    )
