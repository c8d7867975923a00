"""What the pages of people and groups show of meetings: one's attendance of the year, the meetings of a group."""

from collections.abc import Iterator
from datetime import date

from cordee.meetings.models import Attendance, FollowUp, Meeting, Portion
from cordee.meetings.policy import runs
from cordee.people.models import Group, Person
from cordee.toolkit.contributions import Panel, group_panels, person_panels
from cordee.values.portion import days_of
from cordee.values.school_year import SchoolYear

SHOWN = 40


@person_panels.contribute
def attendance_of(person: Person, *, on: date, subject: Person) -> Iterator[Panel]:
    """The marks of the year that `person` may see, the latest first; one query."""
    visible = Attendance.objects.visible_to(person, on=on).filter(person=subject).exclude(portion="")
    marks = list(
        visible.filter(meeting__in=Meeting.objects.in_year(SchoolYear.containing(on)))
        .select_related("meeting__group")
        .order_by("-meeting__date", "-meeting__starts_at", "pk")
    )
    if marks:
        halves = {Portion.HALF: 1, Portion.DAY: 2}
        days = days_of(sum(halves.get(Portion(mark.portion), 0) for mark in marks))
        yield Panel("meetings/person_panel.html", {"marks": marks[:SHOWN], "more": len(marks) > SHOWN, "days": days})


@group_panels.contribute
def meetings_of(person: Person, *, on: date, group: Group) -> Iterator[Panel]:
    """The meetings of the year, those to come first; one query."""
    visible = Meeting.objects.visible_to(person, on=on).filter(group=group).in_year(SchoolYear.containing(on))
    found = list(visible.with_state(on=on).for_list())
    coming = [meeting for meeting in reversed(found) if meeting.date >= on]
    yield Panel("meetings/group_panel.html", {"coming": coming, "past": [one for one in found if one.date < on]})


@group_panels.contribute
def follow_ups_of(person: Person, *, on: date, group: Group) -> Iterator[Panel]:
    """What the group took on and has not done yet, for its members and who oversees; two queries, one for nothing."""
    if group.pk not in person.standing(on).groups() and not person.oversees(on=on):
        return
    found = list(FollowUp.objects.filter(meeting__group=group).open().for_list()[:SHOWN])
    if found:
        owners = Person.objects.named_to(person, on=on).filter(pk__in={each.owner_id for each in found})
        names = {owner.pk: owner.full_name for owner in owners}
        rows = [{"follow_up": each, "owner": names.get(each.owner_id, "")} for each in found]
        context = {"rows": rows, "person": person, "runs": runs(person, group.pk, on=on), "today": on}
        yield Panel("meetings/group_follow_ups.html", context)
