"""The improvement pause of a community at one of its meetings, and the change of plan it may start."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.communities import actions, policy
from cordee.communities.forms import PauseForm
from cordee.communities.models import Community, ImprovementPause
from cordee.communities.rules import Span, moment_of
from cordee.meetings.models import Meeting
from cordee.people.models import GroupKind
from cordee.reference.citation import cite
from cordee.reference.models import rules_on
from cordee.reference.rulebook import NoRulebook
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal
from cordee.values.school_year import SchoolYear

PERIODS = ("mid-year", "year-end")


@require_form
@requires(signed_in)
def pause(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    community, held = fetched(request, slug, meeting)
    made = ImprovementPause.objects.filter(meeting=held).select_related("plan_change").first()
    may_pause = bool(policy.can_pause(request.person, community, on=clock.today()))
    form = PauseForm(request.POST or None, instance=made, initial={"seen": made.version if made else 0})
    if request.method == "POST":
        enforce(policy.can_pause(request.person, community, on=clock.today()))
        if form.is_valid() and recorded(request, form, community, held):
            announce(request, _("Temps d’arrêt inscrit."))
            return redirect("communities:pause", slug, meeting)
    context = {"community": community, "meeting": held, "pause": made, "may_pause": may_pause, "form": form}
    context |= awaited(held)
    return render(request, "communities/pause.html", context, status=422 if form.errors else 200)


def fetched(request: HttpRequest, slug: str, meeting: int) -> tuple[Community, Meeting]:
    today = clock.today()
    visible = Community.objects.visible_to(request.person, on=today).select_related("group")
    community = get_object_or_404(visible, group__slug=slug)
    meetings = Meeting.objects.visible_to(request.person, on=today).filter(group=community.group)
    return community, get_object_or_404(meetings.select_related("group", "cancellation"), pk=meeting)


def recorded(request: HttpRequest, form: PauseForm, community: Community, meeting: Meeting) -> bool:
    given = {name: form.cleaned_data[name] for name in ("means", "objectives", "adjustments", "seen")}
    try:
        actions.record_pause(community=community, meeting=meeting, **given, by=request.person, on=clock.today())
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True


def awaited(meeting: Meeting) -> dict[str, Any]:
    """Whether the cadre wants a pause at this meeting, and the rule that says so."""
    try:
        rules = rules_on(meeting.date)
    except NoRulebook:
        return {"moment": "", "rule": ""}
    strategic = meeting.group.kind == GroupKind.STRATEGIC_PROJECT
    key = "pause.strategic-project" if strategic else "pause.others"
    if not rules.has(key):
        return {"moment": "", "rule": ""}
    spans = [
        Span(code, rules.date(f"period.{code}.from"), rules.date(f"period.{code}.until"))
        for code in PERIODS
        if rules.has(f"period.{code}.from")
    ]
    moment = moment_of(rules.choice(key), meeting.date, days_of_year(meeting), spans)
    words, url = cite(rules, key)
    return {"moment": moment, "rule": words, "rule_url": url}


def days_of_year(meeting: Meeting) -> list[date]:
    year = SchoolYear.containing(meeting.date)
    meetings = Meeting.objects.filter(group=meeting.group_id, cancellation__isnull=True).in_year(year)
    return list(meetings.order_by("date").values_list("date", flat=True))


@require_POST
@requires(signed_in)
def plan_change(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """One click: what is to be adjusted becomes a change proposed to the plan of the year."""
    made = made_at(request, slug, meeting)
    actions.propose_plan_change(pause=made, by=request.person, on=clock.today())
    undo = reverse("communities:plan_change_withdrawal", args=[slug, meeting])
    announce(request, _("Changement proposé au plan de l’année."), undo=undo)
    return redirect("communities:detail", slug)


@require_POST
@requires(signed_in)
def plan_change_withdrawal(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    made = made_at(request, slug, meeting)
    actions.withdraw_plan_change(pause=made, by=request.person, on=clock.today())
    announce(request, _("Proposition retirée."))
    return redirect("communities:detail", slug)


def made_at(request: HttpRequest, slug: str, meeting: int) -> ImprovementPause:
    community, held = fetched(request, slug, meeting)
    enforce(policy.can_pause(request.person, community, on=clock.today()))
    pauses = ImprovementPause.objects.select_related("meeting", "community")
    return get_object_or_404(pauses, meeting=held, community=community)
