"""What a day asks to be told of meetings: in a week, tomorrow, and yesterday’s attendance. Telling again tells nothing.

Each reminder looks back some days, so that a day when no worker ran is caught up as long as it still helps.
"""

from datetime import date, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.meetings.actions.letters import about, agenda_lines, answer_lines, facts, what_and_when
from cordee.meetings.models import Meeting, Reply, agenda_of, expected_memberships, invited, replies
from cordee.people.actions.mailing import Notice, tell
from cordee.people.models import MailKind, MembershipRole, Person, languages
from cordee.toolkit import clock
from cordee.toolkit.addresses import absolute

WEEK, DAY = timedelta(days=7), timedelta(days=1)
IN_A_WEEK, TOMORROW = gettext_lazy("Dans une semaine : %(what)s"), gettext_lazy("Demain : %(what)s")
SOON = gettext_lazy("Bientôt : %(what)s")


def remind_of_meetings(on: date) -> None:
    """A week before, and the day before, those invited who did not answer no."""
    meetings = Meeting.objects.filter(
        date__gt=on, date__lte=on + WEEK, announcement__isnull=False, cancellation__isnull=True
    )
    for meeting in meetings.select_related("group", "announcement").order_by("date", "starts_at", "pk"):
        remind_of_meeting(meeting, on=on)


def remind_of_meeting(meeting: Meeting, *, on: date) -> None:
    """What was announced since needs no reminder; the one of the week is not caught up on the eve of the other."""
    ahead, known = meeting.date - on, clock.local_day(meeting.announcement.announced_at)
    if ahead == DAY and known < on:
        _remind(meeting, "day", TOMORROW, in_digest=False)
    elif ahead > 2 * DAY and known < meeting.date - WEEK:
        _remind(meeting, "week", IN_A_WEEK if ahead == WEEK else SOON, in_digest=True)


def _remind(meeting: Meeting, when: str, subject: object, *, in_digest: bool) -> None:
    answered = replies(meeting)
    people = [person for person in invited(meeting) if answered.get(person.pk) != Reply.NO]
    spoken, agenda = languages(people, on=meeting.date), list(agenda_of(meeting))
    key = f"{about(meeting)}.{when}.{meeting.date}"
    notices = []
    for person in people:
        with translation.override(spoken[person.pk]):
            title = str(subject) % {"what": what_and_when(meeting)}
            lines = [*facts(meeting), *agenda_lines(agenda)]
            lines += answer_lines(meeting, person, answered.get(person.pk, ""))
            text = "\n".join(lines).strip()
        notices.append(Notice(key, MailKind.REMINDER, person, title, text, about(meeting), in_digest))
    tell(MailKind.REMINDER, notices)


def remind_of_attendance(on: date) -> None:
    """The day after, whoever takes the attendance of a meeting that is not validated."""
    held = Meeting.objects.filter(
        date__lt=on, date__gte=on - WEEK, validation__isnull=True, cancellation__isnull=True
    ).with_progress()
    for meeting in held.select_related("group").order_by("date", "pk"):
        people = _takers(meeting)
        spoken = languages(people, on=on)
        notices = []
        for person in people:
            with translation.override(spoken[person.pk]):
                notices.append(_unfinished(meeting, person))
        tell(MailKind.ATTENDANCE, notices)


def _takers(meeting: Meeting) -> list[Person]:
    """The liaisons of the group that day; its responsible managers when it has none."""
    for role in (MembershipRole.LIAISON, MembershipRole.RESPONSIBLE_MANAGER):
        holders = expected_memberships(meeting.group_id, meeting.date).filter(role=role).order_by().values("person")
        if found := list(Person.objects.filter(pk__in=holders).order_by("pk")):
            return found
    return []


def _unfinished(meeting: Any, person: Person) -> Notice:
    """`meeting` comes with its progress."""
    text = _("%(marked)s présences saisies sur %(expected)s. Terminez-les, puis validez : %(url)s") % {
        "marked": meeting.marked,
        "expected": meeting.expected,
        "url": absolute("meetings:roster", meeting.pk),
    }
    subject = _("Présences à terminer : %(what)s") % {"what": what_and_when(meeting)}
    return Notice(f"{about(meeting)}.unfinished", MailKind.ATTENDANCE, person, subject, text, about(meeting))
