"""The pages of claims: who sees what, every dollar explained, the steps one button away, few queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import steps
from cordee.treasury.models import Claim, DraftVisit
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests import year_sample
from cordee.treasury.tests.desks import NOVEMBER, TODAY
from cordee.treasury.tests.year_sample import attend, correct, group, join, meeting, person

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
MOST_QUERIES = 12


year = kept(sample.year, clock=TODAY)


@kept
def claim(year):
    return sample.prepared()


@pytest.fixture
def as_(client, year):
    def sign_in(who):
        client.force_login(getattr(year.desks, who).user)
        return client

    return sign_in


def text(response):
    return response.content.decode().replace("\xa0", " ")


def address(claim, name="claim"):
    return reverse(f"treasury:{name}", args=[claim.pk])


def test_a_claim_explains_every_dollar_with_its_dates_rule_and_source(claim, as_, year):
    shown = text(as_("officer").get(address(claim)))
    assert "2 journées <i>×</i> 280,00 $ <i>=</i> <b>560,00 $</b>" in shown
    assert "Cadre 2024-2025, art." in shown
    assert f"{reverse('reference:edition', args=['2024-2025'])}#rule-rate.professional.day" in shown
    assert "8 octobre 2024" in shown
    assert "feuille de présences" in shown


def test_from_a_dollar_to_the_attendance_and_back(claim, as_, year):
    client = as_("secretary")
    held = year.camille.attendances.get(meeting__date=NOVEMBER).meeting
    roster = f"{reverse('meetings:roster', args=[held.pk])}#person-{year.camille.pk}"
    assert roster in text(client.get(address(claim)))
    assert address(claim) in text(client.get(reverse("meetings:roster", args=[held.pk])))


@pytest.mark.parametrize(
    ("who", "status"), [("officer", 200), ("bob", 200), ("secretary", 200), ("oscar", 404), ("charlie", 403)]
)
def test_a_centre_sees_only_its_own_claims(claim, as_, who, status):
    client = as_(who)
    assert client.get(address(claim)).status_code == status
    assert client.get(reverse("treasury:organization", args=[year_sample.SAINT_HYACINTHE])).status_code == status


def test_someone_of_another_centre_cannot_act_on_what_they_do_not_see(claim, as_):
    assert as_("oscar").post(address(claim, "claim_submission")).status_code == 404
    claim.refresh_from_db()
    assert claim.state == "draft"


def test_whoever_is_not_signed_in_is_asked_to(client, claim):
    response = client.get(address(claim))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_submitting_from_the_page_offers_to_undo(claim, as_):
    client = as_("officer")
    shown = text(client.post(address(claim, "claim_submission"), follow=True))
    assert "La réclamation est soumise." in shown
    assert address(claim, "claim_submission_undo") in shown
    client.post(address(claim, "claim_submission_undo"))
    claim.refresh_from_db()
    assert claim.state == "draft"


def test_each_desk_finds_its_one_full_action(claim, as_, year):
    assert "Soumettre pour le centre" in text(as_("secretary").get(address(claim)))
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    assert "Marquer comme vérifiée" in text(as_("secretary").get(address(claim)))
    assert "Approuver" not in text(as_("officer").get(address(claim)))
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    assert "Approuver" in text(as_("bob").get(address(claim)))
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    assert "Inscrire le paiement" in text(as_("bea").get(address(claim)))


def test_the_wrong_person_is_refused_with_a_reason_and_nothing_changes(claim, as_, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    response = as_("bob").post(address(claim, "claim_verification"))
    assert response.status_code == 403
    assert "Seul le secrétariat de gestion vérifie" in text(response)


def test_the_second_treasurer_reads_who_was_first(claim, as_, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    response = as_("bea").post(address(claim, "claim_approval"))
    assert response.status_code == 409
    assert "Bob Test a déjà approuvé cette réclamation" in text(response)


def test_a_payment_reads_dates_as_people_type_them(claim, as_, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    client = as_("bob")
    wrong = client.post(address(claim, "claim_payment"), {"paid_on": "hier", "reference": "VIR-9"})
    assert wrong.status_code == 422
    assert "Écrivez une date comme" in text(wrong)
    client.post(address(claim, "claim_payment"), {"paid_on": "20 janv. 2025", "reference": "VIR-9"})
    claim.refresh_from_db()
    assert claim.state == "paid"
    assert "VIR-9" in text(client.get(address(claim)))


def test_a_return_asks_for_a_reason_and_the_centre_reads_it(claim, as_, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    client = as_("secretary")
    assert client.post(address(claim, "claim_return"), {"reason": " "}).status_code == 422
    client.post(address(claim, "claim_return"), {"reason": "La catégorie de Camille est fausse."})
    assert "La catégorie de Camille est fausse." in text(as_("officer").get(address(claim)))


def test_a_refreshed_draft_shows_what_changed_since_the_last_visit(claim, as_, year):
    client = as_("officer")
    client.get(address(claim))
    correct(year.dominique.attendances.get(), "half")
    year_sample.prepare(sample.PERIOD)
    shown = text(client.get(address(claim)))
    assert "1 changement depuis votre visite" in shown
    assert "280,00 $ → 140,00 $" in shown
    client.post(address(claim, "claim_visit"))
    assert "changement depuis votre visite" not in text(client.get(address(claim)))
    assert DraftVisit.objects.count() == 1


def test_a_claim_sent_again_shows_what_differs_from_the_submission_before(claim, as_, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    steps.return_claim(claim=claim, reason="À corriger", by=year.desks.secretary, on=TODAY)
    correct(year.dominique.attendances.get(), "half")
    year_sample.prepare(sample.PERIOD)
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    shown = text(as_("secretary").get(address(claim)))
    assert "1 différence avec la soumission précédente" in shown
    assert "Dominique Inventée, 18-tc-trp" in shown or "Dominique Inventée" in shown


def test_what_is_not_validated_is_announced_with_its_estimate(year, as_):
    attend(year.camille, meeting(year.community, date(2025, 1, 7), validated=False))
    claim = sample.prepared()
    shown = text(as_("officer").get(address(claim)))
    assert "1 présence attend la validation" in shown
    assert "environ 280,00 $" in shown


def test_a_flag_says_who_settles_it_and_only_they_get_the_form(year, as_):
    supported = group("40-ccq", "supported", granted=False)
    join(year.camille, supported)
    attend(year.camille, meeting(supported, date(2024, 12, 3)))
    claim = sample.prepared()
    form = reverse("treasury:settlement", args=[claim.pk, "not-granted", supported.pk, 0])
    shown = text(as_("officer").get(address(claim)))
    assert "Qui tranche : le comité exécutif" in shown
    assert form not in shown
    assert as_("officer").get(form).status_code == 403
    secretary = as_("secretary")
    assert form in text(secretary.get(address(claim)))
    assert secretary.post(form, {"decision": "", "decided_on": "2025-01-20"}).status_code == 422
    secretary.post(form, {"decision": "CE-3", "decided_on": "20/01/2025"})
    year_sample.prepare(sample.PERIOD)
    claim.refresh_from_db()
    assert claim.held == 0
    assert secretary.get(form).status_code == 409


def test_the_responsible_manager_confirms_walk_ins_on_a_page_of_their_own(year, as_):
    sam = person(name="Sam")
    attend(sam, meeting(year.community, date(2024, 12, 3)))
    sample.prepared()
    client = as_("alice")
    shown = text(client.get(reverse("treasury:walk_ins")))
    assert "Sam Inventée" in shown
    assert "280,00 $ en suspens" in shown
    act = reverse("treasury:walk_in", args=[year.community.pk, sam.pk])
    assert client.post(act, {"starts_on": "jamais"}).status_code == 422
    client.post(act, {"starts_on": "2024-12-01"})
    assert sam.memberships.get().starts_on == date(2024, 12, 1)
    assert as_("charlie").get(reverse("treasury:walk_ins")).status_code == 403


def test_the_list_counts_by_state_puts_what_awaits_me_first_and_adds_up(claim, as_, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    response = as_("secretary").get(reverse("treasury:claim_list"))
    rows = response.context["list"].rows.object_list
    assert [row.claim.organization.code for row in rows] == [year_sample.SAINT_HYACINTHE, year_sample.SHERBROOKE]
    assert {view["label"]: view["count"] for view in response.context["list"].views} == {
        "Toutes": 2,
        "Brouillon": 1,
        "Soumise": 1,
    }
    lines = sum(line.amount for one in Claim.objects.all() for line in one.lines_that_count())
    assert response.context["list"].figures["total"] == lines == Decimal("840.00")


def test_the_list_filters_and_sorts_by_its_address(claim, as_, year):
    client = as_("bob")
    drafts = client.get(reverse("treasury:claim_list"), {"etat": "brouillon", "tri": "-total"})
    rows = drafts.context["list"].rows.object_list
    assert [row.claim.total for row in rows] == [Decimal("840.00"), Decimal("0.00")]
    paid = client.get(reverse("treasury:claim_list"), {"etat": "payee"})
    assert "Aucune réclamation ici" in text(paid)


def test_a_claim_not_submitted_on_the_due_day_is_late(claim, as_, clock):
    clock(date(2025, 1, 30))
    assert text(as_("secretary").get(reverse("treasury:claim_list"), {"periode": "mid-year"})).count("En retard") == 2


def test_a_centre_is_led_to_its_own_page(claim, as_):
    response = as_("officer").get(reverse("treasury:claim_list"), follow=True)
    assert response.redirect_chain[-1][0] == reverse("treasury:organization", args=[year_sample.SAINT_HYACINTHE])
    assert "1 réclamation à soumettre avant le 30 janvier 2025." in text(response)


def verified(year):
    for code, who in ((year_sample.SAINT_HYACINTHE, year.desks.officer), (year_sample.SHERBROOKE, year.desks.bob)):
        one = sample.claim(code)
        who.duties.get_or_create(
            code="billing-officer", organization=one.organization, defaults={"starts_on": sample.HIRED}
        )
        person = type(who).objects.get(pk=who.pk)
        steps.submit_claim(claim=one, by=person, on=TODAY)
        steps.verify_claim(claim=one, by=year.desks.secretary, on=TODAY)


def test_bulk_approval_takes_each_and_names_what_it_refuses(claim, as_, year):
    verified(year)
    ticked = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    shown = text(as_("bob").post(reverse("treasury:claim_approvals"), {"claim": ticked}, follow=True))
    assert "1 réclamation approuvée." in shown
    assert "752000 : Vous avez soumis cette réclamation" in shown
    assert set(Claim.objects.values_list("state", flat=True)) == {"approved", "verified"}


def test_the_header_alone_takes_every_claim_in_the_right_state(claim, as_, year):
    verified(year)
    shown = text(as_("bea").post(reverse("treasury:claim_approvals"), {"all": "2024-2025 mid-year"}, follow=True))
    assert "2 réclamations approuvées." in shown


def test_bulk_without_a_tick_says_what_to_do(claim, as_):
    response = as_("bob").post(reverse("treasury:claim_approvals"))
    assert response.status_code == 422
    assert "Cochez-en" in text(response)


def test_bulk_verification_is_the_secretarys(claim, as_, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    refused = text(as_("bob").post(reverse("treasury:claim_verifications"), {"claim": [claim.pk]}, follow=True))
    assert "Seul le secrétariat de gestion vérifie" in refused
    assert "1 réclamation vérifiée." in text(
        as_("secretary").post(reverse("treasury:claim_verifications"), {"claim": [claim.pk]}, follow=True)
    )


def test_the_button_prepares_the_claims(year, as_):
    given = {"annee": "2024-2025", "periode": "mid-year"}
    assert as_("officer").post(reverse("treasury:preparation_start"), given).status_code == 403
    shown = text(as_("secretary").post(reverse("treasury:preparation_start"), given, follow=True))
    assert "Les réclamations sont à jour." in shown
    assert sample.claim().total == Decimal("840.00")


def test_a_preparation_of_an_unknown_period_names_those_there_are(year, as_):
    given = {"annee": "2024-2025", "periode": "été"}
    response = as_("secretary").post(reverse("treasury:preparation_start"), given)
    assert response.status_code == 422
    assert "Périodes connues" in text(response)


def many_people(year, count):
    for number in range(count):
        someone = person(name=f"Personne{number:03d}")
        join(someone, year.community)
        for on in (sample.OCTOBER, NOVEMBER):
            attend(someone, year.community.meetings.get(date=on))


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["secretary", "bob", "officer"])
def test_a_page_costs_as_many_queries_for_a_hundred_people_as_for_two(claim, as_, year, who):
    client = as_(who)
    organization = reverse("treasury:organization", args=[year_sample.SAINT_HYACINTHE])
    pages = [address(claim), organization, reverse("treasury:claim_list")][: 2 if who == "officer" else 3]
    for url in pages:
        client.get(url)
    few = [queries(client, url) for url in pages]
    many_people(year, 100)
    year_sample.prepare(sample.PERIOD)
    client.post(address(claim, "claim_visit"))
    assert [queries(client, url) for url in pages] == few
    assert max(few) <= MOST_QUERIES
