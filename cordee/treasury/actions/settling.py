"""Settling what the rules hold back: the decision or correction is recorded, and the claims still open take it.

A draft takes it at its next computation; a submission that is not approved gets lines added, each with the decision;
after approval the difference is an adjustment of the organization’s next claim.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction

from cordee.communities.actions import extend_limit, grant_compensation, record_agreement
from cordee.people.actions.affiliations import correct_affiliation
from cordee.people.actions.memberships import confirm_member
from cordee.people.models import Affiliation, Group, Person
from cordee.toolkit.access import enforce
from cordee.treasury import policy
from cordee.treasury.actions.appending import append_settled
from cordee.treasury.actions.refusals import NothingToSettle
from cordee.treasury.models import Claim
from cordee.treasury.rules.codes import (
    CATEGORY_UNKNOWN,
    NOT_A_MEMBER,
    NOT_GRANTED,
    SECOND_SUPPORTED,
    YEARLY_LIMIT,
)
from cordee.values.portion import halves_of


@transaction.atomic
def settle_limit(
    *, claim: Claim, group: Group, person: Person, days: Decimal, decision: str, decided_on: date, by: Person, on: date
) -> int:
    """The executive committee gives one person more days in one community. Returns the lines added to submissions."""
    enforce(policy.can_settle(by, YEARLY_LIMIT, claim, group.pk, on=on))
    extend_limit(
        community=group.community,
        person=person,
        year=claim.year,
        half_days=halves_of(days),
        decision=decision,
        decided_on=decided_on,
        by=by,
        on=on,
    )
    return append_settled(
        claim=claim, code=YEARLY_LIMIT, person=person.pk, group=group.pk, decision=decision, by=by, on=on
    )


@transaction.atomic
def settle_grant(*, claim: Claim, group: Group, decision: str, decided_on: date, by: Person, on: date) -> int:
    """The executive committee grants a community its compensation: everyone held back there is concerned."""
    enforce(policy.can_settle(by, NOT_GRANTED, claim, group.pk, on=on))
    grant_compensation(
        community=group.community, year=claim.year, decision=decision, decided_on=decided_on, by=by, on=on
    )
    return append_settled(claim=claim, code=NOT_GRANTED, group=group.pk, decision=decision, by=by, on=on)


@transaction.atomic
def settle_agreement(
    *, claim: Claim, group: Group, person: Person, superior: str, agreed_on: date, by: Person, on: date
) -> int:
    """The immediate superior agrees to a second supported community, for the whole school year.

    The line, which never changes, says the day of the agreement: a name would stay in it for ever.
    """
    enforce(policy.can_settle(by, SECOND_SUPPORTED, claim, group.pk, on=on))
    record_agreement(person=person, year=claim.year, superior=superior, agreed_on=agreed_on, by=by, on=on)
    return append_settled(claim=claim, code=SECOND_SUPPORTED, person=person.pk, decision=str(agreed_on), by=by, on=on)


@transaction.atomic
def settle_category(*, claim: Claim, group: Group, person: Person, category: str, by: Person, on: date) -> int:
    """The employer says what the person’s category was; every affiliation without one is corrected."""
    enforce(policy.can_settle(by, CATEGORY_UNKNOWN, claim, group.pk, on=on))
    unknown = Affiliation.objects.filter(person=person, organization=claim.organization_id, category="")
    found = list(unknown.order_by("starts_on"))
    if not found:
        raise NothingToSettle
    for affiliation in found:
        correct_affiliation(affiliation=affiliation, category=category, by=by, on=on)
    return append_settled(claim=claim, code=CATEGORY_UNKNOWN, person=person.pk, decision=category, by=by, on=on)


@transaction.atomic
def settle_member(*, claim: Claim, group: Group, person: Person, starts_on: date, by: Person, on: date) -> int:
    """The responsible manager confirms that the person belongs to the community from a day on."""
    enforce(policy.can_settle(by, NOT_A_MEMBER, claim, group.pk, on=on))
    confirm_member(person=person, group=group, starts_on=starts_on, by=by, on=on)
    return append_settled(
        claim=claim, code=NOT_A_MEMBER, person=person.pk, group=group.pk, decision=str(starts_on), by=by, on=on
    )


SETTLE = {
    YEARLY_LIMIT: settle_limit,
    NOT_GRANTED: settle_grant,
    SECOND_SUPPORTED: settle_agreement,
    CATEGORY_UNKNOWN: settle_category,
    NOT_A_MEMBER: settle_member,
}
