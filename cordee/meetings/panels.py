"""What pages show of meetings: the invitations of one, someone’s attendance of the year, the meetings of a group."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from cordee.meetings import policy
from cordee.meetings.actions.letters import INVITATION, about, answer_address
from cordee.meetings.models import Answer, Attendance, FollowUp, Meeting, Portion, Reply, expected_memberships
from cordee.people.models import Group, Person
from cordee.records.models import Message, MessageState
from cordee.toolkit.contributions import Panel, group_panels, meeting_panels, person_panels
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


@meeting_panels.contribute
def invitations(person: Person, *, on: date, meeting: Meeting) -> Iterator[Panel]:
    """One query; none for a draft, nor once the day has passed: the roster then says who answered, and who came."""
    if not meeting.is_announced or meeting.is_cancelled or meeting.date < on:
        return
    runs = policy.runs(person, meeting.group_id, on=on)
    rows = list(_expected(meeting) if runs else _expected(meeting).filter(person=person))
    context: dict[str, Any] = {"answers": _counts(rows) if runs else [], "runs": runs}
    mine = next((row for row in rows if row.person_id == person.pk), None)
    if mine is not None:
        context |= {"reply": Reply(mine.reply).label if mine.reply else "", "url": answer_address(meeting, person)}
    if runs:
        context |= _sent(rows)
        if person.holds(*policy.KEEPERS, on=on):
            context["mail"] = f"{reverse('home:mail')}?about={about(meeting)}"
    if runs or "url" in context:
        yield Panel("meetings/invitations_panel.html", {"url": "", "reply": "", "mail": "", **context})


def _expected(meeting: Meeting) -> Any:
    """Memberships with `reply`, and `told`, the state of the last invitation sent to each."""
    answers = Answer.objects.filter(meeting=meeting, day=meeting.date, person=OuterRef("person")).order_by()
    letters = Message.objects.filter(about=about(meeting), kind=INVITATION, person_id=OuterRef("person"))
    expected = expected_memberships(meeting.group_id, meeting.date).annotate(
        reply=Subquery(answers.values("reply")),
        told=Subquery(letters.with_state().order_by("-pk").values("state")[:1]),
    )
    return expected.select_related("person").order_by("pk")


def _counts(rows: list[Any]) -> list[tuple[str, int]]:
    """(answer in words, how many), « sans réponse » last with an empty word."""
    counts = Counter(row.reply or "" for row in rows)
    return [(reply.label, counts[reply]) for reply in Reply] + [("", counts[""])]


def _sent(rows: list[Any]) -> dict[str, Any]:
    """How many invitations left or wait to, and who could not be reached."""
    states = Counter(row.told for row in rows)
    return {
        "sent": states[MessageState.SENT],
        "waiting": states[MessageState.WAITING] + states[MessageState.DELAYED],
        "refused": [row.person.full_name for row in rows if row.told == MessageState.REFUSED],
    }


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
        context = {"rows": rows, "person": person, "runs": policy.runs(person, group.pk, on=on), "today": on}
        yield Panel("meetings/group_follow_ups.html", context)
