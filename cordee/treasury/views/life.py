"""Where a claim stands on its cord, and which step this person may take now."""

from datetime import date, datetime, timedelta
from typing import Any, TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.people.models import Person
from cordee.toolkit import formats
from cordee.treasury import policy
from cordee.treasury.models import Claim, ClaimState, Submission
from cordee.treasury.models.periods import period_name
from cordee.treasury.rules.periods import ClaimPeriod

REACHED = {
    ClaimState.DRAFT: 0,
    ClaimState.RETURNED: 0,
    ClaimState.SUBMITTED: 2,
    ClaimState.VERIFIED: 3,
    ClaimState.APPROVED: 4,
    ClaimState.PAID: 5,
}


class CordStep(TypedDict):
    title: str
    detail: str
    day: str
    state: str


def lede(claim: Claim, period: ClaimPeriod | None) -> str:
    """What is claimed: `Réclamation de mi-année 2024-2025, présences jusqu’au 14 janvier 2025.`"""
    about = {"period": period_name(claim.period), "year": claim.year}
    if claim.sequence:
        return _("Réclamation supplémentaire de %(period)s %(year)s.") % about
    if period is None:
        return _("Réclamation de %(period)s %(year)s.") % about
    about["day"] = formats.date_long(period.until - timedelta(days=1))
    return _("Réclamation de %(period)s %(year)s, présences jusqu’au %(day)s.") % about


def urgent(claim: Claim, submission: Submission | None, period: ClaimPeriod | None, *, on: date) -> str:
    """What matters today: the next act and until when, or how it ended."""
    payment = getattr(submission, "payment", None)
    if payment:
        paid = _("Payée le %(day)s, %(reference)s.") if claim.total >= 0 else _("%(reference)s le %(day)s.")
        return paid % {"day": formats.date_long(payment.paid_on), "reference": payment.reference}
    if claim.state == ClaimState.APPROVED:
        return _("À payer.") if claim.total >= 0 else _("À reporter : le total est négatif.")
    if period is None:
        return ""
    in_time, late = WAITS[ClaimState(claim.state)]
    return str(late if period.is_late(on) else in_time) % {"due": formats.date_long(period.due)}


WAITS = {
    ClaimState.DRAFT: (
        gettext_lazy("À soumettre avant le %(due)s."),
        gettext_lazy("En retard : elle se soumettait avant le %(due)s."),
    ),
    ClaimState.RETURNED: (
        gettext_lazy("À corriger, puis à soumettre avant le %(due)s."),
        gettext_lazy("En retard : à corriger et à soumettre, l’échéance était le %(due)s."),
    ),
    ClaimState.SUBMITTED: (gettext_lazy("À vérifier, puis à régler avant le %(due)s."), gettext_lazy("À vérifier.")),
    ClaimState.VERIFIED: (gettext_lazy("À approuver, puis à payer avant le %(due)s."), gettext_lazy("À approuver.")),
}


def follows(claim: Claim) -> str:
    """Who takes the next step, for those who have none to take."""
    return {
        ClaimState.DRAFT: _("La suite : le centre soumet la réclamation."),
        ClaimState.RETURNED: _("La suite : le centre corrige, puis soumet de nouveau."),
        ClaimState.SUBMITTED: _("La suite : le secrétariat de gestion vérifie la réclamation."),
        ClaimState.VERIFIED: _("La suite : la trésorerie approuve la réclamation."),
        ClaimState.APPROVED: _("La suite : la trésorerie paie la réclamation."),
        ClaimState.PAID: _("Tout est fait. La réclamation se lit, elle ne change plus."),
    }[ClaimState(claim.state)]


def cord(claim: Claim, submission: Submission | None, period: ClaimPeriod | None, *, flags: int) -> list[CordStep]:
    """Five steps: done up to where the claim is, then the one that is waited for."""
    reached = REACHED[ClaimState(claim.state)]
    details = [
        _draft_detail(claim, period, reached),
        _submission_detail(submission),
        *_later_details(submission, flags=flags),
    ]
    titles = [_("Brouillon"), _("Soumise"), _("Vérifiée"), _("Approuvée"), _("Payée")]
    waited = [_("Brouillon"), _("Soumission"), _("Vérification"), _("Approbation"), _("Paiement")]
    if claim.state == ClaimState.RETURNED:
        waited[0] = _("Renvoyée")
    return [
        CordStep(
            title=waited[at] if at == reached else titles[at],
            detail=details[at],
            day="",
            state="done" if at < reached else "now" if at == reached else "",
        )
        for at in range(5)
    ]


def _draft_detail(claim: Claim, period: ClaimPeriod | None, reached: int) -> str:
    made = claim.drafted_at  # type: ignore[attr-defined]  # annotated by for_page
    if reached == 0 and period is not None:
        return _("à soumettre avant le %(day)s") % {"day": formats.date_long(period.due)}
    if made is None:
        return _("assemblé à partir des présences")
    return _("%(day)s, assemblé à partir des présences") % {"day": formats.date_short(made)}


def _submission_detail(submission: Submission | None) -> str:
    if submission is None:
        return _("par le centre")
    detail = _by(submission.submitted_at, submission.submitted_by)
    if submission.on_behalf:
        detail = _("%(detail)s, pour le centre") % {"detail": detail}
    return _("%(detail)s, en retard") % {"detail": detail} if submission.is_late else detail


def _later_details(submission: Submission | None, *, flags: int) -> list[str]:
    verification = getattr(submission, "verification", None)
    approval = getattr(submission, "approval", None)
    payment = getattr(submission, "payment", None)
    to_settle = ngettext("%(count)s point à trancher", "%(count)s points à trancher", flags) % {"count": flags}
    return [
        _by(verification.verified_at, verification.verified_by) if verification else _verifier(flags, to_settle),
        _by(approval.approved_at, approval.approved_by) if approval else _("par la trésorerie"),
        f"{formats.date_short(payment.paid_on)}, {payment.reference}" if payment else _("par virement"),
    ]


def _verifier(flags: int, to_settle: str) -> str:
    return to_settle if flags else _("par le secrétariat de gestion")


def _by(moment: datetime, person: Person) -> str:
    return _("%(day)s, par %(who)s") % {"day": formats.date_short(moment), "who": person.full_name}


def may(claim: Claim, submission: Submission | None, person: Person, *, on: date) -> dict[str, Any]:
    """The acts the state and the person’s duties allow, by name; `undo` has the words and the address of one."""
    state = claim.state
    pays = bool(policy.is_treasurer(person, on=on))
    approve = policy.can_approve(person, submission, on=on)
    return {
        "submit": state in (ClaimState.DRAFT, ClaimState.RETURNED) and bool(policy.can_submit(person, claim, on=on)),
        "on_behalf": not policy.bills_for(person, claim.organization_id, on=on),
        "verify": state == ClaimState.SUBMITTED and bool(policy.can_verify(person, on=on)),
        "approve": state == ClaimState.VERIFIED and bool(approve),
        "refused": approve.reason if pays and state == ClaimState.VERIFIED and not approve else "",
        "pay": pays and state == ClaimState.APPROVED and claim.total >= 0,
        "carry": pays and state == ClaimState.APPROVED and claim.total < 0,
        "return": state in (ClaimState.SUBMITTED, ClaimState.VERIFIED) and bool(policy.can_return(person, on=on)),
        "undo": _undo(claim, person, on=on),
    }


def _undo(claim: Claim, person: Person, *, on: date) -> dict[str, str] | None:
    """Taking back the last step, for whoever may take it."""
    text, name, verdict = {
        ClaimState.SUBMITTED: (
            _("Annuler la soumission"),
            "claim_submission_undo",
            policy.can_submit(person, claim, on=on),
        ),
        ClaimState.VERIFIED: (
            _("Annuler la vérification"),
            "claim_verification_undo",
            policy.can_verify(person, on=on),
        ),
        ClaimState.APPROVED: (
            _("Annuler l’approbation"),
            "claim_approval_undo",
            policy.is_treasurer(person, on=on),
        ),
        ClaimState.PAID: (_("Annuler le paiement"), "claim_payment_undo", policy.is_treasurer(person, on=on)),
        ClaimState.RETURNED: (_("Annuler le renvoi"), "claim_return_undo", policy.can_return(person, on=on)),
    }.get(ClaimState(claim.state), ("", "", None))
    return {"text": text, "url": reverse(f"treasury:{name}", args=[claim.pk])} if verdict else None
