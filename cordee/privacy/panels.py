"""« Historique » on the pages of persons, groups, meetings and frameworks: a link, no query."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from cordee.meetings.models import Meeting
from cordee.meetings.policy import can_see_roster
from cordee.people.models import Group, Person
from cordee.privacy.policy import can_read_journal
from cordee.reference.models import Revision
from cordee.toolkit.contributions import Panel, edition_panels, group_panels, meeting_panels, person_panels


@person_panels.contribute
def of_person(person: Person, *, on: date, subject: Person) -> Iterator[Panel]:
    """One’s own, and everyone’s for who keeps the journal."""
    if person.pk == subject.pk or can_read_journal(person, on=on):
        yield _panel(subject)


@group_panels.contribute
def of_group(person: Person, *, on: date, group: Group) -> Iterator[Panel]:
    yield _panel(group)


@meeting_panels.contribute
def of_meeting(person: Person, *, on: date, meeting: Meeting) -> Iterator[Panel]:
    """For those who see the attendance."""
    if can_see_roster(person, meeting, on=on):
        yield _panel(meeting)


@edition_panels.contribute
def of_revision(person: Person, *, on: date, revision: Revision) -> Iterator[Panel]:
    yield _panel(revision)


def _panel(subject: Model) -> Panel:
    return Panel("privacy/history_panel.html", {"kind": subject._meta.label_lower, "key": str(subject.pk)})
