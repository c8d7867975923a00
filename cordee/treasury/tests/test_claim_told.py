"""What the page of a claim tells beside its lines: adjustments, balances carried, its history, what the year plans."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cordee.communities.models import AnticipatedTerm, Plan
from cordee.meetings.actions import correct_attendance
from cordee.people.actions.affiliations import correct_affiliation
from cordee.people.models import Affiliation, Duty, Team
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import steps
from cordee.treasury.models import Claim, ClaimState
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.planned import planned_for
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests.desks import NOVEMBER, OCTOBER, TODAY
from cordee.treasury.tests.year_sample import (
    SAINT_HYACINTHE,
    SHERBROOKE,
    START,
    YEAR,
    attend,
    claim_of,
    correct,
    group,
    join,
    meeting,
    person,
    prepare,
    submit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]


year = kept(sample.year, clock=TODAY)


@pytest.fixture
def read(client, year):
    def read(who, claim):
        client.force_login(getattr(year.desks, who).user)
        response = client.get(reverse("treasury:claim", args=[claim.pk]))
        assert response.status_code == 200
        return response.content.decode().replace("\xa0", " ")

    return read


def test_an_adjustment_is_named_with_its_meeting(year, read):
    sample.prepared()
    submit(SAINT_HYACINTHE)
    correct(year.dominique.attendances.get(), "half")
    prepare()
    shown = read("officer", claim_of(SAINT_HYACINTHE))
    assert "Ajustements et reports" in shown
    assert "−140,00 $" in shown
    assert f"#person-{year.dominique.pk}" in shown


def test_a_balance_carried_leads_to_the_claim_it_comes_from(year, read):
    sample.prepared()
    owed = submit(SAINT_HYACINTHE)
    Claim.objects.filter(pk=owed.pk).update(state=ClaimState.PAID, total=Decimal("-280.00"))
    prepare()
    shown = read("officer", claim_of(SAINT_HYACINTHE))
    assert f"Solde négatif reporté de la réclamation {owed.reference}" in shown
    assert reverse("treasury:claim", args=[owed.pk]) in shown


def test_a_negative_claim_offers_to_carry_it_and_never_to_pay(year, read):
    claim = sample.prepared()
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    Claim.objects.filter(pk=claim.pk).update(total=Decimal("-280.00"))
    shown = read("bob", claim)
    assert "Reporter à la prochaine réclamation" in shown
    assert "Inscrire le paiement" not in shown


def test_a_claim_at_zero_says_that_it_is_submitted_all_the_same(year, read):
    sample.prepared()
    shown = read("oscar", sample.claim(SHERBROOKE))
    assert "elle se soumet quand même" in shown
    assert "Soumettre" in shown


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 1, 29), "À soumettre avant le 30 janvier 2025."),
        (date(2025, 1, 30), "En retard : elle se soumettait"),
    ],
)
def test_under_the_title_stands_what_matters_today(year, read, clock, day, said):
    claim = sample.prepared()
    clock(day)
    shown = read("officer", claim)
    assert "Réclamation de mi-année 2024-2025, présences jusqu’au 14 janvier 2025." in shown
    assert f"<strong>{said}" in shown


def test_each_step_says_what_is_waited_for_and_whose_turn_it_is(year, read):
    claim = sample.prepared()
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    assert "À vérifier, puis à régler avant le 30 janvier 2025." in read("secretary", claim)
    assert "La suite : le secrétariat de gestion vérifie" in read("officer", claim)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    to_pay = read("bob", claim)
    assert "<strong>À payer.</strong>" in to_pay
    assert 'value="2025-01-20"' in to_pay, "the browser’s picker reads ISO alone"
    steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-7", by=year.desks.bob, on=TODAY)
    paid = read("officer", claim)
    assert "Payée le 20 janvier 2025, VIR-7." in paid
    assert "elle ne change plus" in paid


def test_who_submitted_reads_why_they_may_not_approve(year, read):
    claim = sample.prepared()
    Duty.objects.create(
        person=year.desks.bob, code="billing-officer", organization=claim.organization, starts_on=sample.HIRED
    )
    bob = type(year.desks.bob).objects.get(pk=year.desks.bob.pk)
    steps.submit_claim(claim=claim, by=bob, on=TODAY)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    shown = read("bob", claim)
    assert "une autre personne doit l’approuver" in shown
    assert reverse("treasury:claim_approval", args=[claim.pk]) not in shown.replace("annulation", "")


def test_the_cord_keeps_the_day_of_the_draft_that_was_submitted(year, read, clock):
    claim = sample.prepared()
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    clock(TODAY + timedelta(days=2))
    sample.prepared()
    assert "20 janv. 2025, assemblé à partir des présences" in read("officer", claim)


class TestHistory:
    def test_it_begins_with_the_draft_and_says_when_its_amounts_changed(self, year, read):
        sample.prepared()
        sample.prepared()
        correct(year.dominique.attendances.get(), "half")
        claim = sample.prepared()
        shown = read("officer", claim)
        assert shown.count("a assemblé le brouillon") == 2, "a run that changes nothing says nothing"
        assert "a assemblé le brouillon : 700,00 $ réclamés" in shown

    def test_it_says_which_attendance_was_corrected(self, year, read):
        claim = sample.prepared()
        mark = year.dominique.attendances.get()
        correct_attendance(
            attendance=mark, portion="half", reason="Partie à midi", version=mark.version, by=year.desks.alice, on=TODAY
        )
        assert "a corrigé la présence de Dominique Inventée, 18-tc-trp, 8 octobre 2024 : demi-journée" in read(
            "officer", claim
        )

    def test_it_says_whose_category_was_corrected_by_this_employer(self, year, read):
        claim = sample.prepared()
        correct_affiliation(
            affiliation=Affiliation.objects.get(person=year.camille),
            category="teacher",
            by=year.desks.officer,
            on=TODAY,
        )
        assert "a corrigé la catégorie de Camille Inventée : Enseignante, enseignant" in read("officer", claim)


class TestPlanned:
    def plan(self, year, days=5, **facts):
        plan = Plan.objects.create(community=year.community.community, year=YEAR, status="ongoing")
        AnticipatedTerm.objects.create(plan=plan, people=20, days=days, **facts)
        return plan

    def planned(self, code=SAINT_HYACINTHE):
        organization = sample.claim(code).organization
        periods = YearPeriods.of(YEAR)
        return planned_for(organization, periods.timeline, periods.year, on=TODAY)

    def test_it_is_people_by_days_by_rate_for_the_organizations_own_members(self, year, read):
        self.plan(year)
        claim = sample.prepared()
        planned = self.planned()
        assert [(term.people, term.days, term.rate) for term in planned.terms] == [(2, 5, 280)]
        assert planned.amount == 2800
        shown = read("officer", claim)
        assert "Prévu pour l’année" in shown
        assert "2 800,00 $" in shown
        assert "30 %" in shown

    def test_a_team_has_its_own_days(self, year):
        plan = self.plan(year)
        team = Team.objects.create(group=year.community, name="TEVA")
        AnticipatedTerm.objects.create(plan=plan, people=2, days=3, team=team)
        year.camille.memberships.update(team=team)
        sample.prepared()
        assert self.planned().amount == 280 * (3 + 5)

    def test_managers_guests_and_those_who_left_plan_nothing(self, year):
        self.plan(year)
        year.dominique.memberships.update(ends_on=NOVEMBER)
        join(person(category="manager", name="Maud"), year.community)
        join(person(name="Inès"), year.community, role="stakeholder")
        sample.prepared()
        assert self.planned().amount == 1400

    def test_a_community_of_another_region_plans_nothing_for_it(self, year):
        self.plan(year)
        join(person(SHERBROOKE, name="Sacha"), year.community)
        sample.prepared()
        assert self.planned(SHERBROOKE).terms == []

    def test_without_a_plan_nothing_is_shown(self, year, read):
        assert "Prévu pour l’année" not in read("officer", sample.prepared())

    def test_a_day_outside_the_year_reads_its_nearest_one(self, year):
        self.plan(year)
        sample.prepared()
        organization = sample.claim().organization
        periods = YearPeriods.of(YEAR)
        after = planned_for(organization, periods.timeline, periods.year, on=START + timedelta(days=500))
        assert after.amount == 2800


def test_a_final_claim_says_where_what_is_settled_goes(year, read):
    supported = group("40-ccq", "supported", granted=False)
    join(year.camille, supported)
    attend(year.camille, meeting(supported, OCTOBER + timedelta(days=7)))
    claim = sample.prepared()
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    shown = read("secretary", claim)
    assert "Resté en suspens" in shown
    assert "s’ajoute à la prochaine" in shown
