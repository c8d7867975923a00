"""What a person has seen of a draft."""

from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.treasury.models import Claim, ClaimRun, DraftVisit


def note_visit(*, claim: Claim, amounts: dict[str, int], by: Person) -> None:
    """Remember the cents of each attendance. No journal entry: it changes nothing but what this person is shown."""
    run = ClaimRun.objects.filter(year=claim.year, period=claim.period, is_current=True).first()
    DraftVisit.objects.update_or_create(
        claim=claim,
        person=by,
        defaults={"run": run, "seen_at": clock.now(), "total": claim.total, "amounts": amounts},
    )
