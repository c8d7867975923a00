"""« À trancher »: each flag has its page, where whoever may settle it records the decision."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.people.models import Group, Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires
from cordee.toolkit.flash import announce
from cordee.treasury import policy
from cordee.treasury.actions.refusals import NothingToSettle
from cordee.treasury.actions.settling import SETTLE, settle_member
from cordee.treasury.actions.steps import open_submission
from cordee.treasury.forms import MemberForm, settlement_form
from cordee.treasury.models import Claim
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.reading import counting_lines, facts_of
from cordee.treasury.models.walk_ins import WalkIn, walk_ins_of
from cordee.treasury.rules.codes import NOT_GRANTED
from cordee.treasury.views.explanation import Explanation, Flag
from cordee.treasury.views.rules_cited import RulesCited
from cordee.values.portion import days_of


@require_form
@requires(policy.sees_claims)
def settlement(request: HttpRequest, pk: int, code: str, group: int, person: int) -> HttpResponse:
    """The form that settles one flag of one claim; the rule decides who may send it."""
    on = clock.today()
    visible = Claim.objects.visible_to(request.person, on=on).select_related("organization")  # type: ignore[attr-defined]
    claim = get_object_or_404(visible, pk=pk)
    if code not in SETTLE:
        raise Http404
    enforce(policy.can_settle(request.person, code, claim, group, on=on))  # type: ignore[attr-defined]
    flag = _flag(claim, code, group, person)
    days = days_of(flag.halves)
    form = settlement_form(code, request.POST if request.method == "POST" else None, on=on, first=flag.first, days=days)
    if form.is_bound and form.is_valid():
        return _settle(request, claim, flag, form.cleaned_data)
    context = {"claim": claim, "flag": flag, "form": form}
    return render(request, "treasury/settlement.html", context, status=422 if form.is_bound else 200)


def _flag(claim: Claim, code: str, group: int, person: int) -> Flag:
    """The flag as the claim shows it now. Raises NothingToSettle when it is gone."""
    lines = facts_of(counting_lines(claim, open_submission(claim)).filter(code=code, group_id=group))
    cited = RulesCited(claim.year, YearPeriods.of(claim.year).timeline)
    for flag in Explanation(lines, cited).flags:
        if flag.person == person:
            return flag
    raise NothingToSettle


def _settle(request: HttpRequest, claim: Claim, flag: Flag, given: dict[str, Any]) -> HttpResponse:
    who: dict[str, Any] = {"group": get_object_or_404(Group, pk=flag.group)}
    if flag.code != NOT_GRANTED:
        who["person"] = get_object_or_404(Person, pk=flag.person)
    added = SETTLE[flag.code](claim=claim, by=request.person, on=clock.today(), **who, **given)  # type: ignore[attr-defined]
    announce(request, _said(added))
    return redirect("treasury:claim", pk=claim.pk)


def _said(added: int) -> str:
    if not added:
        return _("C’est inscrit. La réclamation en tient compte à la prochaine préparation.")
    return ngettext(
        "C’est inscrit : %(count)s ligne ajoutée à la réclamation soumise.",
        "C’est inscrit : %(count)s lignes ajoutées aux réclamations soumises.",
        added,
    ) % {"count": added}


@require_safe
@requires(policy.manages_a_group)
def walk_ins(request: HttpRequest) -> HttpResponse:
    """For a responsible manager: who came to the community without being a member of it."""
    found = walk_ins_of(request.person, on=clock.today())  # type: ignore[attr-defined]
    return render(request, "treasury/walk_ins.html", {"rows": [(one, _member_form(one)) for one in found]})


def _member_form(one: WalkIn, data: Any = None) -> MemberForm:
    return MemberForm(data, initial={"starts_on": one.first}, auto_id=f"id_{one.group}_{one.person}_%s")


@require_POST
@requires(policy.manages_a_group)
def walk_in(request: HttpRequest, group: int, person: int) -> HttpResponse:
    """Confirm one of them from a day on; 404 in a community that is not one’s own."""
    on = clock.today()
    asker = request.person  # type: ignore[attr-defined]
    if not policy.manages(asker, group, on=on):
        raise Http404
    found = next((one for one in walk_ins_of(asker, on=on) if (one.group, one.person) == (group, person)), None)
    if found is None:
        raise NothingToSettle
    form = _member_form(found, request.POST)
    if not form.is_valid():
        return render(request, "treasury/walk_ins.html", {"rows": [(found, form)]}, status=422)
    settle_member(
        claim=get_object_or_404(Claim, pk=found.claim),
        group=get_object_or_404(Group, pk=group),
        person=get_object_or_404(Person, pk=person),
        starts_on=form.cleaned_data["starts_on"],
        by=asker,
        on=on,
    )
    announce(request, _("%(name)s est membre de %(group)s.") % {"name": found.name, "group": found.group_label})
    return redirect("treasury:walk_ins")
