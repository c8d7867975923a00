"""The adoption of a revision of the cadre: its steps in order, each by a decision, the last puts it in force."""

from datetime import date

from django.db import IntegrityError, transaction

from cordee.governance import policy
from cordee.governance.actions.deciding import Said, record_decision
from cordee.governance.actions.refusals import (
    Adopted,
    BeforeTheOther,
    DecisionUsed,
    ErrorsStand,
    NoRoute,
    NoStepTaken,
    NotAdopted,
    OutOfOrder,
    TextChanged,
    TooEarly,
)
from cordee.governance.models import AdoptionStep, Body, Decision
from cordee.governance.models.course import Course
from cordee.governance.rules import Step, fingerprint
from cordee.governance.wording import step_in_words
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.records import journal
from cordee.reference.actions import put_in_force
from cordee.reference.actions.refusals import in_words
from cordee.reference.models import Revision
from cordee.reference.rulebook import problems_of
from cordee.toolkit import clock
from cordee.toolkit.access import enforce


@transaction.atomic
def decide_step(
    *,
    revision: Revision,
    number: int,
    decided_on: date,
    said: Said,
    meeting: Meeting | None = None,
    effective_from: date | None = None,
    by: Person,
    on: date,
) -> AdoptionStep:
    """Write the decision of the body whose step is awaited, and take the step with it."""
    step = awaited_step(Course(_draft(revision)), number)
    body = Body.objects.get(key=step.body)
    decision = record_decision(body=body, decided_on=decided_on, said=said, meeting=meeting, by=by, on=on)
    return take_step(revision=revision, number=number, decision=decision, effective_from=effective_from, by=by, on=on)


@transaction.atomic
def take_step(
    *,
    revision: Revision,
    number: int,
    decision: Decision,
    effective_from: date | None = None,
    by: Person,
    on: date,
) -> AdoptionStep:
    """Take the step `number` by a decision of its body. The last one puts the revision in force.

    Revision 1 holds from 1 July whatever day it is approved; a later one from `effective_from`, its approval when not
    given. Raises what forbids it: out of order, errors left, another text than the one adopted so far, a mandate ended.
    """
    course = Course(_draft(revision))
    step = awaited_step(course, number)
    enforce(policy.can_record(by, decision.body, on=on))
    _require_fit(course, step, decision)
    _require_sound(course)
    taken = _write(course, step, decision, by=by)
    journal.write("revision.step_taken", course.revision, by=by, step=step.act, decision=decision.reference)
    if step == course.route[-1]:
        start = _start_of(course, decision, effective_from)
        put_in_force(revision=course.revision, effective_from=start, by=by, on=on)
    return taken


def awaited_step(course: Course, number: int) -> Step:
    """The step of that number when it is its turn. Raises NoRoute or OutOfOrder, which names the one awaited."""
    step = course.awaited
    if step is None:
        raise NoRoute
    if step.number != number:
        raise OutOfOrder(step_in_words(step.act, step.body))
    return step


def _draft(revision: Revision) -> Revision:
    """The revision, kept from other acts. Raises Adopted once it is in force."""
    found = Revision.objects.select_for_update(of=("self",)).select_related("edition").get(pk=revision.pk)
    if not found.is_draft:
        raise Adopted
    return found


def _require_fit(course: Course, step: Step, decision: Decision) -> None:
    if decision.body.key != step.body:
        raise OutOfOrder(step_in_words(step.act, step.body))
    if not decision.adopts:
        raise NotAdopted
    if course.taken and decision.decided_on < course.taken[-1].decision.decided_on:
        raise BeforeTheOther(course.taken[-1].decision.decided_on)


def _require_sound(course: Course) -> None:
    if errors := problems_of(course.text.rules, year=course.revision.school_year):
        raise ErrorsStand([in_words(error) for error in errors])
    if other := course.changed_since:
        raise TextChanged(step_in_words(other.act, other.decision.body.key))


def _write(course: Course, step: Step, decision: Decision, *, by: Person) -> AdoptionStep:
    try:
        with transaction.atomic():
            return AdoptionStep.objects.create(
                revision=course.revision,
                number=step.number,
                act=step.act,
                decision=decision,
                fingerprint=fingerprint(course.text.rules),
                taken_by=by,
                taken_at=clock.now(),
            )
    except IntegrityError:
        raise DecisionUsed from None


def _start_of(course: Course, decision: Decision, wanted: date | None) -> date:
    if not course.corrects:
        return course.revision.school_year.start
    earliest = course.earliest(decision.decided_on)
    if wanted and wanted < earliest:
        raise TooEarly(earliest)
    return wanted or earliest


@transaction.atomic
def withdraw_step(*, revision: Revision, by: Person, on: date) -> None:
    """The last step is taken back; its decision stays in the register."""
    course = Course(_draft(revision))
    if not course.taken:
        raise NoStepTaken
    last = course.taken[-1]
    enforce(policy.can_record(by, last.decision.body, on=on))
    journal.write("revision.step_withdrawn", course.revision, by=by, step=last.act, decision=last.decision.reference)
    last.delete()
