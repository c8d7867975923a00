"""Who settles what the rules hold back, and what happens in drafts, submissions and approved claims."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cordee.communities.actions import AlreadyAgreed, AlreadyGranted, NotYetDecided
from cordee.communities.models import CompensationGrant, LimitExtension, ParticipationAgreement
from cordee.people.models import Affiliation
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import settling, steps
from cordee.treasury.actions.refusals import NothingToSettle
from cordee.treasury.models.flags import OpenFlag, open_flags
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests.desks import OCTOBER, TODAY
from cordee.treasury.tests.year_sample import attend, group, hire, join, meeting, person, prepare

pytestmark = pytest.mark.django_db
DECISION = {"decision": "CE-14", "decided_on": TODAY}


year = kept(sample.year)


@kept
def sixth_day(year):
    """Camille came two days; five more make seven, two of them over the limit."""
    for week in range(1, 6):
        attend(year.camille, meeting(year.community, sample.NOVEMBER + timedelta(weeks=week)))
    return sample.prepared()


def submit(claim, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)


def settle_limit(claim, year, *, days="2", by=None):
    return settling.settle_limit(
        claim=claim,
        group=year.community,
        person=year.camille,
        days=Decimal(days),
        by=by or year.desks.secretary,
        on=TODAY,
        **DECISION,
    )


def figures(claim):
    claim.refresh_from_db()
    return claim.claimed, claim.held, claim.total


def test_what_is_over_the_limit_is_held(sixth_day, year):
    assert figures(sixth_day) == (Decimal("2240.00"), Decimal("560.00"), Decimal("1680.00"))
    flag = OpenFlag(sixth_day.pk, "yearly-limit", year.community.pk, year.camille.pk)
    assert open_flags([sixth_day]) == {flag}


def test_a_decision_adds_lines_to_a_submission_and_never_changes_one(sixth_day, year):
    submit(sixth_day, year)
    before = list(sixth_day.lines.order_by("pk").values_list("pk", "amount"))
    assert settle_limit(sixth_day, year) == 2
    after = list(sixth_day.lines.order_by("pk").values_list("pk", "amount"))
    assert after[: len(before)] == before
    added = sixth_day.lines.order_by("-pk")[:2]
    assert {(line.code, line.amount, line.details["decision"]) for line in added} == {
        ("yearly-limit", Decimal("280.00"), "CE-14")
    }
    assert figures(sixth_day) == (Decimal("2240.00"), Decimal("0.00"), Decimal("2240.00"))
    assert not open_flags([sixth_day])
    assert "yearly-limit" not in sixth_day.flags


def test_a_decision_for_fewer_days_settles_the_first_of_them(sixth_day, year):
    submit(sixth_day, year)
    settle_limit(sixth_day, year, days="1.5")
    assert figures(sixth_day) == (Decimal("2240.00"), Decimal("140.00"), Decimal("2100.00"))


def test_a_draft_takes_the_decision_at_its_next_preparation(sixth_day, year):
    assert settle_limit(sixth_day, year) == 0
    assert LimitExtension.objects.get().half_days == 4
    assert figures(sixth_day)[1] == Decimal("560.00")
    prepare(sample.PERIOD)
    assert figures(sixth_day)[1] == Decimal("0.00")


def test_after_approval_the_difference_goes_to_the_next_claim(sixth_day, year):
    submit(sixth_day, year)
    steps.verify_claim(claim=sixth_day, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=sixth_day, by=year.desks.bob, on=TODAY)
    assert settle_limit(sixth_day, year) == 0
    assert figures(sixth_day)[2] == Decimal("1680.00")
    prepare("year-end")
    following = sample.Claim.objects.get(organization=sixth_day.organization, period="year-end")
    assert following.total == Decimal("560.00")


def test_preparing_again_after_a_settlement_finds_nothing_more(sixth_day, year):
    submit(sixth_day, year)
    settle_limit(sixth_day, year)
    prepare("year-end")
    following = sample.Claim.objects.get(organization=sixth_day.organization, period="year-end")
    assert following.total == 0
    assert following.lines_that_count().count() == 0


@pytest.mark.parametrize("who", ["officer", "alice", "bob", "charlie"])
def test_only_the_secretary_writes_the_committee_down(sixth_day, year, who):
    with pytest.raises(Forbidden):
        settle_limit(sixth_day, year, by=getattr(year.desks, who))
    assert not LimitExtension.objects.exists()


def test_a_decision_is_not_dated_tomorrow(sixth_day, year):
    with pytest.raises(NotYetDecided):
        settling.settle_limit(
            claim=sixth_day,
            group=year.community,
            person=year.camille,
            days=Decimal(1),
            decision="CE-14",
            decided_on=date(2025, 2, 1),
            by=year.desks.secretary,
            on=TODAY,
        )


@pytest.fixture
def ungranted(year):
    supported = group("40-ccq", "supported", granted=False)
    join(year.camille, supported)
    attend(year.camille, meeting(supported, date(2024, 12, 3)))
    return sample.prepared(), supported


def test_a_grant_concerns_everyone_held_back_in_the_community(ungranted, year):
    claim, supported = ungranted
    assert figures(claim)[1] == Decimal("280.00")
    submit(claim, year)
    added = settling.settle_grant(claim=claim, group=supported, by=year.desks.secretary, on=TODAY, **DECISION)
    assert added == 1
    assert figures(claim) == (Decimal("1120.00"), Decimal("0.00"), Decimal("1120.00"))
    assert CompensationGrant.objects.filter(year="2024-2025", decision="CE-14").count() == 1


def test_a_grant_is_given_once(ungranted, year):
    claim, supported = ungranted
    settling.settle_grant(claim=claim, group=supported, by=year.desks.secretary, on=TODAY, **DECISION)
    with pytest.raises(AlreadyGranted):
        settling.settle_grant(claim=claim, group=supported, by=year.desks.secretary, on=TODAY, **DECISION)


@pytest.fixture
def two_supported(year):
    first, second = group("40-ccq", "supported"), group("24-francais", "supported")
    join(year.camille, first, second)
    attend(year.camille, meeting(first, date(2024, 12, 3)))
    attend(year.camille, meeting(second, date(2024, 12, 10)))
    return sample.prepared(), second


def settle_agreement(claim, second, year, by):
    return settling.settle_agreement(
        claim=claim, group=second, person=year.camille, superior="Luce Pic", agreed_on=TODAY, by=by, on=TODAY
    )


def test_the_employer_writes_the_superiors_agreement_down(two_supported, year):
    claim, second = two_supported
    assert figures(claim)[1] == Decimal("280.00")
    submit(claim, year)
    assert settle_agreement(claim, second, year, year.desks.officer) == 1
    assert figures(claim)[1] == Decimal("0.00")
    assert ParticipationAgreement.objects.get().superior == "Luce Pic"
    with pytest.raises(AlreadyAgreed):
        settle_agreement(claim, second, year, year.desks.officer)


@pytest.mark.parametrize("who", ["oscar", "alice", "bob"])
def test_another_centre_does_not_agree_in_its_place(two_supported, year, who):
    claim, second = two_supported
    with pytest.raises(Forbidden):
        settle_agreement(claim, second, year, getattr(year.desks, who))


@pytest.fixture
def unknown(year):
    """Lou’s category was never written down."""
    lou = person(category="", name="Lou")
    join(lou, year.community)
    attend(lou, meeting(year.community, date(2024, 12, 3)))
    return sample.prepared(), lou


def test_the_billing_officer_says_the_category(unknown, year):
    claim, lou = unknown
    assert open_flags([claim]) == {OpenFlag(claim.pk, "category-unknown", year.community.pk, lou.pk)}
    submit(claim, year)
    settling.settle_category(
        claim=claim, group=year.community, person=lou, category="teacher", by=year.desks.officer, on=TODAY
    )
    assert Affiliation.objects.get(person=lou).category == "teacher"
    assert figures(claim) == (Decimal("1100.00"), Decimal("0.00"), Decimal("1100.00"))
    assert not open_flags([claim])


def test_a_known_category_is_not_settled_again(unknown, year):
    claim, lou = unknown
    given = {"claim": claim, "group": year.community, "person": lou, "by": year.desks.officer, "on": TODAY}
    settling.settle_category(category="teacher", **given)
    with pytest.raises(NothingToSettle):
        settling.settle_category(category="professional", **given)


@pytest.fixture
def walk_in(year):
    sam = person(name="Sam")
    attend(sam, meeting(year.community, date(2024, 12, 3)))
    return sample.prepared(), sam


def test_the_responsible_manager_confirms_a_walk_in(walk_in, year):
    claim, sam = walk_in
    assert figures(claim)[1] == Decimal("280.00")
    submit(claim, year)
    given = {"claim": claim, "group": year.community, "person": sam, "starts_on": OCTOBER, "on": TODAY}
    for who in (year.desks.secretary, year.desks.officer, year.desks.bob):
        with pytest.raises(Forbidden):
            settling.settle_member(by=who, **given)
    assert settling.settle_member(by=year.desks.alice, **given) == 1
    assert figures(claim)[1] == Decimal("0.00")
    assert sam.memberships.get().role == "member"


@pytest.mark.parametrize("code", ["region", "day-cap", "not-a-member-organization"])
def test_nobody_settles_what_only_reduces(year, code):
    claim = sample.prepared()
    for who in vars(year.desks).values():
        assert not settling.policy.can_settle(who, code, claim, year.community.pk, on=TODAY)


def test_a_person_of_another_employer_is_settled_in_the_claim_of_that_employer(two_supported, year):
    """The line goes to whoever held it: nothing is added to the other centre’s claim."""
    claim, second = two_supported
    hire(person(employer="", name="Alix"), sample.SHERBROOKE, "professional")
    submit(claim, year)
    steps.submit_claim(claim=sample.claim(sample.SHERBROOKE), by=year.desks.oscar, on=TODAY)
    settle_agreement(claim, second, year, year.desks.secretary)
    assert sample.claim(sample.SHERBROOKE).lines.count() == 0
