"""What the pages of meetings and people show of money: an estimate, what was claimed, what a submission holds."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.contributions import Panel, meeting_holds, meeting_panels, person_panels
from cordee.treasury import policy
from cordee.treasury.models import Claim, ClaimLine, ClaimState
from cordee.treasury.models.estimates import estimate_of
from cordee.values.verdict import Verdict, no


@meeting_holds.contribute
def submitted_claim(meeting: Meeting) -> Iterator[Verdict]:
    """Attendance a submission holds is corrected, with a reason; it is no longer opened."""
    lines = ClaimLine.objects.frozen().filter(attendance__meeting=meeting)
    line = lines.select_related("claim__organization").order_by("pk").first()
    if line is not None:
        yield no(
            _(
                "Une réclamation soumise, celle de %(name)s, tient des présences de cette rencontre. "
                "Corrigez la présence voulue, avec son motif : la différence ira à la prochaine réclamation."
            )
            % {"name": line.claim.organization.name}
        )


@meeting_panels.contribute
def meeting_money(person: Person, *, on: date, meeting: Meeting) -> Iterator[Panel]:
    """For who sees claims: the claims that count this meeting, or its estimate while it is not validated."""
    if not policy.sees_claims(person, on=on):
        return
    visible = Claim.objects.visible_to(person, on=on)
    lines = ClaimLine.objects.counted().filter(attendance__meeting=meeting, claim__in=visible)
    rows = (
        lines.order_by("claim__organization__short_name__plain")
        .values("claim_id", "claim__organization__short_name")
        .annotate(total=Sum("amount"), people=Count("attendance__person", distinct=True))
    )
    claims = [
        {
            "claim": row["claim_id"],
            "name": row["claim__organization__short_name"],
            "people": row["people"],
            "total": row["total"],
        }
        for row in rows
    ]
    estimate = None if claims or meeting.is_validated else estimate_of(meeting, organizations=_centres(person, on))
    if claims or estimate is not None:
        yield Panel("treasury/meeting_panel.html", {"claims": claims, "estimate": estimate})


def _centres(person: Person, on: date) -> frozenset[int] | None:
    """Those whose money this person sees; None for all."""
    return None if person.oversees(on=on) else policy.centres_of(person, on=on)


@person_panels.contribute
def person_money(person: Person, *, on: date, subject: Person) -> Iterator[Panel]:
    """What one’s centre claimed for a person’s attendance, claim by claim; the person sees their own too."""
    if not (policy.sees_claims(person, on=on) or person.pk == subject.pk):
        return
    lines = ClaimLine.objects.frozen().filter(attendance__person=subject)
    if person.pk != subject.pk:
        lines = lines.filter(claim__in=Claim.objects.visible_to(person, on=on))
    rows = (
        lines.order_by("claim__year", "claim__period", "claim_id")
        .values("claim_id", "claim__year", "claim__state", "claim__organization__short_name")
        .annotate(total=Sum("amount"))
    )
    claims = [
        {
            "claim": row["claim_id"],
            "year": row["claim__year"],
            "state": ClaimState(row["claim__state"]).label,
            "name": row["claim__organization__short_name"],
            "total": row["total"],
        }
        for row in rows
    ]
    if claims:
        opens = bool(policy.sees_claims(person, on=on))
        total = sum((row["total"] for row in claims), Decimal(0))
        yield Panel("treasury/person_panel.html", {"claims": claims, "total": total, "opens": opens})
