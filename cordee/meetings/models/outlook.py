"""What surrounds the meetings one thinks of holding: three queries, whatever their number."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import F, Q

from cordee.meetings.models.meeting import Meeting
from cordee.meetings.rules.proposal import Count, Proposal, Proposals, Season, by_hours
from cordee.reference.models import timeline
from cordee.reference.rulebook import RulebookTimeline
from cordee.values.school_year import SchoolYear


def outlook(proposals: Iterable[Proposal]) -> Proposals:
    """In the order of their days; an empty portion becomes the one its hours make."""
    asked = sorted(proposals, key=lambda proposal: (proposal.day, proposal.starts_at))
    years = {SchoolYear.containing(proposal.day) for proposal in asked}
    rulebooks = RulebookTimeline(book for year in sorted(years) for book in timeline(year).rulebooks)
    each = tuple(by_hours(proposal, rulebooks) for proposal in asked)
    return Proposals(each, rulebooks, _standing(each, years))


def _standing(proposals: Iterable[Proposal], years: set[SchoolYear]) -> dict[Season, Count]:
    """What each group has in its year, those that are proposed apart."""
    if not years:
        return {}
    known = [proposal.meeting for proposal in proposals if proposal.meeting]
    others = Meeting.objects.filter(
        group__in={proposal.group for proposal in proposals},
        date__gte=min(years).start,
        date__lt=max(years).end,
        cancellation__isnull=True,
    ).exclude(pk__in=known)
    counts: dict[Season, Count] = {}
    for group, day, portion in others.values_list("group", "date", "planned_portion").order_by():
        season = group, SchoolYear.containing(day)
        counts[season] = counts.get(season, Count()).plus(portion)
    return counts


def elsewhere(proposals: Proposals, *, on: date) -> list[dict[str, Any]]:
    """The meetings of other groups on those days that share members with a proposed one, and how many: one query.

    `to` is the group proposed. A draft of another group is not told here either.
    """
    groups = {proposal.group for proposal in proposals.each}
    days = {proposal.day for proposal in proposals.each}
    told = Q(announcement__isnull=False) | Q(date__lte=on)
    there = Meeting.objects.filter(told, date__in=days, cancellation__isnull=True)
    shared = there.filter(
        _covers("group__memberships"),
        _covers("group__memberships__person__memberships"),
        group__memberships__person__merged_into__isnull=True,
        group__memberships__person__memberships__group__in=groups,
    ).exclude(group=F("group__memberships__person__memberships__group"))
    fields = {"to": F("group__memberships__person__memberships__group"), "number": F("group__number")}
    named = shared.annotate(**fields, name=F("group__name")).order_by("date", "starts_at", "group__number", "pk")
    counted = named.values("to", "number", "name", "date", "starts_at", "ends_at", "pk", "group__number")
    return list(counted.annotate(people=CountOf("group__memberships__person", distinct=True)))


def _covers(relation: str) -> Q:
    """That day, on the relation that filter joins once."""
    still = Q(**{f"{relation}__ends_on__isnull": True}) | Q(**{f"{relation}__ends_on__gt": F("date")})
    return Q(**{f"{relation}__starts_on__lte": F("date")}) & still
