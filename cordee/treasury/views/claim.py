"""One claim: its steps, what is to settle, every dollar explained, its history."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.treasury import policy
from cordee.treasury.actions.steps import open_submission
from cordee.treasury.actions.visits import note_visit
from cordee.treasury.forms import PaymentForm, ReturnForm
from cordee.treasury.models import Claim, Submission
from cordee.treasury.models.drafts import OPEN
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.planned import Planned, planned_for
from cordee.treasury.models.reading import counting_lines, facts_of, for_page
from cordee.treasury.rules.periods import ClaimPeriod
from cordee.treasury.views import life
from cordee.treasury.views.differences import Difference, differences, since_submission
from cordee.treasury.views.explanation import Explanation, Flag
from cordee.treasury.views.past import PastEvent, past_of
from cordee.treasury.views.rules_cited import RulesCited, meeting_url


@dataclass(frozen=True)
class ClaimPage:
    """What the page of a claim shows to one person on one day."""

    claim: Claim
    person: Person
    on: date
    submission: Submission | None
    periods: YearPeriods

    @property
    def lede(self) -> str:
        return life.lede(self.claim, self.period)

    @property
    def urgent(self) -> str:
        return life.urgent(self.claim, self.submission, self.period, on=self.on)

    @property
    def follows(self) -> str:
        """Whose turn it is, when it is not this person’s."""
        acts = ("submit", "verify", "approve", "pay", "carry")
        return "" if any(self.may[act] for act in acts) else life.follows(self.claim)

    @property
    def period(self) -> ClaimPeriod | None:
        return next((one for one in self.periods.all if one.key == self.claim.period), None)

    @cached_property
    def explained(self) -> Explanation:
        lines = facts_of(counting_lines(self.claim, self.submission))
        return Explanation(lines, RulesCited(self.claim.year, self.periods.timeline))

    @cached_property
    def flags(self) -> list[tuple[Flag, bool]]:
        """Each flag, and whether this person may settle it."""
        return [
            (flag, bool(policy.can_settle(self.person, flag.code, self.claim, flag.group, on=self.on)))
            for flag in self.explained.flags
        ]

    @cached_property
    def cord(self) -> list[life.CordStep]:
        return life.cord(self.claim, self.submission, self.period, flags=len(self.flags))

    @cached_property
    def may(self) -> dict[str, Any]:
        return life.may(self.claim, self.submission, self.person, on=self.on)

    @cached_property
    def past(self) -> list[PastEvent]:
        return past_of(self.claim, self.explained.people)

    @cached_property
    def planned(self) -> Planned:
        return planned_for(self.claim.organization, self.periods.timeline, self.periods.year, on=self.on)

    @property
    def part(self) -> Decimal | None:
        """How much of what the year plans this claim takes."""
        return self.claim.total / self.planned.amount if self.planned.amount else None

    @property
    def is_draft(self) -> bool:
        return self.submission is None

    @cached_property
    def since_visit(self) -> list[Difference]:
        """What changed in the draft since this person last said they had seen it."""
        seen = self.claim.my_amounts if self.is_draft else None  # type: ignore[attr-defined]
        return differences(seen, self.explained.lines) if seen is not None else []

    @cached_property
    def since_submission(self) -> list[Difference]:
        """What differs from the returned submission, until this one is approved."""
        if self.is_final:
            return []
        return since_submission(self.claim.previous, self.explained.lines)  # type: ignore[attr-defined]

    @property
    def held(self) -> Decimal:
        return -self.claim.held

    @property
    def other(self) -> Decimal:
        """What is neither gross nor held: refusals nobody settles, adjustments, balances carried."""
        return self.claim.total - self.claim.claimed + self.claim.held

    @property
    def is_final(self) -> bool:
        return self.claim.state in ("approved", "paid")

    @property
    def unvalidated(self) -> tuple[int, Decimal] | None:
        """Attendances of meetings not validated yet and their estimate, while they can still come in."""
        notice = self.claim.notices.get("unvalidated") if self.is_draft else None
        return (notice["count"], Decimal(notice["cents"]) / 100) if notice else None

    @cached_property
    def meeting_url(self) -> tuple[str, str]:
        """Overseers go to the roster itself; a centre to the meeting’s page, where its own staff shows."""
        return meeting_url(roster=self.person.oversees(on=self.on))


def claim_page(request: HttpRequest, pk: int) -> ClaimPage:
    """Raise 404 for a claim this person does not see."""
    on, person = clock.today(), request.person  # type: ignore[attr-defined]
    found = get_object_or_404(for_page(Claim.objects.visible_to(person, on=on), person), pk=pk)
    submission = None if found.state in OPEN else open_submission(found)
    return ClaimPage(found, person, on, submission, YearPeriods.of(found.year))


@require_safe
@requires(policy.sees_claims)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    shown = claim_page(request, pk)
    found = shown.claim
    if shown.is_draft and found.my_amounts is None:
        note_visit(claim=found, amounts=shown.explained.amounts(), by=request.person)
    context = {
        "shown": shown,
        "claim": found,
        "payment": PaymentForm(initial={"paid_on": shown.on}),
        "back": ReturnForm(),
    }
    return render(request, "treasury/claim.html", context)


@require_POST
@requires(policy.sees_claims)
def claim_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """« J’ai vu »: what the draft shows now is what the next changes are held against."""
    found = get_object_or_404(Claim.objects.visible_to(request.person, on=clock.today()), pk=pk)
    periods = YearPeriods.of(found.year)
    lines = facts_of(counting_lines(found, open_submission(found)))
    amounts = Explanation(lines, RulesCited(found.year, periods.timeline)).amounts()
    note_visit(claim=found, amounts=amounts, by=request.person)
    return redirect("treasury:claim", pk=pk)
