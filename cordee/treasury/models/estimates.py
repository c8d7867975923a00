"""What a meeting would cost, before any limit: half days and days at the rates of its date."""

from collections.abc import Collection
from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery

from cordee.meetings.models import Attendance, Meeting
from cordee.people.models import Affiliation, OrganizationMembership
from cordee.reference.models import timeline
from cordee.reference.rulebook import NoRulebook
from cordee.treasury.rules.terms import Terms
from cordee.values.money import from_cents
from cordee.values.school_year import SchoolYear

HALVES = {"half": 1, "day": 2}


def estimate_of(meeting: Meeting, *, organizations: Collection[int] | None = None) -> Decimal | None:
    """Dollars for the staff of member organizations marked so far; None when the type is never compensated.

    Of `organizations` only when they are given: a centre sees its own. The portion is never more than planned. Four
    queries. `meeting.group` must be loaded.
    """
    try:
        terms = Terms(timeline(SchoolYear.containing(meeting.date))).on(meeting.date)
    except NoRulebook:
        return None
    if terms.type("" if meeting.group.kind == "body" else meeting.group.kind) is None:
        return None
    planned = HALVES[meeting.planned_portion]
    cents = 0
    for category, portion, count in _marked(meeting, organizations):
        rate = terms.rate(category)
        if rate is not None:
            cents += rate.cents[min(HALVES[portion], planned)] * count
    return from_cents(cents)


def _marked(meeting: Meeting, organizations: Collection[int] | None) -> list[tuple[str, str, int]]:
    """(category, portion, how many) of those whose employer on the date is a member organization."""
    members = OrganizationMembership.objects.current(meeting.date).values("organization")
    if organizations is not None:
        members = members.filter(organization__in=organizations)
    employed = Affiliation.objects.current(meeting.date).filter(person=OuterRef("person"), organization__in=members)
    marks = Attendance.objects.filter(meeting=meeting, portion__in=HALVES).order_by()
    categories = marks.annotate(category=Subquery(employed.values("category")[:1])).filter(category__isnull=False)
    counted = categories.values("category", "portion").annotate(count=Count("pk"))
    return list(counted.values_list("category", "portion", "count"))
