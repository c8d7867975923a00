"""Taking the next step of the adoption of a cadre, and taking the last one back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.governance import actions, policy
from cordee.governance.actions.adopting import awaited_step
from cordee.governance.forms import StepForm
from cordee.governance.models import AdoptionStep, Body, Decision
from cordee.governance.models.course import Course
from cordee.governance.rules import Step
from cordee.governance.views.decisions import said_in, when_in
from cordee.governance.views.scope import body_at, held_meetings, tried
from cordee.governance.wording import act_in_words, step_in_words
from cordee.reference.actions.refusals import in_words
from cordee.reference.models import Revision
from cordee.reference.rulebook import problems_of
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.formats import date_long


@require_form
@requires(signed_in)
def step(request: HttpRequest, year: str, number: int, step: int) -> HttpResponse:
    course = Course(draft_at(year, number))
    awaited = awaited_step(course, step)
    body = body_at(awaited.body)
    enforce(policy.can_record(request.person, body, on=clock.today()))
    form = form_of(request, course, awaited, body)
    if request.method == "POST" and form.is_valid() and (taken := take(request, course, awaited, form)):
        return told(request, course, taken)
    context = {
        "form": form,
        "revision": course.revision,
        "title": act_in_words(awaited.act, awaited.body),
        "errors": [in_words(one) for one in problems_of(course.text.rules, year=course.revision.school_year)],
        "changed": changed_in_words(course),
        "starts_on": course.revision.school_year.start if is_last(course, awaited) and not course.corrects else None,
    }
    return render(request, "governance/step.html", context, status=422 if form.errors else 200)


def draft_at(year: str, number: int) -> Revision:
    """Only a draft is adopted: a revision in force has no such pages."""
    drafts = Revision.objects.filter(effective_from=None).select_related("edition")
    return get_object_or_404(drafts, edition__year=year, number=number)


def is_last(course: Course, awaited: Step) -> bool:
    return awaited == course.route[-1]


def changed_in_words(course: Course) -> str:
    other = course.changed_since
    return step_in_words(other.act, other.decision.body.key) if other else ""


def form_of(request: HttpRequest, course: Course, awaited: Step, body: Body) -> StepForm:
    known = Decision.objects.filter(body=body).adopting().order_by("-decided_on", "-pk")
    if course.taken:
        known = known.filter(decided_on__gte=course.taken[-1].decision.decided_on)
    words = {"year": course.revision.edition.year, "number": course.revision.number}
    subject = _("Cadre %(year)s, révision %(number)s : %(act)s")
    act = step_in_words(awaited.act, awaited.body)
    return StepForm(
        request.POST or None,
        known=known.select_related("body"),
        meetings=held_meetings(body, on=clock.today()),
        dated=is_last(course, awaited) and course.corrects,
        initial={"subject": subject % {**words, "act": act[:1].lower() + act[1:]}},
    )


def take(request: HttpRequest, course: Course, awaited: Step, form: StepForm) -> AdoptionStep | None:
    given: dict[str, Any] = {
        "revision": course.revision,
        "number": awaited.number,
        "effective_from": form.cleaned_data.get("effective_from"),
        "by": request.person,
        "on": clock.today(),
    }
    if known := form.cleaned_data.get("known"):
        return tried(form, actions.take_step, decision=known, **given)  # type: ignore[no-any-return]
    return tried(form, actions.decide_step, said=said_in(form), **when_in(form), **given)  # type: ignore[no-any-return]


def told(request: HttpRequest, course: Course, taken: AdoptionStep) -> HttpResponse:
    """Back to the cadre, with a way back while it is a draft."""
    revision = Revision.objects.get(pk=course.revision.pk)
    here = [course.revision.edition.year, course.revision.number]
    if revision.effective_from is None:
        undo = reverse("governance:step_withdrawal", args=here)
        announce(request, _("Étape inscrite par la décision %(reference)s.") % cited(taken), undo=undo)
    else:
        text = _("Cadre adopté par la décision %(reference)s : il vaut à partir du %(day)s.")
        announce(request, text % {**cited(taken), "day": date_long(revision.effective_from)})
    return redirect("reference:revision", *here)


def cited(taken: AdoptionStep) -> dict[str, str]:
    return {"reference": taken.decision.reference}


@require_POST
@requires(signed_in)
def withdrawal(request: HttpRequest, year: str, number: int) -> HttpResponse:
    actions.withdraw_step(revision=draft_at(year, number), by=request.person, on=clock.today())
    announce(request, _("Étape retirée; sa décision reste au registre."))
    return redirect("reference:revision", year, number)
