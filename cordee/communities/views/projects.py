"""The strategic projects and their objectives (cadre, Annexe 1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cordee.communities.models import StrategicProject
from cordee.toolkit.access import requires, signed_in


@require_safe
@requires(signed_in)
def projects(request: HttpRequest) -> HttpResponse:
    """Every member reads them: they are the cooperative's published priorities."""
    found = StrategicProject.objects.select_related("community__group").prefetch_related("objectives")
    undated = sum(objective.due is None for project in found for objective in project.objectives.all())
    return render(request, "communities/projects.html", {"projects": found, "undated": undated})
