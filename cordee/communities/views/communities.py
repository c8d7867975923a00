"""The communities of the year and one community: its plan, its people, its meetings."""

from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cordee.communities.forms import CommunityFilter
from cordee.communities.models import Community, Plan
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import group_panels
from cordee.toolkit.listing import ListColumn, Listing
from cordee.values.school_year import SchoolYear


def planned(community: Community) -> str:
    """`12 × 5 jours + 4 × 3 jours`, from rows read `with_plan`."""
    return " + ".join(term.in_words for plan in community.year_plans for term in plan.terms.all())


NAME = ("unnumbered", "group__number", "group__name")
COLUMNS = (
    ListColumn("name", gettext_lazy("Communauté"), lambda one: one.group.label, order=NAME),
    ListColumn("kind", gettext_lazy("Type"), lambda one: one.group.get_kind_display(), order=("group__kind", *NAME)),
    ListColumn(
        "people", gettext_lazy("Personnes"), attrgetter("people_count"), ("people_count", *NAME), "number", wide=True
    ),
    ListColumn("planned", gettext_lazy("Prévu"), planned, order=("planned_days", *NAME), wide=True),
    ListColumn("status", gettext_lazy("État"), attrgetter("status_label"), order=("plan_status", *NAME)),
    ListColumn("days", gettext_lazy("Jours prévus"), attrgetter("planned_days"), kind="number", file_only=True),
)


@require_safe
@requires(signed_in)
def communities(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    year = str(SchoolYear.containing(today))
    form = CommunityFilter(request.GET)
    form.is_valid()
    visible = Community.objects.visible_to(request.person, on=today).for_list().with_plan(year).with_people(today)
    found = visible.with_planned(year).matching(**form.cleaned_data)
    listing = Listing(request, found, COLUMNS, title=_("Communautés"), form=form)
    return listing.response("communities/list.html", {"year": year})


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
    plan = Plan.objects.filter(community=community, year=year).first()
    return {"plan": plan, "terms": plan.terms.select_related("team").order_by("pk") if plan else []}
