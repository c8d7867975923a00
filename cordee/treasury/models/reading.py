"""Reading the lines of a claim with everything a page says about them, in one query."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from cordee.people.models import Person
from cordee.treasury.models.claim import Claim, ClaimLine, ClaimRun
from cordee.treasury.models.steps import Return, Submission


class LineFacts(NamedTuple):
    """One line with its attendance, person, meeting and community. A carried amount has none of them."""

    pk: int
    code: str
    amount: Decimal
    date: date | None
    category: str
    portion: str
    halves: int
    adjusts: bool
    rule_key: str
    revision: int | None
    details: dict[str, Any]
    attendance: int | None
    meeting: int | None
    person: int | None
    first_name: str | None
    last_name: str | None
    source: str | None
    group: int | None
    group_number: str | None
    group_name: str | None
    group_kind: str | None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def group_label(self) -> str:
        return f"{self.group_number}-{self.group_name}" if self.group_number else self.group_name or ""


PATHS = (
    "pk",
    "code",
    "amount",
    "date",
    "category",
    "portion",
    "halves",
    "adjusts",
    "rule_key",
    "revision",
    "details",
    "attendance_id",
    "meeting_id",
    "attendance__person_id",
    "attendance__person__first_name",
    "attendance__person__last_name",
    "attendance__source",
    "attendance__meeting__group_id",
    "attendance__meeting__group__number",
    "attendance__meeting__group__name",
    "attendance__meeting__group__kind",
)
ORDER = (
    "attendance__meeting__group__number",
    "attendance__meeting__group__name__plain",
    "attendance__meeting__group_id",
    "attendance__person__last_name__plain",
    "attendance__person__first_name__plain",
    "attendance__person_id",
    "date",
    "attendance_id",
    "pk",
)


def counting_lines(claim: Claim, submission: Submission | None) -> QuerySet[ClaimLine]:
    """The lines that count now: those of the open submission, or of the current draft."""
    if submission is not None:
        return ClaimLine.objects.filter(submission=submission)
    return ClaimLine.objects.filter(claim=claim, submission=None, run__is_current=True)


def facts_of(lines: QuerySet[ClaimLine]) -> list[LineFacts]:
    """By community, person and date; one query whatever their number."""
    return [LineFacts._make(row) for row in lines.order_by(*ORDER).values_list(*PATHS)]


def for_page(claims: QuerySet[Claim], person: Person) -> QuerySet[Claim]:
    """With the organization, when the draft was made, what `person` saw, the last submission closed and return."""
    run = ClaimRun.objects.filter(year=OuterRef("year"), period=OuterRef("period"), is_current=True)
    held = Submission.objects.filter(claim=OuterRef(OuterRef("pk")), closed_at=None)
    frozen = ClaimRun.objects.filter(lines__submission__in=held.values("pk")).order_by("pk")
    closed = Submission.objects.filter(claim=OuterRef("pk"), closed_at__isnull=False).order_by("-number")
    sent_back = Return.objects.filter(submission__claim=OuterRef("pk")).order_by("-submission__number")
    author = Concat("returned_by__first_name", Value(" "), "returned_by__last_name")
    return claims.select_related("organization").annotate(
        mine=FilteredRelation("visits", condition=Q(visits__person=person)),
        my_amounts=F("mine__amounts"),
        my_seen_at=F("mine__seen_at"),
        drafted_at=Coalesce(Subquery(frozen.values("finished_at")[:1]), Subquery(run.values("finished_at")[:1])),
        previous=Subquery(closed.values("pk")[:1]),
        returned_at=Subquery(sent_back.values("returned_at")[:1]),
        returned_because=Subquery(sent_back.values("reason")[:1]),
        returned_by=Subquery(sent_back.values(name=author)[:1]),
    )
