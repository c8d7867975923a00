"""The communities of the year and one community: its plan, its people, its meetings."""

from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cordee.communities.forms import CommunityFilter
from cordee.communities.models import Community, Plan
from cordee.people.models import Membership, MembershipRole
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import group_panels
from cordee.toolkit.listing import ListColumn, Listing
from cordee.values.school_year import SchoolYear


def planned(community: Community) -> str:
    """`12 × 5 jours + 4 × 3 jours`, from rows read `with_plan`."""
    return " + ".join(term.in_words for plan in community.year_plans for term in plan.terms.all())


NAME = ("unnumbered", "group__number", "group__name__plain")
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
    visible = Community.objects.visible_to(request.person, on=today).select_related("group", "project")
    shown = get_object_or_404(visible, group__slug=slug)
    current = shown.group.memberships.current(today).select_related("person", "team")
    members = sorted(current.order_by("person__last_name__plain", "person__first_name__plain", "pk"), key=by_role)
    context = {
        "community": shown,
        "crumbs": [
            {"label": _("Communautés"), "url": reverse("communities:list")},
            {"label": str(shown.group), "url": ""},
        ],
        "lede": led_by(shown, members),
        "plan": plan_of(shown, str(SchoolYear.containing(today))),
        "members": members,
        "has_teams": any(membership.team for membership in members),
        "panels": group_panels.collect(request.person, on=today, group=shown.group),
    }
    return render(request, "communities/detail.html", context)


def by_role(membership: Membership) -> int:
    """Those who lead, then those who run the meetings, then everyone else."""
    return list(MembershipRole).index(MembershipRole(membership.role))


def led_by(community: Community, members: list[Membership]) -> str:
    """« Projet stratégique. Sous la responsabilité de Hélène Surplomb et Luc Piton. »"""
    kind = community.group.get_kind_display()
    leaders = [one.person.full_name for one in members if one.role == MembershipRole.RESPONSIBLE_MANAGER]
    if not leaders:
        return kind
    return _("%(kind)s. Responsables-gestionnaires : %(names)s.") % {"kind": kind, "names": ", ".join(leaders)}


def plan_of(community: Community, year: str) -> dict[str, Any]:
    """The year's plan with its terms; empty when none was made."""
    plan = Plan.objects.filter(community=community, year=year).first()
    return {"plan": plan, "terms": plan.terms.select_related("team").order_by("pk") if plan else []}
