"""The list as files, and its bulk acts taken back: what is on screen is what leaves."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import steps
from cordee.treasury.models import Claim
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests import year_sample
from cordee.treasury.tests.desks import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
PERIOD = ["2024-2025", "mid-year"]


year = kept(sample.year, clock=TODAY)


@kept
def claim(year):
    return sample.prepared()


@pytest.fixture
def bob(client, year):
    client.force_login(year.desks.bob.user)
    return client


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_a_file_holds_the_rows_of_the_filter_in_the_order_on_screen(claim, bob, year):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    everything = rows_of(bob.get(reverse("treasury:period_csv", args=PERIOD)))
    submitted = rows_of(bob.get(reverse("treasury:period_csv", args=PERIOD), {"etat": "soumise"}))
    assert submitted[0] == ["Réclamations, mi-année 2024-2025, à l’état «\xa0Soumise\xa0»"]
    assert {row[0] for row in submitted[2:-1]} == {year_sample.SAINT_HYACINTHE}
    assert len(everything) == len(submitted)
    assert bob.get(reverse("treasury:period_csv", args=PERIOD), {"etat": "payee"}).status_code == 404


def test_the_links_of_the_list_carry_its_filter(claim, bob):
    shown = bob.get(reverse("treasury:claim_list"), {"etat": "brouillon", "tri": "-total"}).content.decode()
    assert f"{reverse('treasury:period_xlsx', args=PERIOD)}?etat=brouillon&amp;tri=-total" in shown


@pytest.mark.parametrize("address", [["2024-2025", "ete"], ["hier", "mid-year"]])
def test_a_period_that_is_not_one_has_no_file(claim, bob, address):
    assert bob.get(reverse("treasury:period_xlsx", args=address)).status_code == 404


def test_a_line_cites_its_rule_in_words(claim, bob):
    rows = rows_of(bob.get(reverse("treasury:claim_csv", args=[claim.pk])))
    assert "Art. 18.1, Professionnelles et professionnels, par jour" in rows[2]


@pytest.mark.parametrize("name", ["claim_pdf", "period_pdf"])
def test_a_document_is_tagged_and_says_its_language(claim, bob, name):
    address = reverse(f"treasury:{name}", args=[claim.pk] if name == "claim_pdf" else PERIOD)
    for language in ("fr", "en"):
        bob.cookies["langue"] = language
        content = bob.get(address).content
        assert content.startswith(b"%PDF-")
        assert b"/MarkInfo" in content
        assert f"({language}-CA)".encode() in content


def test_the_document_of_a_claim_does_not_depend_on_when_or_by_whom_it_is_read(claim, client, year, clock):
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    found = set()
    for who, day in ((year.desks.bob, TODAY), (year.desks.officer, TODAY.replace(month=3))):
        clock(day)
        client.force_login(who.user)
        found.add(client.get(reverse("treasury:claim_pdf", args=[claim.pk])).content)
    assert len(found) == 1


class TestBulkUndo:
    def verified(self, claim, year):
        steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
        steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)

    def test_a_bulk_approval_is_taken_back_in_one_act(self, claim, bob, year):
        self.verified(claim, year)
        shown = bob.post(reverse("treasury:claim_approvals"), {"claim": [claim.pk]}, follow=True).content.decode()
        undo = f"{reverse('treasury:claim_approvals_undo')}?claim={claim.pk}"
        assert undo in shown
        assert "1 approbation annulée." in bob.post(undo, follow=True).content.decode()
        claim.refresh_from_db()
        assert claim.state == "verified"

    def test_what_went_on_meanwhile_is_named_and_stays(self, claim, bob, year):
        self.verified(claim, year)
        bob.post(reverse("treasury:claim_approvals"), {"claim": [claim.pk]})
        steps.pay_claim(claim=claim, paid_on=TODAY, reference="VIR-1", by=year.desks.bob, on=TODAY)
        undo = f"{reverse('treasury:claim_approvals_undo')}?claim={claim.pk}"
        assert "est à l’état" in bob.post(undo, follow=True).content.decode()
        claim.refresh_from_db()
        assert claim.state == "paid"

    def test_a_bulk_verification_is_taken_back_by_the_secretary_alone(self, claim, client, year):
        steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
        client.force_login(year.desks.secretary.user)
        client.post(reverse("treasury:claim_verifications"), {"claim": [claim.pk]})
        undo = f"{reverse('treasury:claim_verifications_undo')}?claim={claim.pk}"
        client.force_login(year.desks.bob.user)
        client.post(undo)
        assert Claim.objects.get(pk=claim.pk).state == "verified"
        client.force_login(year.desks.secretary.user)
        client.post(undo)
        assert Claim.objects.get(pk=claim.pk).state == "submitted"


def test_the_page_of_a_centre_shows_every_period_and_adds_them_up(claim, client, year):
    client.force_login(year.desks.officer.user)
    response = client.get(reverse("treasury:organization", args=[year_sample.SAINT_HYACINTHE]))
    block = response.context["shown"].current
    assert block.total == Decimal("840.00")
    assert [label for label, _due in block.coming] == ["Fin d’année"]
    assert "Pas encore préparée" in response.content.decode()
    year_sample.prepare("year-end")
    again = client.get(reverse("treasury:organization", args=[year_sample.SAINT_HYACINTHE])).context["shown"].current
    assert [row.claim.period for row in again.rows] == ["mid-year", "year-end"]
    assert again.coming == []
