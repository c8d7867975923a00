"""What the page of a cadre shows of its adoption: the steps as a cord, and the one that is awaited."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cordee.governance import policy
from cordee.governance.models import AdoptionStep
from cordee.governance.models.course import Course
from cordee.governance.rules import Step
from cordee.governance.wording import act_in_words, step_in_words
from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.toolkit.contributions import Panel, edition_heads
from cordee.toolkit.formats import date_long


@edition_heads.contribute
def adoption(person: Person, *, on: date, revision: Revision) -> Iterator[Panel]:
    """One query for a cadre in force; for a draft five, whatever its length. Nothing where no route is known."""
    course = Course(revision)
    if not course.taken and (not revision.is_draft or not course.route):
        return
    other = course.changed_since
    yield Panel(
        "governance/adoption.html",
        {
            "revision": revision,
            "steps": [*cord(course), in_force(course)],
            "taken": course.taken,
            "changed": step_in_words(other.act, other.decision.body.key) if other else "",
            **awaited(course, person, on=on),
        },
    )


def cord(course: Course) -> Iterator[dict[str, str]]:
    if not course.revision.is_draft:
        yield from (done(step) for step in course.taken)
        return
    taken = {step.number: step for step in course.taken}
    for step in course.route:
        if step.number in taken:
            yield done(taken[step.number])
        else:
            state = "now" if step == course.awaited else ""
            yield {"title": step_in_words(step.act, step.body), "day": "", "detail": when(step, course), "state": state}


def done(step: AdoptionStep) -> dict[str, str]:
    words = {"day": date_long(step.decision.decided_on), "reference": step.decision.reference}
    detail = _("%(day)s, décision %(reference)s") % words
    return {"title": step_in_words(step.act, step.decision.body.key), "day": "", "detail": detail, "state": "done"}


def when(step: Step, course: Course) -> str:
    """The dates of a cadre are those of the adoption of the next one; a correction has none."""
    if course.corrects or course.base is None:
        return ""
    if step.due:
        return _("Au plus tard le %(day)s") % {"day": date_long(step.due)}
    return step.month


def in_force(course: Course) -> dict[str, str]:
    detail = date_long(course.revision.starts_on)
    return {"title": _("En vigueur"), "day": "", "detail": detail, "state": "" if course.revision.is_draft else "done"}


def awaited(course: Course, person: Person, *, on: date) -> dict[str, Any]:
    """The act of the person who looks, if it is theirs; and whether they may take the last one back."""
    step = course.awaited
    acts: dict[str, Any] = {"act": "", "step": 0, "may_withdraw": False}
    if step is None or step.body not in course.bodies:
        return acts
    if policy.keeps_register(person, course.bodies[step.body], on=on):
        acts |= {"act": act_in_words(step.act, step.body), "step": step.number}
    if course.taken:
        acts["may_withdraw"] = policy.keeps_register(person, course.taken[-1].decision.body, on=on)
    return acts
