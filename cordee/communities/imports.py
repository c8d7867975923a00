"""Reads a year's communities and bodies, and the strategic projects, from reviewed data."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from cordee.communities.models import (
    AnticipatedTerm,
    Community,
    Objective,
    ObjectiveKind,
    Plan,
    StrategicProject,
)
from cordee.governance.imports import load_bodies
from cordee.people.models import Group, GroupKind, Team
from cordee.records import journal

DATA = Path(__file__).parent / "data"
Entry = dict[str, Any]


def load_communities(year: str = "2024-2025", *, by=None) -> dict[str, Group]:
    """The groups of `data/<year>.toml`, their communities, teams, plans and anticipated terms; {slug: group}.

    Groups, bodies and communities already there are kept; a plan already made for the year is a fault of the caller
    (IntegrityError `plan_once_a_year`).
    """
    data = read(f"{year}.toml")
    with transaction.atomic():
        groups = _create_groups(data["communities"], data["bodies"])
        load_bodies(data["bodies"], groups)
        communities = _create_communities(data["communities"], groups)
        teams = _create_teams(data["communities"], groups)
        plans = _create_plans(data, communities)
        AnticipatedTerm.objects.bulk_create(_terms(data["communities"], plans, teams))
        for plan in plans.values():
            journal.write("plan.loaded", plan, by=by)
    return groups


def load_projects(name: str = "projets-2024-2027.toml", *, by=None) -> list[StrategicProject]:
    """The strategic projects and their objectives; their communities must be loaded before."""
    entries = read(name)["projects"]
    with transaction.atomic():
        communities = {community.group.slug: community for community in Community.objects.select_related("group")}
        projects = StrategicProject.objects.bulk_create(_project(entry, communities) for entry in entries)
        for project, entry in zip(projects, entries, strict=True):
            Objective.objects.bulk_create(_objective(project, objective) for objective in entry["objectives"])
            journal.write("project.loaded", project, by=by)
    return projects


def read(name: str) -> Entry:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _create_groups(communities: list[Entry], bodies: list[Entry]) -> dict[str, Group]:
    known = set(Group.objects.values_list("slug", flat=True))
    entries = [*communities, *({"kind": GroupKind.BODY, **body} for body in bodies)]
    Group.objects.bulk_create(
        Group(slug=entry["slug"], number=entry.get("number", ""), name=entry["name"], kind=GroupKind(entry["kind"]))
        for entry in entries
        if entry["slug"] not in known
    )
    return {group.slug: group for group in Group.objects.filter(slug__in=[entry["slug"] for entry in entries])}


def _create_communities(entries: list[Entry], groups: dict[str, Group]) -> dict[str, Community]:
    here = [groups[entry["slug"]] for entry in entries]
    known = set(Community.objects.filter(group__in=here).values_list("group_id", flat=True))
    Community.objects.bulk_create(Community(group=group) for group in here if group.pk not in known)
    found = Community.objects.filter(group__in=here).select_related("group")
    return {community.group.slug: community for community in found}


def _create_teams(entries: list[Entry], groups: dict[str, Group]) -> dict[tuple[str, str], Team]:
    named = [(entry["slug"], term["team"]) for entry in entries for term in entry.get("terms", []) if "team" in term]
    return {(slug, name): Team.objects.get_or_create(group=groups[slug], name=name)[0] for slug, name in named}


def _create_plans(data: Entry, communities: dict[str, Community]) -> dict[str, Plan]:
    plans = Plan.objects.bulk_create(
        Plan(
            community=communities[entry["slug"]],
            year=data["year"],
            status=entry["status"],
            note=entry.get("note", ""),
        )
        for entry in data["communities"]
    )
    return {entry["slug"]: plan for entry, plan in zip(data["communities"], plans, strict=True)}


def _terms(
    entries: list[Entry], plans: dict[str, Plan], teams: dict[tuple[str, str], Team]
) -> Iterable[AnticipatedTerm]:
    for entry in entries:
        for term in entry.get("terms", []):
            yield AnticipatedTerm(
                plan=plans[entry["slug"]],
                team=teams[entry["slug"], term["team"]] if "team" in term else None,
                people=term["people"],
                days=term["days"],
                is_interpretation=term.get("interpretation", False),
            )


def _project(entry: Entry, communities: dict[str, Community]) -> StrategicProject:
    return StrategicProject(
        number=entry["number"],
        title=entry["title"],
        title_en=entry["title_en"],
        community=communities[entry["community"]] if "community" in entry else None,
    )


def _objective(project: StrategicProject, entry: Entry) -> Objective:
    return Objective(
        project=project,
        number=entry["number"],
        kind=entry.get("kind", ObjectiveKind.SMART),
        text=entry["text"],
        text_en=entry["text_en"],
        due=entry.get("due"),
    )
