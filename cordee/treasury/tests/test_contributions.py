"""What the treasury gives to other pages: tasks, panels, and what keeps a meeting’s validation."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cordee.meetings.actions.closing import withdraw_validation
from cordee.meetings.actions.refusals import ValidationHeld
from cordee.meetings.models import Validation
from cordee.people.models import Person
from cordee.toolkit.contributions import meeting_panels, navigation, person_panels, todo
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import steps
from cordee.treasury.models import BudgetRemark
from cordee.treasury.tests import desks as sample
from cordee.treasury.tests.desks import NOVEMBER, TODAY
from cordee.treasury.tests.year_sample import SHERBROOKE, attend, group, join, meeting, person

pytestmark = pytest.mark.django_db


def money_shown(panels, viewer, **about):
    """What this app alone shows on a page of a lower one: others show theirs there too."""
    return [panel for panel in panels.collect(viewer, on=TODAY, **about) if panel.template.startswith("treasury/")]


year = kept(sample.year, clock=TODAY)


@kept
def claim(year):
    return sample.prepared()


def tasks(who, on=TODAY):
    found = todo.collect(Person.objects.get(pk=who.pk), on=on)
    return {task.url.removesuffix("#a-trancher"): task for task in found if task.url.startswith("/tresorerie/")}


def test_each_step_waits_on_the_right_desk(claim, year):
    url = reverse("treasury:claim", args=[claim.pk])
    assert tasks(year.desks.officer)[url].action == "Soumettre"
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    assert url not in tasks(year.desks.officer)
    assert tasks(year.desks.secretary)[url].action == "Vérifier"
    steps.verify_claim(claim=claim, by=year.desks.secretary, on=TODAY)
    assert tasks(year.desks.bob)[url].action == "Approuver"
    steps.approve_claim(claim=claim, by=year.desks.bob, on=TODAY)
    assert tasks(year.desks.bea)[url].action == "Payer"


def test_a_claim_to_submit_is_late_from_the_due_day_on(claim, year):
    task = tasks(year.desks.officer)[reverse("treasury:claim", args=[claim.pk])]
    assert task.due == date(2025, 1, 29)
    assert not task.is_late(date(2025, 1, 29))
    assert task.is_late(date(2025, 1, 30))


def test_flags_wait_on_whoever_settles_them(year):
    supported = group("40-ccq", "supported", granted=False)
    join(year.camille, supported)
    attend(year.camille, meeting(supported, date(2024, 12, 3)))
    attend(person(name="Sam"), meeting(year.community, date(2024, 12, 3)))
    lou = person(category="", name="Lou")
    join(lou, year.community)
    attend(lou, meeting(year.community, date(2024, 12, 4)))
    claim = sample.prepared()
    url = reverse("treasury:claim", args=[claim.pk])
    assert tasks(year.desks.secretary)[url].title == "1 point pour le comité exécutif"
    assert "1 point à trancher par votre centre" in {
        task.title for task in todo.collect(Person.objects.get(pk=year.desks.officer.pk), on=TODAY)
    }
    assert tasks(year.desks.alice)[reverse("treasury:walk_ins")].context.replace("\xa0", " ") == "280,00 $"
    assert not tasks(year.desks.charlie)


def test_budget_remarks_wait_on_the_treasurer(year):
    BudgetRemark.objects.create(year="2024-2025", code="F1", subject="x", declared=Decimal(1), computed=Decimal(2))
    url = f"{reverse('treasury:budget', args=['2024-2025'])}#remarques"
    assert tasks(year.desks.bob)[url].title == "1 remarque sur le budget"
    assert url not in tasks(year.desks.secretary)


def test_a_meeting_shows_the_claims_that_count_it_to_those_who_see_them(claim, year):
    held = year.community.meetings.get(date=NOVEMBER)
    (panel,) = money_shown(meeting_panels, year.desks.bob, meeting=held)
    assert panel.context["claims"][0]["total"] == Decimal("280.00")
    assert money_shown(meeting_panels, year.desks.charlie, meeting=held) == []
    assert money_shown(meeting_panels, year.desks.oscar, meeting=held) == []


def test_a_meeting_not_validated_shows_its_estimate(year):
    held = meeting(year.community, date(2025, 1, 7), validated=False)
    attend(year.camille, held)
    attend(year.dominique, held, "half")
    (panel,) = money_shown(meeting_panels, year.desks.secretary, meeting=held)
    assert panel.context["estimate"] == Decimal("420.00")


def test_a_centre_sees_the_estimate_of_its_own_staff_alone(year):
    held = meeting(year.community, date(2025, 1, 14), validated=False)
    elsewhere = person(employer=SHERBROOKE, name="Ailleurs")
    attend(year.camille, held)
    attend(elsewhere, held)
    for who, estimate in ((year.desks.secretary, 560), (year.desks.officer, 280), (year.desks.oscar, 280)):
        (panel,) = money_shown(meeting_panels, who, meeting=held)
        assert panel.context["estimate"] == estimate


def test_a_meeting_of_a_type_never_compensated_has_no_estimate(year):
    networking = group("douance", "networking")
    held = meeting(networking, date(2025, 1, 7), validated=False)
    attend(year.camille, held)
    assert money_shown(meeting_panels, year.desks.secretary, meeting=held) == []


def test_a_person_shows_what_was_claimed_for_them(claim, year):
    assert money_shown(person_panels, year.desks.bob, subject=year.camille) == []
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    (panel,) = money_shown(person_panels, year.desks.bob, subject=year.camille)
    assert panel.context["total"] == Decimal("560.00")
    assert money_shown(person_panels, year.desks.oscar, subject=year.camille) == []
    (own,) = money_shown(person_panels, year.camille, subject=year.camille)
    assert own.context["total"] == Decimal("560.00")
    assert not own.context["opens"]


def test_a_submitted_claim_keeps_its_meetings_validated(claim, year):
    held = year.community.meetings.get(date=NOVEMBER)
    steps.submit_claim(claim=claim, by=year.desks.officer, on=TODAY)
    with pytest.raises(ValidationHeld, match="Une réclamation soumise"):
        withdraw_validation(meeting=held, by=year.desks.secretary, on=TODAY)
    assert Validation.objects.filter(meeting=held).exists()
    steps.return_claim(claim=claim, reason="À corriger", by=year.desks.secretary, on=TODAY)
    withdraw_validation(meeting=held, by=year.desks.secretary, on=TODAY)
    assert not Validation.objects.filter(meeting=held).exists()


def test_the_treasury_is_in_the_side_bar_of_those_who_see_claims(year):
    def shown(who):
        return [entry.label for entry in navigation.collect(who, on=TODAY) if entry.icon == "cash"]

    assert shown(year.desks.officer) == shown(year.desks.bob) == ["Trésorerie"]
    assert shown(year.desks.charlie) == []
