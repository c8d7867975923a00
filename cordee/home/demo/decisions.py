"""What was decided during the year, by the real acts: grants, agreements, more days, walk-ins confirmed."""

from datetime import date

from cordee.communities import actions as communities
from cordee.home.demo.year import YEAR, Year, at
from cordee.people.actions.memberships import confirm_member
from cordee.toolkit import clock

# The executive committee's decision for each supported community whose compensation was granted; 14-PFAE waits.
GRANTED = {
    "40-ccq": ("CE 2024-09-19, point 5", date(2024, 9, 19)),
    "24-francais": ("CE 2024-10-17, point 4", date(2024, 10, 17)),
    "38-socioemotionnelles": ("CE 2024-10-17, point 5", date(2024, 10, 17)),
    "21-mesures-de-controle": ("CE 2024-10-17, point 6", date(2024, 10, 17)),
}


def decide(year: Year) -> None:
    _grant(year)
    _agree(year)
    _extend(year)
    _confirm(year)


def _grant(year: Year) -> None:
    for slug, (decision, on) in GRANTED.items():
        with clock.standing_at(at(on, 16, 10)):
            communities.grant_compensation(
                community=year.communities[slug],
                year=YEAR,
                decision=decision,
                decided_on=on,
                by=year.secretary,
                on=on,
            )


def _agree(year: Year) -> None:
    for person, (superior, on) in year.agreements.items():
        with clock.standing_at(at(on, 11, 25)):
            communities.record_agreement(
                person=year.people[person], year=YEAR, superior=superior, agreed_on=on, by=year.secretary, on=on
            )


def _extend(year: Year) -> None:
    for (slug, person), (half_days, decision, on) in year.extensions.items():
        with clock.standing_at(at(on, 16, 15)):
            communities.extend_limit(
                community=year.communities[slug],
                person=year.people[person],
                year=YEAR,
                half_days=half_days,
                decision=decision,
                decided_on=on,
                by=year.secretary,
                on=on,
            )


def _confirm(year: Year) -> None:
    """A confirmed walk-in belongs from the day they came; the responsible manager says so on the morrow."""
    for (key, person), (confirming, on) in year.confirmed.items():
        with clock.standing_at(at(on, 8, 45)):
            confirm_member(
                person=year.people[person],
                group=year.meetings[key].group,
                starts_on=year.meetings[key].date,
                by=year.people[confirming],
                on=on,
            )
