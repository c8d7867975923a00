"""The life of a claim: submitted, verified, approved, paid or carried, returned, each undone while it still can be.

Each act locks the claim first: of two people at once one wins and the other is told who did it.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.acting import acts_for
from cordee.treasury import policy
from cordee.treasury.actions import telling
from cordee.treasury.actions.appending import refigure
from cordee.treasury.actions.refusals import (
    AlreadyCarried,
    AlreadyDone,
    MustBePrepared,
    NothingToCarry,
    NothingToPay,
    NotInForce,
    NotPrepared,
    OutOfOrder,
    PaidInTheFuture,
)
from cordee.treasury.models import (
    Approval,
    Claim,
    ClaimLine,
    ClaimRun,
    ClaimState,
    Payment,
    Return,
    Submission,
    Verification,
)
from cordee.treasury.models.drafts import CARRIED
from cordee.treasury.models.periods import YearPeriods
from cordee.values.money import ZERO

OPEN_TO_SUBMIT = (ClaimState.DRAFT, ClaimState.RETURNED)


@transaction.atomic
def submit_claim(*, claim: Claim, by: Person, on: date) -> Submission:
    """Freeze the current draft as the next numbered submission. Late when `on` is the period’s due day or after."""
    enforce(policy.can_submit(by, claim, on=on))
    claim = _locked(claim)
    if claim.state not in OPEN_TO_SUBMIT:
        done = standing_submission(claim)
        raise AlreadyDone(_("a déjà soumis cette réclamation"), done.submitted_by, done.submitted_at)
    periods = YearPeriods.of(claim.year)
    if not periods.in_force_on(on):
        raise NotInForce(claim.year)
    run = current_run(claim)
    if ClaimLine.objects.held_elsewhere().filter(claim=claim, run=run).exists():
        raise MustBePrepared
    last = claim.submissions.order_by("-number").values_list("number", flat=True).first()
    submission = claim.submissions.create(
        number=(last or 0) + 1,
        submitted_by=by,
        submitted_for_id=acts_for(by),
        submitted_at=clock.now(),
        on_behalf=not policy.bills_for(by, claim.organization_id, on=on),
        is_late=periods.period(claim.period).is_late(on),
    )
    ClaimLine.objects.filter(claim=claim, run=run, submission=None).update(submission=submission)
    _enter(claim, ClaimState.SUBMITTED)
    journal.write("claim.submitted", claim, by=by, number=submission.number, total=claim.total)
    return submission


@transaction.atomic
def undo_submission(*, claim: Claim, by: Person, on: date) -> None:
    """Close the submission and give the draft back; its lines remain as history."""
    enforce(policy.can_submit(by, claim, on=on))
    claim = _locked(claim)
    submission = _expect(claim, ClaimState.SUBMITTED)
    _close(claim, submission)
    _enter(claim, ClaimState.DRAFT)
    journal.write("claim.submission_undone", claim, by=by, number=submission.number)


@transaction.atomic
def verify_claim(*, claim: Claim, by: Person, on: date) -> Verification:
    enforce(policy.can_verify(by, on=on))
    claim = _locked(claim)
    submission = open_submission(claim)
    if submission and (done := getattr(submission, "verification", None)):
        raise AlreadyDone(_("a déjà vérifié cette réclamation"), done.verified_by, done.verified_at)
    submission = _expect(claim, ClaimState.SUBMITTED)
    verification = Verification.objects.create(submission=submission, verified_by=by, verified_at=clock.now())
    _enter(claim, ClaimState.VERIFIED)
    journal.write("claim.verified", claim, by=by, number=submission.number)
    return verification


@transaction.atomic
def undo_verification(*, claim: Claim, by: Person, on: date) -> None:
    enforce(policy.can_verify(by, on=on))
    claim = _locked(claim)
    submission = _expect(claim, ClaimState.VERIFIED)
    submission.verification.delete()
    _enter(claim, ClaimState.SUBMITTED)
    journal.write("claim.verification_undone", claim, by=by, number=submission.number)


@transaction.atomic
def approve_claim(*, claim: Claim, by: Person, on: date) -> Approval:
    """Nobody approves what they submitted."""
    claim = _locked(claim)
    submission = open_submission(claim)
    enforce(policy.can_approve(by, submission, on=on))
    if submission and (done := getattr(submission, "approval", None)):
        raise AlreadyDone(_("a déjà approuvé cette réclamation"), done.approved_by, done.approved_at)
    submission = _expect(claim, ClaimState.VERIFIED)
    approval = Approval.objects.create(submission=submission, approved_by=by, approved_at=clock.now())
    _enter(claim, ClaimState.APPROVED)
    journal.write("claim.approved", claim, by=by, number=submission.number, total=claim.total)
    telling.approved(claim, approval)
    return approval


@transaction.atomic
def undo_approval(*, claim: Claim, by: Person, on: date) -> None:
    enforce(policy.is_treasurer(by, on=on))
    claim = _locked(claim)
    submission = _expect(claim, ClaimState.APPROVED)
    _require_not_carried(claim)
    submission.approval.delete()
    _enter(claim, ClaimState.VERIFIED)
    journal.write("claim.approval_undone", claim, by=by, number=submission.number)


@transaction.atomic
def pay_claim(*, claim: Claim, paid_on: date, reference: str, by: Person, on: date) -> Payment:
    """Record that the total was paid that day. A negative total is carried instead (`carry_claim`)."""
    if paid_on > on:
        raise PaidInTheFuture
    return _settle_payment(claim, paid_on=paid_on, reference=reference, by=by, on=on, carried=False)


@transaction.atomic
def carry_claim(*, claim: Claim, by: Person, on: date) -> Payment:
    """Close a negative claim without paying: the next draft of the organization takes the amount, named."""
    reference = _("Reportée à la prochaine réclamation")
    return _settle_payment(claim, paid_on=on, reference=reference, by=by, on=on, carried=True)


def _settle_payment(claim: Claim, *, paid_on: date, reference: str, by: Person, on: date, carried: bool) -> Payment:
    enforce(policy.is_treasurer(by, on=on))
    claim = _locked(claim)
    submission = open_submission(claim)
    if submission and (done := getattr(submission, "payment", None)):
        raise AlreadyDone(_("a déjà inscrit le paiement de cette réclamation"), done.recorded_by, done.recorded_at)
    submission = _expect(claim, ClaimState.APPROVED)
    if carried != (claim.total < 0):
        raise NothingToCarry if carried else NothingToPay
    payment = Payment.objects.create(
        submission=submission,
        paid_on=paid_on,
        reference=reference,
        amount=ZERO if carried else claim.total,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    _enter(claim, ClaimState.PAID)
    act = "claim.carried" if carried else "claim.paid"
    journal.write(act, claim, by=by, number=submission.number, paid_on=paid_on, reference=reference, total=claim.total)
    if not carried:
        telling.paid(claim, payment)
    return payment


@transaction.atomic
def undo_payment(*, claim: Claim, by: Person, on: date) -> None:
    enforce(policy.is_treasurer(by, on=on))
    claim = _locked(claim)
    submission = _expect(claim, ClaimState.PAID)
    _require_not_carried(claim)
    submission.payment.delete()
    _enter(claim, ClaimState.APPROVED)
    journal.write("claim.payment_undone", claim, by=by, number=submission.number)


@transaction.atomic
def return_claim(*, claim: Claim, reason: str, by: Person, on: date) -> Return:
    """Send a submitted or verified claim back to its centre with a reason; its submission is closed."""
    enforce(policy.can_return(by, on=on))
    claim = _locked(claim)
    if claim.state != ClaimState.VERIFIED:
        _expect(claim, ClaimState.SUBMITTED)
    submission = standing_submission(claim)
    returned = Return.objects.create(submission=submission, reason=reason, returned_by=by, returned_at=clock.now())
    _close(claim, submission)
    _enter(claim, ClaimState.RETURNED)
    journal.write("claim.returned", claim, by=by, number=submission.number, reason=reason)
    telling.returned(claim, returned)
    return returned


@transaction.atomic
def undo_return(*, claim: Claim, by: Person, on: date) -> None:
    """Open the returned submission again, while the centre has not submitted another."""
    enforce(policy.can_return(by, on=on))
    claim = _locked(claim)
    if claim.state != ClaimState.RETURNED:
        raise OutOfOrder(claim, ClaimState.RETURNED)
    submission = claim.submissions.select_related("return_step", "verification").order_by("-number")[0]
    claim.lines.filter(submission=None).delete()
    submission.return_step.delete()
    submission.closed_at = None
    submission.save(update_fields=["closed_at"])
    refigure(claim, submission)
    _enter(claim, ClaimState.VERIFIED if hasattr(submission, "verification") else ClaimState.SUBMITTED)
    journal.write("claim.return_undone", claim, by=by, number=submission.number)


def open_submission(claim: Claim) -> Submission | None:
    """The submission whose lines count now, with its steps and their authors; None for a draft."""
    return (
        claim.submissions.filter(closed_at=None)
        .select_related("submitted_by", "verification__verified_by", "approval__approved_by", "payment__recorded_by")
        .first()
    )


def standing_submission(claim: Claim) -> Submission:
    """The open submission of a claim whose state says it has one."""
    submission = open_submission(claim)
    if submission is None:
        raise LookupError(f"claim {claim.pk} is {claim.state} without an open submission")
    return submission


def current_run(claim: Claim) -> ClaimRun:
    """The computation that made the draft. Raises NotPrepared when there is none."""
    run = ClaimRun.objects.filter(year=claim.year, period=claim.period, is_current=True).first()
    if run is None:
        raise NotPrepared
    return run


def _locked(claim: Claim) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).select_related("organization").get(pk=claim.pk)


def _expect(claim: Claim, state: ClaimState) -> Submission:
    submission = open_submission(claim)
    if claim.state != state or submission is None:
        raise OutOfOrder(claim, state)
    return submission


def _require_not_carried(claim: Claim) -> None:
    """A balance another submission already holds cannot be taken back under it."""
    if ClaimLine.objects.frozen().filter(code=CARRIED, details__claim=claim.pk).exists():
        raise AlreadyCarried


def _enter(claim: Claim, state: ClaimState) -> None:
    claim.state = state
    claim.save(update_fields=["state"])


def _close(claim: Claim, submission: Submission) -> None:
    """Its lines no longer count; copies of them stand as the draft until the next computation replaces them."""
    submission.closed_at = clock.now()
    submission.save(update_fields=["closed_at"])
    run = current_run(claim)
    copies = list(submission.lines.order_by("pk"))
    for line in copies:
        line.pk, line.submission, line.run = None, None, run
    ClaimLine.objects.bulk_create(copies)
