"""The register: what a body decided, numbered as it comes, and corrected with a trace."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from cordee.governance import policy
from cordee.governance.actions.refusals import (
    AnotherMeeting,
    CarriesAStep,
    DecisionFrozen,
    InTheFuture,
    StaleDecision,
)
from cordee.governance.models import AdoptionStep, Body, Decision, Outcome
from cordee.meetings.actions import language
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.values.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Said:
    """What the register says of a decision."""

    subject: str
    text: str = ""
    outcome: str = Outcome.ADOPTED
    objections: str = ""


@transaction.atomic
def record_decision(
    *, body: Body, decided_on: date, said: Said, meeting: Meeting | None = None, by: Person, on: date
) -> Decision:
    """Write a decision down under the next number of its body and school year."""
    enforce(policy.can_record(by, body, on=on))
    if decided_on > on:
        raise InTheFuture
    if meeting is not None and (meeting.group_id, meeting.date) != (body.group_id, decided_on):
        raise AnotherMeeting
    Body.objects.select_for_update().get(pk=body.pk)
    year = str(SchoolYear.containing(decided_on))
    last = Decision.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"]
    decision = Decision.objects.create(
        body=body,
        year=year,
        number=(last or 0) + 1,
        decided_on=decided_on,
        meeting=meeting,
        **asdict(said),
        language=language(),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    journal.write("decision.recorded", decision, by=by, reference=decision.reference, outcome=decision.outcome)
    return decision


@transaction.atomic
def correct_decision(*, decision: Decision, said: Said, seen: int, by: Person, on: date) -> Decision:
    """Its words or its outcome; the journal keeps what it said. `seen` is the version one started from.

    Raises DecisionFrozen once a cadre in force rests on it, CarriesAStep when it would no longer adopt.
    """
    enforce(policy.can_record(by, decision.body, on=on))
    decision = Decision.objects.select_for_update(of=("self",)).select_related("body").get(pk=decision.pk)
    step = AdoptionStep.objects.filter(decision=decision).select_related("revision").first()
    if step is not None and not step.revision.is_draft:
        raise DecisionFrozen
    if decision.version != seen:
        raise StaleDecision
    before = {name: getattr(decision, name) for name in asdict(said)}
    if before == asdict(said):
        return decision
    for name, value in asdict(said).items():
        setattr(decision, name, value)
    if step is not None and not decision.adopts:
        raise CarriesAStep
    decision.version += 1
    decision.save(update_fields=[*before, "version"])
    journal.write("decision.corrected", decision, by=by, before=before, after=asdict(said))
    return decision
