"""Annexe 3 as published: declared beside computed, F1 to F6 from the data, settled by the treasurer."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

import cordee.treasury
from cordee.people.models import Group
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions.budget import reopen_remark, settle_remark
from cordee.treasury.imports import load_budget
from cordee.treasury.models import BudgetLine, BudgetRemark
from cordee.treasury.models.budget import published_lines
from cordee.treasury.rules.budget import balanced_shares, sums_of
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests import year_sample
from cordee.treasury.tests.desks import TODAY

pytestmark = pytest.mark.django_db
TEXT = (Path(cordee.treasury.__file__).parent / "data" / "budget_2024_2025.json").read_text(encoding="utf-8")
FOUND = [
    ("F1", "8400.00", "14000.00"),
    ("F2", "220640.00", "243040.00"),
    ("F3", "648640.00", "671040.00"),
    ("F4", "18448.00", "-3952.00"),
    ("F5", "39200.00", "0.00"),
    ("F6", "343800.00", "343800.01"),
]


@kept
def budget():
    assert load_budget(TEXT) == "2024-2025"


def lines(table=None):
    found = BudgetLine.objects.order_by("position")
    return published_lines(found.filter(table=table) if table else found)


def test_the_lines_add_up_to_what_the_document_should_have_printed(budget):
    sums = sums_of(lines())
    assert len(lines("expense")) == 24
    assert (sums.other, sums.compensation, sums.expenses) == (Decimal(428000), Decimal(243040), Decimal(671040))
    assert (sums.revenue, sums.balance) == (Decimal(667088), Decimal(-3952))
    assert (sums.ministry_expenses, sums.ministry_balance) == (Decimal(356200), Decimal(343800))
    assert sums.allocated == Decimal("343800.01")


def test_the_allocation_shared_by_largest_remainder_adds_up_to_the_cent(budget):
    shares = balanced_shares(lines("allocation"), Decimal("343800.00"))
    assert sum(shares) == Decimal("343800.00")
    declared = [line.total for line in lines("allocation")]
    changed = [(line.label, share - line.total) for line, share in zip(lines("allocation"), shares, strict=True)]
    assert [change for change in changed if change[1]] == [("CSS de Saint-Hyacinthe", Decimal("-0.01"))]
    assert sum(declared) == Decimal("343800.01")


def test_the_import_reports_exactly_f1_to_f6(budget):
    found = BudgetRemark.objects.order_by("code").values_list("code", "declared", "computed")
    assert [(code, str(declared), str(computed)) for code, declared, computed in found] == FOUND


def test_declared_amounts_go_in_unchanged(budget):
    line = BudgetLine.objects.get(number="37")
    assert line.declared_compensation == Decimal("8400.00")
    assert line.declared_total == Decimal("13400.00")
    assert line.published().computed_compensation(Decimal(280)) == Decimal(14000)


def test_two_lines_of_one_number_are_two_lines(budget):
    assert BudgetLine.objects.filter(number="04").count() == 2
    assert BudgetLine.objects.filter(number="41").count() == 2


def test_loading_again_changes_nothing_and_keeps_what_was_settled(budget):
    bob = sample.someone("Bob", "treasurer")
    settle_remark(remark=BudgetRemark.objects.get(code="F6"), by=bob, on=TODAY)
    before = list(BudgetLine.objects.order_by("pk").values())
    load_budget(TEXT)
    assert list(BudgetLine.objects.order_by("pk").values()) == before
    assert BudgetRemark.objects.get(code="F6").settled_at is not None
    assert BudgetRemark.objects.count() == 6


def test_a_line_knows_its_group_when_the_loader_is_told(db):
    group = Group.objects.create(slug="37-bien-etre", number="37", name="Bien-être", kind="strategic-project")
    load_budget(TEXT, groups={"37-bien-etre": group})
    assert BudgetLine.objects.get(number="37").group == group


def test_only_the_treasurer_settles_a_remark_and_can_open_it_again(budget):
    year_sample.organizations()
    desks = sample.desks()
    remark = BudgetRemark.objects.get(code="F1")
    for who in (desks.secretary, desks.officer, desks.charlie):
        with pytest.raises(Forbidden):
            settle_remark(remark=remark, by=who, on=TODAY)
    settle_remark(remark=remark, by=desks.bob, on=TODAY)
    reopen_remark(remark=remark, by=desks.bob, on=TODAY)
    remark.refresh_from_db()
    assert remark.settled_at is None


@pytest.fixture
def signed_in(client, clock, budget):
    clock(TODAY)
    year_sample.edition()
    year_sample.organizations()
    desks = sample.desks()
    client.force_login(desks.bob.user)
    return client


def test_the_page_shows_declared_beside_computed_without_a_cause(signed_in):
    page = signed_in.get(reverse("treasury:budget", args=["2024-2025"]))
    text = page.content.decode().replace("\xa0", " ")
    for amount in ("648 640,00 $", "671 040,00 $", "−22 400,00 $", "−3 952,00 $", "343 800,01 $", "14 000,00 $"):
        assert amount in text
    assert "6 remarques ouvertes" in text
    for guess in ("formule", "copié", "oubli"):
        assert guess not in text.lower()


def test_the_treasurer_settles_a_remark_from_the_page_and_can_undo(signed_in):
    act = reverse("treasury:budget_remark", args=["2024-2025", "F2"])
    page = signed_in.post(act, follow=True)
    assert "La remarque F2 est réglée." in page.content.decode()
    assert reverse("treasury:budget_remark_undo", args=["2024-2025", "F2"]) in page.content.decode()
    signed_in.post(reverse("treasury:budget_remark_undo", args=["2024-2025", "F2"]))
    assert BudgetRemark.objects.get(code="F2").settled_at is None


def test_a_year_that_is_not_one_is_not_found(signed_in):
    assert signed_in.get(reverse("treasury:budget", args=["hier"])).status_code == 404


def test_a_year_without_a_budget_says_so(signed_in):
    page = signed_in.get(reverse("treasury:budget", args=["2023-2024"]))
    assert "Aucun budget n’est chargé" in page.content.decode()
