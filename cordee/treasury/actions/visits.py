"""What a person has seen of a draft."""

from django.db.models import Subquery

from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.treasury.models import Claim, ClaimRun, DraftVisit


def note_visit(*, claim: Claim, amounts: dict[str, int], by: Person) -> None:
    """Remember the cents of each attendance. No journal entry: it changes nothing but what this person is shown."""
    run = ClaimRun.objects.filter(year=claim.year, period=claim.period, is_current=True).values("pk")[:1]
    visit = DraftVisit(claim=claim, person=by, seen_at=clock.now(), total=claim.total, amounts=amounts)
    visit.run_id = Subquery(run)  # type: ignore[assignment]
    DraftVisit.objects.bulk_create(
        [visit],
        update_conflicts=True,
        unique_fields=["claim", "person"],
        update_fields=["run", "seen_at", "total", "amounts"],
    )
