"""A framework is adopted by the steps it names, in order, each by a decision; the last puts it in force."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cordee.governance.actions import Said, correct_decision, record_decision, refusals, take_step, withdraw_step
from cordee.governance.actions.adopting import awaited_step
from cordee.governance.models import AdoptionStep, Decision
from cordee.governance.models.course import Course
from cordee.governance.tests.world import APRIL, JUNE, MARCH
from cordee.people.models import Person
from cordee.reference.actions import change_rule, start_correction
from cordee.reference.actions.refusals import OutsideItsYear
from cordee.reference.models import Revision, rules_on
from cordee.reference.tests import drafts
from cordee.toolkit.refusals import Forbidden
from cordee.values.money import from_cents
from cordee.values.school_year import SchoolYear

NOVEMBER = date(2024, 11, 14)
RATE = "rate.professional.day"


def write(world, value, revision=None, key=RATE):
    found = revision or world.draft
    row = drafts.row(found, key)
    change_rule(
        revision=found, key=key, said=drafts.said(row, value=value), seen=row.version or 0, by=world.secretary, on=MARCH
    )


def address(world, number):
    return reverse("governance:step", args=[world.draft.edition.year, world.draft.number, number])


def typed(on, **more):
    words = {"known": "", "meeting": "", "decided_on": on.isoformat(), "subject": "Cadre", "text": "", "objections": ""}
    return {**words, "outcome": "adopted", **more}


def test_the_last_step_puts_the_first_revision_in_force_on_1_july(world):
    write(world, "290.00")
    for number in (1, 2, 3):
        world.take(number)
    revision = Revision.objects.get(pk=world.draft.pk)
    assert revision.effective_from == date(2025, 7, 1)
    assert rules_on(date(2025, 10, 8)).amount(RATE) == from_cents(290_00)
    assert rules_on(date(2025, 6, 30)).amount(RATE) == from_cents(280_00)
    assert [step.decision.body.key for step in Course(revision).taken] == ["executive", "managers", "tdg"]


def test_approved_in_september_it_still_holds_since_1_july(world):
    for number in (1, 2):
        world.take(number)
    september = date(2025, 9, 12)
    world.take(3, decided_on=september, on=september)
    assert Revision.objects.get(pk=world.draft.pk).effective_from == date(2025, 7, 1)


def test_a_step_out_of_order_names_the_one_awaited(world):
    with pytest.raises(refusals.OutOfOrder, match="Rédigé par le comité exécutif"):
        world.take(3)
    world.take(1)
    with pytest.raises(refusals.OutOfOrder, match="Validé par le grand groupe"):
        world.take(1)
    with pytest.raises(refusals.BeforeTheOther, match="13 mars 2025"):
        world.take(2, decided_on=MARCH - timedelta(days=1))
    assert AdoptionStep.objects.count() == Decision.objects.count() == 1


def test_a_step_rests_on_a_decision_of_its_body_that_adopts(world):
    def decided(key, outcome="adopted"):
        said = Said("Cadre", outcome=outcome)
        return record_decision(body=world.bodies[key], decided_on=MARCH, said=said, by=world.secretary, on=MARCH)

    act = {"revision": world.draft, "number": 1, "by": world.secretary, "on": MARCH}
    with pytest.raises(refusals.OutOfOrder):
        take_step(decision=decided("tdg"), **act)
    with pytest.raises(refusals.NotAdopted):
        take_step(decision=decided("executive", "withdrawn"), **act)
    taken = take_step(decision=decided("executive"), **act)
    with pytest.raises(refusals.CarriesAStep):
        correct_decision(
            decision=taken.decision, said=Said("Cadre", outcome="withdrawn"), seen=1, by=world.secretary, on=MARCH
        )


def test_not_by_someone_whose_mandate_ended_yesterday(world):
    world.name(world.gaspard, start=date(2023, 3, 13))
    gaspard = Person.objects.get(pk=world.gaspard.pk)
    with pytest.raises(Forbidden, match="pris fin le 12 mars 2025"):
        world.take(1, by=gaspard)
    yesterday = MARCH - timedelta(days=1)
    world.take(1, by=gaspard, decided_on=yesterday, on=yesterday)
    with pytest.raises(Forbidden):
        world.take(2, by=world.paule)


def test_no_step_while_an_error_stands(world):
    write(world, "Deux cents")
    with pytest.raises(refusals.ErrorsStand, match=RATE):
        world.take(1)
    assert not Decision.objects.exists()


def test_a_text_that_changed_since_must_go_through_again(world):
    taken = world.take(1)
    write(world, "295.00")
    with pytest.raises(refusals.TextChanged, match="Rédigé par le comité exécutif"):
        world.take(2)
    withdraw_step(revision=world.draft, by=world.secretary, on=APRIL)
    again = {"revision": world.draft, "number": 1, "by": world.secretary, "on": APRIL}
    assert take_step(decision=taken.decision, **again).decision == taken.decision
    world.take(2)


def test_a_draft_cannot_rewrite_the_route_that_adopts_it(world):
    write(world, "executive", key="adoption.3.body")
    assert [step.body for step in Course(world.draft).route] == ["executive", "managers", "tdg"]


def test_what_is_in_force_is_closed_by_the_database_too(world):
    for number in (1, 2, 3):
        taken = world.take(number)
    with pytest.raises(refusals.Adopted):
        withdraw_step(revision=world.draft, by=world.secretary, on=JUNE)
    with pytest.raises(refusals.DecisionFrozen):
        correct_decision(decision=taken.decision, said=Said("Autre"), seen=1, by=world.secretary, on=JUNE)
    for act in (
        lambda: AdoptionStep.objects.filter(pk=taken.pk).update(number=4),
        lambda: AdoptionStep.objects.filter(pk=taken.pk).delete(),
        lambda: Decision.objects.filter(pk=taken.decision_id).update(subject="Autre"),
        lambda: AdoptionStep.objects.bulk_create([AdoptionStep(**{**fields(taken), "number": 9})]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def fields(step):
    other = Decision.objects.create(
        body=step.decision.body,
        year="2024-2025",
        number=99,
        decided_on=JUNE,
        subject="Autre",
        outcome="adopted",
        language="fr",
        recorded_by=step.taken_by,
        recorded_at=step.taken_at,
    )
    names = ("revision_id", "act", "fingerprint", "taken_by_id", "taken_at")
    return {**{name: getattr(step, name) for name in names}, "decision": other}


def correction(world):
    found = start_correction(year=SchoolYear(2024), by=world.secretary, on=NOVEMBER)
    write(world, "285.00", revision=found)
    return found


def test_a_correction_has_its_own_route_and_takes_effect_on_its_approval_or_later(world):
    found, days = correction(world), {"decided_on": NOVEMBER, "on": NOVEMBER}
    world.take(1, revision=found, **days)
    with pytest.raises(refusals.TooEarly, match="14 novembre 2024"):
        world.take(2, revision=found, effective_from=NOVEMBER - timedelta(days=1), **days)
    with pytest.raises(OutsideItsYear):
        world.take(2, revision=found, effective_from=date(2025, 7, 1), **days)
    assert not AdoptionStep.objects.filter(number=2).exists()
    world.take(2, revision=found, **days)
    assert rules_on(NOVEMBER - timedelta(days=1)).amount(RATE) == from_cents(280_00)
    assert rules_on(NOVEMBER).amount(RATE) == from_cents(285_00)


def test_a_correction_never_takes_effect_before_what_it_corrects(world):
    first, days = correction(world), {"decided_on": NOVEMBER, "on": NOVEMBER}
    world.take(1, revision=first, **days)
    world.take(2, revision=first, effective_from=date(2025, 1, 6), **days)
    second = start_correction(year=SchoolYear(2024), by=world.secretary, on=NOVEMBER)
    world.take(1, revision=second, **days)
    with pytest.raises(refusals.TooEarly, match="6 janvier 2025"):
        world.take(2, revision=second, effective_from=NOVEMBER, **days)
    world.take(2, revision=second, **days)
    assert Revision.objects.get(pk=second.pk).effective_from == date(2025, 1, 6)


def test_a_framework_without_a_route_says_so(world):
    orphan = Course(world.draft)
    orphan.route = ()
    with pytest.raises(refusals.NoRoute):
        awaited_step(orphan, 1)


def test_the_framework_shows_its_cord_and_leads_to_the_act_of_who_may(world, client):
    page = reverse("reference:revision", args=[world.draft.edition.year, world.draft.number])
    for who, leads in ((world.secretary, True), (world.paule, False)):
        text = drafts.signed_in(client, who).get(page).content.decode()
        assert "Validé par le grand groupe" in text and "Au plus tard le 30 avril 2025" in text
        assert (address(world, 1) in text) is leads
    assert client.get(address(world, 1)).status_code == 403


def test_the_whole_adoption_in_the_browser(world, client, settings):
    drafts.signed_in(client, world.secretary)
    assert client.get(address(world, 2)).status_code == 409
    for number, on in enumerate((MARCH, APRIL, JUNE), start=1):
        settings.CLOCK = on
        assert client.get(address(world, number)).status_code == 200
        page = client.post(address(world, number), typed(on), follow=True).content.decode()
    assert "il vaut à partir du 1er juillet 2025" in page and "TDG 2024-2025-01" in page
    assert client.get(address(world, 3)).status_code == 404


def test_a_step_is_taken_back_then_taken_again_by_the_same_decision(world, client):
    drafts.signed_in(client, world.secretary)
    client.post(address(world, 1), typed(MARCH))
    write(world, "295.00")
    text = client.get(reverse("reference:revision", args=[world.draft.edition.year, 1])).content.decode()
    assert "Le texte a changé depuis une étape déjà faite." in text
    client.post(reverse("governance:step_withdrawal", args=[world.draft.edition.year, 1]))
    assert not AdoptionStep.objects.exists()
    client.post(address(world, 1), typed(MARCH, known=Decision.objects.get().pk, decided_on=""))
    assert (AdoptionStep.objects.count(), Decision.objects.count()) == (1, 1)
    assert client.post(reverse("governance:step_withdrawal", args=[world.draft.edition.year, 1])).status_code == 302
    assert client.post(reverse("governance:step_withdrawal", args=[world.draft.edition.year, 1])).status_code == 409


def test_errors_are_listed_where_the_step_is_taken_and_nothing_typed_is_lost(world, client):
    write(world, "Deux cents")
    drafts.signed_in(client, world.secretary)
    assert RATE in client.get(address(world, 1)).content.decode()
    answer = client.post(address(world, 1), typed(MARCH, text="Ce qui a été dit."))
    assert answer.status_code == 422 and "Ce qui a été dit." in answer.content.decode()
