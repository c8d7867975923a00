"""What rests on someone around meetings: groups nobody else runs, points and follow-ups they took on."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.meetings.models import RUNNING_ROLES, AgendaItem, FollowUp
from cordee.people.models import GroupKind, Membership, Person
from cordee.toolkit.contributions import HandOver, hand_overs
from cordee.toolkit.formats import date_long

RECENT = timedelta(days=180)


@hand_overs.contribute
def around_meetings(person: Person, *, on: date, subject: Person) -> Iterator[HandOver]:
    """Three queries. What groups go through is told to their people and to who oversees."""
    yield from groups_without_anyone(person, on, subject)
    items = AgendaItem.objects.filter(owner=subject, meeting__date__gte=on, meeting__cancellation=None)
    follow_ups = FollowUp.objects.filter(owner=subject, done=None)
    if not person.oversees(on=on):
        groups = person.standing(on).groups()
        items, follow_ups = items.filter(meeting__group__in=groups), follow_ups.filter(meeting__group__in=groups)
    for item in items.select_related("meeting__group").order_by("meeting__date", "pk"):
        words = {"title": item.title, "group": item.meeting.group.label, "day": date_long(item.meeting.date)}
        text = _("Point « %(title)s », %(group)s, %(day)s") % words
        yield HandOver(text, reverse("meetings:agenda", args=[item.meeting_id]))
    for one in follow_ups.select_related("meeting__group").order_by("due_on", "pk"):
        text = _("Suivi « %(what)s », %(group)s") % {"what": one.what, "group": one.meeting.group.label}
        yield HandOver(text, reverse("meetings:minutes", args=[one.meeting_id]))


def groups_without_anyone(person: Person, on: date, subject: Person) -> Iterator[HandOver]:
    others = Membership.objects.current(on).filter(group=OuterRef("group"), role__in=RUNNING_ROLES)
    ran = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on - RECENT), person=subject)
    alone = ran.filter(~Exists(others.exclude(person=subject)), role__in=RUNNING_ROLES).exclude(
        group__kind=GroupKind.BODY
    )
    seen = person.oversees(on=on)
    for one in alone.select_related("group").order_by("pk"):
        address = reverse("communities:detail", args=[one.group.slug]) if seen else ""
        yield HandOver(one.group.label, address, _("Personne d’autre n’anime ce groupe."))
