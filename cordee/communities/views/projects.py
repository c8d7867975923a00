"""The strategic projects and their objectives (cadre, Annexe 1)."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.communities.forms import ObjectiveFilter
from cordee.communities.models import Community, Objective
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.listing import ListColumn, Listing


def in_words(row: Any, name: str) -> str:
    """The English of a text when one reads in English and there is some."""
    english = getattr(row, f"{name}_en") if (get_language() or "").startswith("en") else ""
    return english or getattr(row, name)


COLUMNS = (
    ListColumn("project", gettext_lazy("Projet"), lambda one: in_words(one.project, "title"), file_only=True),
    ListColumn("number", gettext_lazy("Nº"), lambda one: f"{one.project.number}.{one.number}"),
    ListColumn("text", gettext_lazy("Objectif"), lambda one: in_words(one, "text")),
    ListColumn("due", gettext_lazy("Échéance"), lambda one: one.due, order=("due", "project__number"), kind="date"),
)


@require_safe
@requires(signed_in)
def projects(request: HttpRequest) -> HttpResponse:
    """Every member reads them: they are the cooperative's published priorities."""
    form = ObjectiveFilter(request.GET)
    form.is_valid()
    found = Objective.objects.select_related("project__community__group").order_by("project__number", "number")
    counts = Objective.objects.aggregate(
        objectives=Count("pk"), projects=Count("project", distinct=True), undated=Count("pk", filter=Q(due=None))
    )
    listing = Listing(
        request, found.matching(**form.cleaned_data), COLUMNS, title=_("Objectifs stratégiques"), form=form
    )
    opened = Community.objects.visible_to(request.person, on=clock.today()).order_by().values_list("pk", flat=True)
    return listing.response("communities/projects.html", {"counts": counts, "opened": set(opened)})
