"""The improvement pause: when the cadre wants it, what it keeps, what it starts."""

from datetime import date

import pytest
from django.urls import reverse

from cordee.communities import actions
from cordee.communities.models import Community, ImprovementPause, PlanChange
from cordee.communities.rules import Span, moment_of
from cordee.meetings.tests import factory
from cordee.toolkit.contributions import group_panels, meeting_panels
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

TODAY = factory.TODAY
SPANS = (
    Span("mid-year", date(2024, 7, 1), date(2025, 1, 15)),
    Span("year-end", date(2025, 1, 15), date(2025, 7, 1)),
)
DAYS = [date(2024, 9, 12), date(2025, 1, 14), date(2025, 3, 4), date(2025, 5, 6)]
ANSWERS = {"means": "yes", "objectives": "partly", "adjustments": "Resserrer le premier objectif."}


@pytest.mark.parametrize("day", DAYS)
def test_a_strategic_project_stops_at_each_meeting(day):
    assert moment_of("each-meeting", day, DAYS, SPANS) == "meeting"


def test_others_stop_at_the_last_meeting_of_each_half_of_the_year():
    moments = [moment_of("mid-year-and-year-end", day, DAYS, SPANS) for day in DAYS]
    assert moments == ["", "mid-year", "", "year-end"]
    assert moment_of("something-else", DAYS[1], DAYS, SPANS) == ""


@kept(clock=TODAY)
def world():
    made = factory.world()
    Community.objects.create(group=made.group)
    return made


def record(world, by=None, **answers):
    community = Community.objects.get()
    given = {**ANSWERS, "seen": 0, **answers}
    return actions.record_pause(community=community, meeting=world.meeting, by=by or world.alice, on=TODAY, **given)


def enter(client, person):
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(world, name="pause"):
    return reverse(f"communities:{name}", args=[world.group.slug, world.meeting.pk])


@pytest.mark.django_db
def test_a_pause_is_written_by_who_runs_the_community_and_two_at_once_are_told(world):
    with pytest.raises(Forbidden):
        record(world, by=world.participants[0])
    record(world)
    with pytest.raises(actions.StalePause):
        record(world, by=world.secretary)
    assert record(world, seen=1, means="no").version == 2


@pytest.mark.django_db
def test_a_pause_belongs_to_a_meeting_of_the_community_that_was_held(world):
    coming = factory.meeting(world.group, date(2025, 2, 4))
    elsewhere = factory.meeting(factory.group("41-inclusion", "41", "Inclusion"))
    for meeting in (coming, elsewhere):
        with pytest.raises(actions.PauseNotHeld):
            actions.record_pause(
                community=Community.objects.get(), meeting=meeting, seen=0, by=world.alice, on=TODAY, **ANSWERS
            )


@pytest.mark.django_db
def test_one_click_proposes_a_change_of_plan_and_one_takes_it_back(world, client):
    enter(client, world.alice).post(address(world), {**ANSWERS, "seen": 0})
    assert ImprovementPause.objects.get().adjustments == ANSWERS["adjustments"]
    client.post(address(world, "plan_change"))
    change = PlanChange.objects.get()
    assert (change.what, change.year) == (ANSWERS["adjustments"], "2024-2025")
    assert client.post(address(world, "plan_change")).status_code == 409
    client.post(address(world, "plan_change_withdrawal"))
    assert not PlanChange.objects.exists()
    assert client.post(address(world, "plan_change_withdrawal")).status_code == 409


@pytest.mark.django_db
def test_pauses_stand_together_on_the_page_of_the_community(world, client):
    record(world)
    page = enter(client, world.participants[0]).get(reverse("communities:detail", args=[world.group.slug]))
    assert ANSWERS["adjustments"] in page.content.decode()
    assert "Proposer au plan" not in page.content.decode()
    panels = group_panels.collect(world.alice, on=TODAY, group=world.group)
    assert any(panel.template == "communities/group_pauses.html" for panel in panels)


@pytest.mark.django_db
def test_the_page_of_the_meeting_leads_there_for_who_runs_the_group(world, client):
    def leads(person):
        panels = meeting_panels.collect(person, on=TODAY, meeting=world.meeting)
        return any(panel.template == "communities/meeting_pause.html" for panel in panels)

    assert leads(world.alice)
    assert not leads(world.participants[0])
    assert enter(client, world.participants[0]).get(address(world)).status_code == 200
    assert client.post(address(world), {**ANSWERS, "seen": 0}).status_code == 403
    assert enter(client, world.charlie).get(address(world)).status_code == 404
