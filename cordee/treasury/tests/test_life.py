"""The life of a claim: each step by whom the cadre says, in order, undone while the next has not happened."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from cordee.meetings.models import Meeting
from cordee.people.actions.delegations import delegate as delegate_duty
from cordee.people.actions.delegations import withdraw_delegation
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import refusals, steps
from cordee.treasury.models import Approval, ClaimLine, Payment, Submission
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests.desks import TODAY
from cordee.treasury.tests.year_sample import attend, correct, meeting, prepare

pytestmark = pytest.mark.django_db


year = kept(sample.year)


@kept
def claim(year):
    return sample.prepared()


def submit(claim, year, *, by=None, on=TODAY):
    return steps.submit_claim(claim=claim, by=by or year.desks.officer, on=on)


def approve(claim, year):
    submit(claim, year)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)


def state(claim):
    claim.refresh_from_db()
    return claim.state


def test_from_the_draft_to_the_payment(claim, year):
    approve(claim, year)
    payment = steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-1", by=year.desks.bob, on=TODAY)
    assert state(claim) == "paid"
    assert payment.amount == Decimal("840.00") == claim.total
    acts = list(journal.history(claim).values_list("act", "actor_id"))
    assert acts == [
        ("claim.drafted", None),
        ("claim.submitted", year.desks.officer.pk),
        ("claim.verified", year.desks.secretary.pk),
        ("claim.approved", year.desks.bob.pk),
        ("claim.paid", year.desks.bob.pk),
    ]


def test_submitting_freezes_the_lines_of_the_draft(claim, year):
    submission = submit(claim, year)
    assert submission.number == 1
    assert not submission.on_behalf
    assert submission.lines.count() == 3
    assert sum(line.amount for line in submission.lines.all()) == Decimal("840.00")


def test_the_database_refuses_to_change_a_submitted_line(claim, year):
    line = submit(claim, year).lines.first()
    with pytest.raises(IntegrityError, match="claim_line_submitted"), transaction.atomic():
        ClaimLine.objects.filter(pk=line.pk).update(amount=Decimal("1.00"))
    with pytest.raises(IntegrityError, match="claim_line_submitted"), transaction.atomic():
        ClaimLine.objects.filter(pk=line.pk).delete()


def test_the_secretary_submits_for_a_centre_and_it_is_recorded(claim, year):
    assert submit(claim, year, by=year.desks.secretary).on_behalf


@pytest.mark.parametrize("who", ["bob", "charlie", "oscar", "alice"])
def test_nobody_else_submits(claim, year, who):
    with pytest.raises(Forbidden):
        submit(claim, year, by=getattr(year.desks, who))
    assert state(claim) == "draft"
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("on", "late"), [(date(2025, 1, 29), False), (date(2025, 1, 30), True)])
def test_before_30_january_is_on_time_through_the_29th(claim, year, on, late):
    assert submit(claim, year, on=on).is_late is late


def test_no_claim_is_submitted_before_the_first_revision_takes_effect(claim, year):
    with pytest.raises(refusals.NotInForce):
        submit(claim, year, on=date(2024, 6, 30))


def test_submitting_twice_names_who_did_it(claim, year):
    submit(claim, year)
    with pytest.raises(refusals.AlreadyDone, match="Océane Test a déjà soumis"):
        submit(claim, year, by=year.desks.secretary)


def test_only_the_secretary_verifies(claim, year):
    submit(claim, year)
    for who in (year.desks.bob, year.desks.officer, year.desks.charlie):
        with pytest.raises(Forbidden):
            steps.verify_claim(claim=claim, by=who, on=TODAY)
    assert state(claim) == "submitted"


def test_a_step_out_of_order_says_what_is_needed(claim, year):
    submit(claim, year)
    with pytest.raises(refusals.OutOfOrder, match=r"Soumise\W+cet acte demande l’état\W+Vérifiée"):
        steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    with pytest.raises(refusals.OutOfOrder):
        steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-1", by=year.desks.bob, on=TODAY)
    assert not Approval.objects.exists()


def test_only_the_treasurer_approves_and_pays(claim, year):
    submit(claim, year)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    for who in (year.desks.secretary, year.desks.officer):
        with pytest.raises(Forbidden):
            steps.approve_claim(claim=claim, by=who, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    with pytest.raises(Forbidden):
        steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-1", by=year.desks.secretary, on=TODAY)


def test_nobody_approves_what_they_submitted(claim, year):
    both = sample.someone("Noé", "treasurer")
    both.duties.create(code="secretary", starts_on=sample.START)
    submit(claim, year, by=both)
    steps.verify_claim(claim=claim, by=both, on=TODAY)
    with pytest.raises(Forbidden, match="Vous avez soumis"):
        steps.approve_claim(claim=claim, by=both, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)


def test_a_claim_is_approved_for_the_treasurer_but_never_for_who_submitted_it(claim, year):
    """Whoever acts in someone’s name may do no more than they."""
    treasurer, delegate = sample.someone("Noé", "treasurer"), sample.someone("Nina")
    treasurer.duties.create(code="secretary", starts_on=sample.HIRED)
    lend = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=7), "by": treasurer, "on": TODAY}
    delegate_duty(fact=treasurer.duties.get(code="treasurer"), to=delegate, **lend)
    submit(claim, year, by=treasurer)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    with pytest.raises(Forbidden, match="au nom de qui vous agissez a soumis"):
        steps.approve_claim(claim=claim, by=delegate, on=TODAY)
    steps.return_claim(claim=claim, reason="À revoir", by=year.desks.bob, on=TODAY)
    submit(claim, year)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=claim, by=delegate, on=TODAY)
    done = journal.history(claim).get(act="claim.approved")
    assert (done.actor_id, done.for_id) == (delegate.pk, treasurer.pk)


def test_who_submits_in_a_name_and_whose_name_it_is_never_approve_even_by_another(claim, year):
    """The officer lends her billing, her delegate submits; both later hold the treasury, and one lends it."""
    officer, delegate, helper = year.desks.officer, sample.someone("Nina"), sample.someone("Noé")
    lend = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=7), "on": TODAY}
    given = delegate_duty(fact=officer.duties.get(), to=delegate, by=officer, **lend)
    submission = submit(claim, year, by=delegate)
    assert (submission.submitted_by, submission.submitted_for) == (delegate, officer)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    withdraw_delegation(delegation=given, by=officer, on=TODAY)
    officer.duties.update(code="treasurer", organization=None)
    treasury = delegate.duties.create(code="treasurer", starts_on=sample.HIRED)
    for person in (officer, delegate):
        with pytest.raises(Forbidden, match="ou elle l’a été en votre nom"):
            steps.approve_claim(claim=claim, by=Person.objects.get(pk=person.pk), on=TODAY)
    delegate_duty(fact=treasury, to=helper, by=delegate, **lend)
    with pytest.raises(Forbidden, match="au nom de qui vous agissez"):
        steps.approve_claim(claim=claim, by=helper, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)


def test_the_second_treasurer_is_told_who_was_first(claim, year):
    approve(claim, year)
    with pytest.raises(refusals.AlreadyDone, match="Bob Test a déjà approuvé cette réclamation") as told:
        steps.approve_claim(claim=claim, by=year.desks.bea, on=TODAY)
    assert told.value.status == 409
    assert Approval.objects.get().approved_by == year.desks.bob


def test_a_payment_is_not_dated_tomorrow(claim, year):
    approve(claim, year)
    with pytest.raises(refusals.PaidInTheFuture):
        steps.pay_claim(claim=claim, paid_on=date(2025, 1, 21), reference="VIR-1", by=year.desks.bob, on=TODAY)
    assert not Payment.objects.exists()


def test_returning_closes_the_submission_and_gives_a_draft_back(claim, year):
    first = submit(claim, year)
    steps.return_claim(claim=claim, reason="Une catégorie est fausse", by=year.desks.bob, on=TODAY)
    first.refresh_from_db()
    assert state(claim) == "returned"
    assert first.closed_at is not None
    assert first.lines.count() == 3
    assert sum(line.amount for line in claim.lines_that_count()) == claim.total == Decimal("840.00")
    again = submit(claim, year)
    assert again.number == 2
    assert again.lines.count() == 3


def test_the_next_run_rebuilds_the_draft_of_a_returned_claim(claim, year):
    submit(claim, year)
    steps.return_claim(claim=claim, reason="Une présence est fausse", by=year.desks.secretary, on=TODAY)
    correct(year.dominique.attendances.get(), "half")
    prepare(sample.PERIOD)
    claim.refresh_from_db()
    assert claim.total == Decimal("700.00")
    assert sum(line.amount for line in claim.lines_that_count()) == claim.total


@pytest.mark.parametrize("who", ["officer", "charlie"])
def test_a_centre_does_not_return_its_own_claim(claim, year, who):
    submit(claim, year)
    with pytest.raises(Forbidden):
        steps.return_claim(claim=claim, reason="Non", by=getattr(year.desks, who), on=TODAY)


def test_an_approved_claim_is_no_longer_returned(claim, year):
    approve(claim, year)
    with pytest.raises(refusals.OutOfOrder):
        steps.return_claim(claim=claim, reason="Trop tard", by=year.desks.bob, on=TODAY)


def test_each_step_is_undone_by_who_took_it_while_the_next_has_not_happened(claim, year):
    approve(claim, year)
    steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-1", by=year.desks.bob, on=TODAY)
    for undo, by, expected in (
        (steps.undo_payment, year.desks.bob, "approved"),
        (steps.undo_approval, year.desks.bob, "verified"),
        (steps.undo_verification, year.desks.secretary, "submitted"),
        (steps.undo_submission, year.desks.officer, "draft"),
    ):
        undo(claim=claim, by=by, on=TODAY)
        assert state(claim) == expected
    assert claim.lines_that_count().count() == 3
    assert not Payment.objects.exists()


def test_a_step_is_not_undone_once_the_next_has_happened(claim, year):
    approve(claim, year)
    for undo, by in ((steps.undo_submission, year.desks.officer), (steps.undo_verification, year.desks.secretary)):
        with pytest.raises(refusals.OutOfOrder):
            undo(claim=claim, by=by, on=TODAY)
    assert state(claim) == "approved"


def test_a_return_is_undone_until_the_centre_submits_again(claim, year):
    first = submit(claim, year)
    steps.return_claim(claim=claim, reason="Par erreur", by=year.desks.secretary, on=TODAY)
    steps.undo_return(claim=claim, by=year.desks.secretary, on=TODAY)
    assert state(claim) == "submitted"
    assert steps.open_submission(claim) == first
    assert not ClaimLine.objects.filter(claim=claim, submission=None).exists()


def test_a_negative_total_is_carried_and_not_paid(claim, year):
    approve(claim, year)
    steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-1", by=year.desks.bob, on=TODAY)
    for mark in list(year.camille.attendances.all()):
        correct(mark, "none")
    prepare("year-end")
    owed = sample.Claim.objects.get(organization=claim.organization, period="year-end")
    assert owed.total == Decimal("-560.00")
    approve(owed, year)
    with pytest.raises(refusals.NothingToPay):
        steps.pay_claim(claim=owed, paid_on=TODAY, reference="VIR-2", by=year.desks.bob, on=TODAY)
    payment = steps.carry_claim(claim=owed, by=year.desks.bob, on=TODAY)
    assert payment.amount == 0
    attend(year.dominique, meeting(year.community, date(2025, 3, 4)))
    prepare("year-end")
    supplementary = sample.Claim.objects.get(organization=claim.organization, period="year-end", sequence=1)
    assert supplementary.total == Decimal("-280.00")
    submit(supplementary, year)
    with pytest.raises(refusals.AlreadyCarried):
        steps.undo_payment(claim=owed, by=year.desks.bob, on=TODAY)


def test_a_positive_total_is_not_carried(claim, year):
    approve(claim, year)
    with pytest.raises(refusals.NothingToCarry):
        steps.carry_claim(claim=claim, by=year.desks.bob, on=TODAY)


def test_a_claim_without_a_line_is_submitted_at_zero(claim, year):
    other = sample.claim(sample.SHERBROOKE)
    submission = submit(other, year, by=year.desks.oscar)
    assert submission.lines.count() == 0
    assert state(other) == "submitted"


def test_the_sums_of_the_lines_are_the_figures_of_the_claim(claim, year):
    assert Meeting.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(amount) FROM treasury_claimline")
        assert cursor.fetchone()[0] == int(claim.total * 100)
