"""A centre hears what became of its claim: returned with the reason, approved, paid, each once a submission."""

import pytest

from cordee.people.models import DigestItem, MailChoice
from cordee.records.models import Message
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import steps
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests.desks import TODAY

pytestmark = pytest.mark.django_db


year = kept(sample.year, clock=TODAY)


@kept
def claim(year):
    return sample.prepared()


def verified(claim, desks):
    steps.submit_claim(claim=claim, by=desks.officer, on=TODAY)
    steps.verify_claim(claim=claim, by=desks.secretary, on=TODAY)


def told():
    return [(message.address, message.subject.partition(" :")[0]) for message in Message.objects.order_by("pk")]


def test_its_officer_hears_that_it_is_approved_then_paid(claim, year):
    desks = year.desks
    verified(claim, desks)
    assert told() == [], "what the centre did itself is no news to it"
    steps.approve_claim(claim=claim, by=desks.bob, on=TODAY)
    steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-1", by=desks.bob, on=TODAY)
    assert told() == [(desks.officer.email, "Réclamation approuvée"), (desks.officer.email, "Réclamation payée")]
    approved, paid = Message.objects.order_by("pk")
    assert "840,00\u00a0$" in approved.text
    assert "840,00\u00a0$ ont été payés le 20 janvier 2025, référence VIR-1." in paid.text
    assert f"/tresorerie/reclamations/{claim.pk}/" in paid.text


def test_a_returned_claim_says_why(claim, year):
    verified(claim, year.desks)
    steps.return_claim(claim=claim, reason="Il manque une pièce", by=year.desks.secretary, on=TODAY)
    assert "Il manque une pièce. Corrigez-la" in Message.objects.get().text


def test_a_step_taken_back_and_done_again_is_told_once_and_the_next_submission_anew(claim, year):
    desks = year.desks
    verified(claim, desks)
    steps.approve_claim(claim=claim, by=desks.bob, on=TODAY)
    steps.undo_approval(claim=claim, by=desks.bob, on=TODAY)
    steps.approve_claim(claim=claim, by=desks.bob, on=TODAY)
    assert len(told()) == 1
    steps.undo_approval(claim=claim, by=desks.bob, on=TODAY)
    steps.return_claim(claim=claim, reason="Encore.", by=desks.secretary, on=TODAY)
    verified(claim, desks)
    steps.approve_claim(claim=claim, by=desks.bob, on=TODAY)
    assert [what for _to, what in told()] == ["Réclamation approuvée", "Réclamation renvoyée", "Réclamation approuvée"]


def test_who_wants_it_weekly_or_not_at_all_is_heard(claim, year):
    MailChoice.objects.create(person=year.desks.officer, kind="claim", pace="weekly")
    verified(claim, year.desks)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    assert told() == []
    assert DigestItem.objects.get().person == year.desks.officer
