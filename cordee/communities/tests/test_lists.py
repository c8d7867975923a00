"""Communities and objectives as lists: filters, order and files."""

from datetime import date

import pytest

from cordee.communities.models import AnticipatedTerm, Community, Objective, Plan, StrategicProject
from cordee.meetings.tests import factory

pytestmark = pytest.mark.django_db
COMMUNITIES, PROJECTS = "/communautes/", "/communautes/projets/"


@pytest.fixture
def secretary(client, settings):
    settings.CLOCK = factory.TODAY
    world = factory.world()
    client.force_login(world.secretary.user)
    supported = Community.objects.create(group=world.group)
    arts = Community.objects.create(group=factory.group("arts", "", "4 arts", "networking"))
    plan = Plan.objects.create(community=supported, year="2024-2025", status="ongoing")
    AnticipatedTerm.objects.create(plan=plan, people=12, days=5)
    AnticipatedTerm.objects.create(plan=plan, people=4, days=3)
    Plan.objects.create(community=arts, year="2024-2025", status="upcoming")
    project = StrategicProject.objects.create(number=5, title="Inclusion", title_en="Inclusion")
    Objective.objects.create(project=project, number="1", kind="smart", text="Décrire des pratiques", due=None)
    Objective.objects.create(project=project, number="2", kind="smart", text="Essayer", due=date(2026, 6, 30))
    return client


def test_communities_are_numbered_first_and_filtered_by_type_and_state(secretary):
    page = secretary.get(COMMUNITIES).content.decode()
    assert 0 < page.index("18-TC-TRP") < page.index("4 arts")
    assert "4 arts" not in secretary.get(COMMUNITIES, {"kind": "supported"}).content.decode()
    assert "18-TC-TRP" not in secretary.get(COMMUNITIES, {"status": "upcoming"}).content.decode()
    assert "ne correspond à ces filtres" in secretary.get(COMMUNITIES, {"status": "none"}).content.decode()


def test_communities_sort_by_what_is_planned_and_leave_with_their_days(secretary):
    page = secretary.get(COMMUNITIES, {"sort": "-planned"}).content.decode()
    assert 'aria-sort="descending"' in page
    csv = secretary.get(COMMUNITIES, {"file": "csv"}).content.decode("utf-8-sig")
    assert "18-TC-TRP;Nouvel encadrement;4;12 × 5 jours + 4 × 3 jours;En cours;72" in csv


def test_objectives_stand_by_project_or_in_the_order_of_their_dates(secretary):
    page = secretary.get(PROJECTS).content.decode()
    assert "5. Inclusion" in page
    assert "Sans date" in page
    undated = secretary.get(PROJECTS, {"due": "none"}).content.decode()
    assert "Essayer" not in undated
    assert "Décrire" not in secretary.get(PROJECTS, {"due": "2025"}).content.decode()
    csv = secretary.get(PROJECTS, {"sort": "-due", "file": "csv"}).content.decode("utf-8-sig")
    assert "Inclusion;5.2;Essayer;2026-06-30" in csv


def test_a_community_names_who_leads_it_its_people_and_its_meetings(secretary):
    group = Community.objects.get(group__number="18").group
    factory.membership(factory.person("Hélène", "Surplomb"), group, "responsible-manager")
    page = secretary.get(f"{COMMUNITIES}18-tc-trp/").content.decode()
    assert "Hélène Surplomb." in page
    assert "5 personnes" in page
    assert page.index("Responsable-gestionnaire<") < page.index("Participante, participant<")
    assert f"/rencontres/{group.meetings.get().pk}/" in page
