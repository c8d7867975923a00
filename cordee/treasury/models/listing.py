"""The claims of a period side by side, with what awaits someone first."""

from datetime import date

from django.db.models import FETCH_RAISE, Case, Count, F, FilteredRelation, IntegerField, Q, QuerySet, Sum, Value, When

from cordee.people.models import Person
from cordee.reference.models import made_once
from cordee.treasury.models.claim import Claim, ClaimState

SORTS = {
    "organisation": "organization__short_name__plain",
    "reclame": "claimed",
    "en-suspens": "held",
    "total": "total",
    "etat": "state",
}


def awaiting(person: Person, *, on: date) -> Q:
    """The claims whose next step is this person’s: to submit, to verify, to approve, to pay."""
    standing = person.standing(on)
    billed = standing.organizations("billing-officer")
    mine = Q(state__in=(ClaimState.DRAFT, ClaimState.RETURNED), organization__in=billed) if billed else Q(pk__in=())
    if standing.holds("secretary"):
        mine |= Q(state=ClaimState.SUBMITTED)
    if standing.holds("treasurer"):
        mine |= Q(state__in=(ClaimState.VERIFIED, ClaimState.APPROVED))
    return mine


def claims_seen(person: Person, year: str, *, on: date) -> list[Claim]:
    """Every claim of the year this person sees, with whether it awaits them: one query, once a page."""

    def read() -> list[Claim]:
        seen = Claim.objects.visible_to(person, on=on).filter(year=year).select_related("organization")
        return list(seen.annotate(awaits=_awaits(person, on)).order_by("pk"))

    return made_once((claims_seen, person.pk, year, on), read)


def for_list(claims: QuerySet[Claim], person: Person, *, on: date, sort: str = "") -> QuerySet[Claim]:
    """One query: the organization, whether it awaits `person`, and the open submission’s lateness."""
    listed = claims.select_related("organization").annotate(
        open=FilteredRelation("submissions", condition=Q(submissions__closed_at=None)),
        submitted_late=F("open__is_late"),
        awaits=_awaits(person, on),
    )
    field = SORTS.get(sort.removeprefix("-"))
    order = [f"-{field}" if sort.startswith("-") else field] if field else ["-awaits"]
    return listed.order_by(*order, "organization__short_name__plain", "sequence").fetch_mode(FETCH_RAISE)


def _awaits(person: Person, on: date) -> Case:
    return Case(When(awaiting(person, on=on), then=Value(1)), default=Value(0), output_field=IntegerField())


def counts_by_state(claims: QuerySet[Claim], person: Person, *, on: date) -> dict[str, dict[str, int]]:
    """How many claims stand in each state, how many await `person`, and the figures of all: one query."""
    rows = (
        claims.order_by()
        .values("state")
        .annotate(
            count=Count("pk"),
            awaits=Sum(_awaits(person, on)),
            claimed=Sum("claimed"),
            held=Sum("held"),
            total=Sum("total"),
        )
    )
    return {row["state"]: row for row in rows}
