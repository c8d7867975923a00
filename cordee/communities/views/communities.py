"""The communities of the year and one community: its plan, its people, its meetings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cordee.communities.models import Community, Plan
from cordee.people.models import GroupKind
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import group_panels
from cordee.values.school_year import SchoolYear


@require_safe
@requires(signed_in)
def communities(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    year = str(SchoolYear.containing(today))
    visible = Community.objects.visible_to(request.person, on=today).for_list().with_plan(year).with_people(today)
    kind = request.GET.get("type", "")
    kinds = [{"value": value, "label": label, "current": value == kind} for value, label in GroupKind.choices]
    context = {
        "communities": [shown for shown in visible if not kind or shown.group.kind == kind],
        "kinds": [choice for choice in kinds if choice["value"] != GroupKind.BODY],
        "kind": kind,
        "year": year,
    }
    return render(request, "communities/list.html", context)


@require_safe
@requires(signed_in)
def community(request: HttpRequest, slug: str) -> HttpResponse:
    today = clock.today()
    shown = get_object_or_404(
        Community.objects.visible_to(request.person, on=today).select_related("group", "project"), group__slug=slug
    )
    context = {
        "community": shown,
        "plan": plan_of(shown, str(SchoolYear.containing(today))),
        "members": shown.group.memberships.current(today)
        .select_related("person", "team")
        .order_by("role", "person__last_name", "person__first_name"),
        "panels": group_panels.collect(request.person, on=today, group=shown.group),
    }
    return render(request, "communities/detail.html", context)


def plan_of(community: Community, year: str) -> dict[str, Any]:
    """The year's plan with its terms; empty when none was made."""
    plan = Plan.objects.filter(community=community, year=year).prefetch_related("terms__team").first()
    return {"plan": plan, "terms": list(plan.terms.all()) if plan else []}
