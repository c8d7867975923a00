"""The register: numbered by body and year, read by those concerned, corrected with a trace."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cordee.governance.actions import Said, correct_decision, record_decision, refusals
from cordee.governance.models import Decision, Mandate
from cordee.governance.tests.world import MARCH, START, member
from cordee.meetings.tests import factory
from cordee.records import journal
from cordee.reference.tests.drafts import signed_in
from cordee.toolkit.refusals import Forbidden

ADDRESS = "/instances/decisions/"


def decide(world, key="executive", by=None, **more):
    given = {"body": world.bodies[key], "decided_on": MARCH, "said": Said("Une somme accordée"), "on": MARCH}
    return record_decision(**{**given, "by": by or world.secretary, **more})


def test_decisions_are_numbered_by_body_and_school_year(world):
    references = [decide(world).reference, decide(world).reference, decide(world, "tdg").reference]
    assert references == ["CE 2024-2025-01", "CE 2024-2025-02", "TDG 2024-2025-01"]
    assert decide(world, decided_on=date(2024, 6, 30)).reference == "CE 2023-2024-01"


def test_a_decision_is_of_the_past_and_of_a_meeting_of_its_body_that_day(world):
    with pytest.raises(refusals.InTheFuture):
        decide(world, decided_on=MARCH + timedelta(days=1))
    theirs = factory.meeting(world.executive.group, MARCH)
    for meeting in (factory.meeting(world.bodies["tdg"].group, MARCH), factory.meeting(world.executive.group, START)):
        with pytest.raises(refusals.AnotherMeeting):
            decide(world, meeting=meeting)
    assert decide(world, meeting=theirs).meeting == theirs


def test_it_is_written_by_the_secretary_or_who_sits_that_day(world):
    with pytest.raises(Forbidden, match="qui siège au comité exécutif"):
        decide(world, by=world.gaspard)
    world.name(world.gaspard)
    decide(world, by=type(world.gaspard).objects.get(pk=world.gaspard.pk))
    member(world.paule, world.bodies["tdg"])
    with pytest.raises(Forbidden):
        decide(world, "tdg", by=world.paule)


def test_not_by_someone_whose_mandate_ended_yesterday(world):
    world.name(world.gaspard, start=date(2023, 3, 13))
    assert Mandate.objects.get().ends_on == MARCH
    yesterday = MARCH - timedelta(days=1)
    gaspard = type(world.gaspard).objects.get(pk=world.gaspard.pk)
    decide(world, by=gaspard, decided_on=yesterday, on=yesterday)
    with pytest.raises(Forbidden, match="pris fin le 12 mars 2025"):
        decide(world, by=gaspard)


def test_a_correction_keeps_what_it_said_and_two_at_once_are_told(world):
    made = decide(world)
    correct_decision(decision=made, said=Said("Une aide accordée"), seen=1, by=world.secretary, on=MARCH)
    assert journal.history(made).last().detail.payload["before"]["subject"] == "Une somme accordée"
    with pytest.raises(refusals.StaleDecision):
        correct_decision(decision=made, said=Said("Autre"), seen=1, by=world.coordinator, on=MARCH)
    assert Decision.objects.get().subject == "Une aide accordée"


def test_each_sees_the_decisions_of_the_bodies_they_sit_on(world):
    for key in ("executive", "tdg"):
        decide(world, key)
    member(world.paule, world.bodies["tdg"])

    def seen(who):
        return {one.body.key for one in Decision.objects.visible_to(who, on=MARCH).select_related("body")}

    assert seen(world.secretary) == {"executive", "tdg"}
    assert seen(type(world.paule).objects.get(pk=world.paule.pk)) == {"tdg"}
    assert seen(world.gaspard) == set()
    world.name(world.gaspard, "planning")
    assert seen(type(world.gaspard).objects.get(pk=world.gaspard.pk)) == {"executive"}


def test_what_adopted_a_framework_is_read_by_all(world):
    world.take(1)
    assert Decision.objects.visible_to(world.paule, on=MARCH).count() == 1


def test_the_register_is_searched_filtered_and_leaves_as_a_file(world, client):
    decide(world, said=Said("Compensation accordée", "Pour l’année", "amended", "Le coût dépassait la prévision."))
    decide(world, "tdg")
    signed_in(client, world.secretary)
    page = client.get(ADDRESS, {"q": "compensation", "body": "executive", "year": "2024-2025"}).content.decode()
    assert "CE 2024-2025-01" in page and "TDG 2024-2025-01" not in page
    assert "ne correspond à ces filtres" in client.get(ADDRESS, {"q": "astronomie"}).content.decode()
    csv = client.get(ADDRESS, {"file": "csv"}).content.decode("utf-8-sig")
    assert "Compensation accordée;executive;" in csv and "Le coût dépassait la prévision." in csv
    assert "Une somme" not in signed_in(client, world.paule).get(ADDRESS).content.decode()


def test_a_decision_is_written_and_corrected_in_the_browser(world, client):
    held = factory.meeting(world.executive.group, date(2025, 2, 13))
    address = reverse("governance:new_decision", args=["executive"])
    assert signed_in(client, world.paule).get(address).status_code == 403
    signed_in(client, world.secretary)
    typed = {"meeting": "", "decided_on": "", "subject": "Une aide", "text": "", "outcome": "adopted", "objections": ""}
    missing = client.post(address, typed)
    assert missing.status_code == 422 and "Choisissez une rencontre" in missing.content.decode()
    page = client.post(address, {**typed, "meeting": held.pk}, follow=True).content.decode()
    assert "Décision CE 2024-2025-01, du " in page and "13 février 2025" in page
    assert reverse("meetings:minutes", args=[held.pk]) in page
    made = Decision.objects.get()
    fix = reverse("governance:correction", args=[made.pk])
    client.post(fix, {**typed, "subject": "Une aide de plus", "seen": 1})
    stale = client.post(fix, {**typed, "subject": "Autre chose", "seen": 1})
    assert stale.status_code == 422 and "Autre chose" in stale.content.decode()
    assert Decision.objects.get().subject == "Une aide de plus"
    assert signed_in(client, world.paule).get(reverse("governance:decision", args=[made.pk])).status_code == 404


def test_the_meeting_and_the_typed_day_must_agree(world, client):
    held = factory.meeting(world.executive.group, date(2025, 2, 13))
    typed = {"meeting": held.pk, "decided_on": "2025-02-12", "subject": "Une aide", "outcome": "adopted"}
    answer = signed_in(client, world.secretary).post(reverse("governance:new_decision", args=["executive"]), typed)
    assert (
        answer.status_code == 422 and "n’est pas une rencontre de cette instance ce jour-là" in answer.content.decode()
    )
    assert not Decision.objects.exists()
