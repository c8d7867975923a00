"""Adding to the open submissions what a decision gives back. A frozen line never changes: lines are added beside it."""

from collections.abc import Iterable, Iterator
from datetime import date

from cordee.people.models import Person
from cordee.records import journal
from cordee.treasury import rules
from cordee.treasury.models import Claim, ClaimLine, ClaimState, Submission
from cordee.treasury.models.drafts import PORTIONS
from cordee.treasury.models.facts import PeopleFacts, SharedFacts
from cordee.treasury.models.figures import figures_of, flags_of
from cordee.treasury.models.periods import YearPeriods
from cordee.values.money import from_cents

NOT_APPROVED = (ClaimState.SUBMITTED, ClaimState.VERIFIED)


def append_settled(
    *, claim: Claim, code: str, decision: str, by: Person, on: date, person: int | None = None, group: int | None = None
) -> int:
    """Add to submissions not yet approved what this flag held back of a person, or of everyone in a group.

    The rules say what is owed now; each line names the decision. Returns how many lines were added, in all claims of
    the year. `claim` is where it was decided: its history says so even when it takes no line yet. Called inside the
    transaction of the decision.
    """
    flagged = ClaimLine.objects.frozen().filter(
        code=code, claim__year=claim.year, claim__state__in=NOT_APPROVED, attendance__isnull=False
    )
    if person is not None:
        flagged = flagged.filter(attendance__person_id=person)
    if group is not None:
        flagged = flagged.filter(group_id=group)
    added = 0
    claims = Claim.objects.select_for_update(of=("self",)).filter(pk__in=flagged.values("claim")).order_by("pk")
    said = False
    for one in claims.select_related("organization"):
        if one.state in NOT_APPROVED:
            lines = _append(one, flagged.filter(claim=one), code=code, decision=decision, by=by, on=on)
            added += lines
            said = said or bool(lines and one == claim)
    if not said:
        journal.write("claim.settled", claim, by=by, code=code, decision=decision)
    return added


def _append(claim: Claim, flagged: Iterable[ClaimLine], *, code: str, decision: str, by: Person, on: date) -> int:
    submission = claim.submissions.get(closed_at=None)
    held = {line.attendance_id: line for line in flagged}
    people = sorted({line.attendance.person_id for line in flagged.select_related("attendance")})  # type: ignore[attr-defined]
    lines = [
        _line(line, held[line.attendance], submission, code=code, decision=decision)
        for line in _owed(claim, people, on=on)
        if line.attendance in held and line.organization == claim.organization.code
    ]
    ClaimLine.objects.bulk_create(lines)
    if lines:
        refigure(claim, submission)
        given = sum((line.amount for line in lines), from_cents(0))
        journal.write("claim.settled", claim, by=by, code=code, decision=decision, total=given)
    return len(lines)


def refigure(claim: Claim, submission: Submission) -> None:
    """Write the figures and the flags of the submission’s lines on the claim."""
    claim.claimed, claim.held, claim.total = figures_of(submission.lines.all())
    claim.flags = flags_of(submission.lines.all())
    claim.save(update_fields=["claimed", "held", "total", "flags"])


def _owed(claim: Claim, people: Iterable[int], *, on: date) -> Iterator[rules.Line]:
    """What no submission holds yet of what these people are owed today."""
    periods = YearPeriods.of(claim.year)
    until = periods.period(claim.period).until
    shared = SharedFacts(periods.timeline, periods.year, until=until, as_of=on)
    for person in people:
        for entitlement in PeopleFacts(shared, person, person).entitlements():
            yield from entitlement.due


def _line(line: rules.Line, beside: ClaimLine, submission: Submission, *, code: str, decision: str) -> ClaimLine:
    return ClaimLine(
        claim_id=submission.claim_id,
        submission=submission,
        attendance_id=line.attendance,
        person_id=line.person,
        meeting_id=beside.meeting_id,
        group_id=beside.group_id,
        date=beside.date,
        category=line.category,
        portion=PORTIONS[min(abs(line.halves), 2)],
        code=line.code,
        rule_key=beside.rule_key if line.code else line.rate_key,
        rate_key=line.rate_key,
        revision=line.revision,
        halves=line.halves,
        adjusts=True,
        amount=from_cents(line.cents),
        details={"settles": code, "decision": decision},
    )
