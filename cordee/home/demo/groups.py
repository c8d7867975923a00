"""Who takes part in which group, in which role and team, from when until when."""

from datetime import date

from cordee.communities.imports import load_communities, load_projects
from cordee.communities.models import Community
from cordee.home.demo.files import day, rows
from cordee.home.demo.year import YEAR, Year
from cordee.people.models import Membership, Team


def load_groups(year: Year) -> None:
    year.groups = load_communities(YEAR)
    load_projects()
    found = Community.objects.select_related("group")
    year.communities = {community.group.slug: community for community in found}
    teams = Team.objects.select_related("group")
    year.teams = {(team.group.slug, team.name): team for team in teams}


def load_memberships(year: Year) -> None:
    listed = rows("participations.csv")
    created = Membership.objects.bulk_create(
        Membership(
            person=year.people[row["cle"]],
            group=year.groups[row["groupe"]],
            team=year.teams.get((row["groupe"], row["equipe"])),
            role=row["role"],
            starts_on=date.fromisoformat(row["depuis"]),
            ends_on=day(row["jusqu_au"]),
        )
        for row in listed
    )
    year.memberships = {slug: [] for slug in year.groups}
    for row, membership in zip(listed, created, strict=True):
        year.memberships[row["groupe"]].append((row["cle"], membership))
