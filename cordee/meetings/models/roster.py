"""The roster of a meeting: everyone expected that day, and whoever was added on the spot, in one query."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.meetings.models.attendance import Attendance, Portion
from cordee.meetings.models.invitation import Answer, Reply
from cordee.meetings.models.meeting import Meeting, expected_memberships
from cordee.people.models import Affiliation, Membership, MembershipRole, Person, StaffCategory

# Shorter than the labels of the models: a line of the roster is read at arm's length on a telephone.
CATEGORIES = {
    StaffCategory.PROFESSIONAL: gettext_lazy("personnel professionnel"),
    StaffCategory.TEACHER: gettext_lazy("personnel enseignant"),
    StaffCategory.SPECIAL_EDUCATION_TECHNICIAN: gettext_lazy("TES"),
    StaffCategory.SUPPORT: gettext_lazy("personnel de soutien"),
    StaffCategory.MANAGER: gettext_lazy("gestionnaire"),
    StaffCategory.EXTERNAL: gettext_lazy("externe"),
}
# What every school service centre and school board has in front of its name.
BOARD = re.compile(r"^(?:CSS|CS)(?: de la| des| du| de)? (?=\w)")
# Members and participants are what one expects: nothing is said of them.
ROLES = {
    MembershipRole.RESPONSIBLE_MANAGER: gettext_lazy("responsable"),
    MembershipRole.LIAISON: gettext_lazy("répondance"),
    MembershipRole.COORDINATOR: gettext_lazy("coordination"),
    MembershipRole.STAKEHOLDER: gettext_lazy("partie prenante"),
}
REPLIED = {
    Reply.YES: gettext_lazy("a répondu oui"),
    Reply.NO: gettext_lazy("a répondu non"),
    Reply.MAYBE: gettext_lazy("a répondu peut-être"),
}


@dataclass(frozen=True)
class Line:
    """One person of a roster. `attendance` is None until the first mark, `employment` when none covers the day."""

    person: Person
    attendance: Attendance | None
    employment: Affiliation | None
    membership: Membership | None
    has_left: bool = False
    answer: Answer | None = None

    @property
    def key(self) -> str:
        """What the fields of this line are named by in a form."""
        return str(self.person.pk)

    @property
    def portion(self) -> str:
        return self.attendance.portion if self.attendance else Portion.UNMARKED

    @property
    def reason(self) -> str:
        return self.attendance.reason if self.attendance else ""

    @property
    def version(self) -> int:
        """What a change must name: 0 while nothing is recorded."""
        return self.attendance.version if self.attendance else 0

    @property
    def is_walk_in(self) -> bool:
        return self.membership is None

    @cached_property
    def unexpected(self) -> str:
        """Why someone who was not expected is listed: they came, or were of the group and left it before that day."""
        if not self.is_walk_in:
            return ""
        return _("a quitté le groupe, sa présence reste inscrite") if self.has_left else _("sur place")

    @cached_property
    def employer(self) -> str:
        return self.employment.organization.name if self.employment else ""

    @cached_property
    def place(self) -> str:
        """The employer at arm's length: `Patriotes` for « CSS des Patriotes »."""
        return BOARD.sub("", self.employer)

    @cached_property
    def category(self) -> str:
        return str(CATEGORIES.get(self.employment.category, "")) if self.employment else ""

    @cached_property
    def role(self) -> str:
        """The role in the group when it says more than « membre »."""
        return str(ROLES.get(self.membership.role, "")) if self.membership else ""

    @cached_property
    def replied(self) -> str:
        """What they answered to the invitation, in words."""
        return str(REPLIED[Reply(self.answer.reply)]) if self.answer else ""

    @property
    def word(self) -> str:
        """What they added to their answer, in their own words."""
        return self.answer.word if self.answer else ""

    @property
    def declined(self) -> bool:
        return self.answer is not None and self.answer.reply == Reply.NO

    @property
    def apology(self) -> str:
        """The reason of their absence they gave themselves."""
        return self.word if self.declined else ""


@dataclass(frozen=True)
class Roster:
    meeting: Meeting
    lines: list[Line]


def roster_of(meeting: Meeting, *, persons: Iterable[int] | None = None, listed: bool = True) -> Roster:
    """One query whatever the number of people. `persons` limits it to some, `listed=False` takes others too.

    Someone added on the spot whose mark was undone is no longer listed.
    """
    people = Person.objects.all() if persons is None else Person.objects.filter(pk__in=list(persons))
    if listed:
        expected = expected_memberships(meeting.group_id, meeting.date).order_by()
        present = Attendance.objects.filter(meeting=meeting).exclude(portion="").order_by()
        people = people.filter(Q(pk__in=expected.values("person")) | Q(pk__in=present.values("person")))
    return Roster(meeting, [_line(person, meeting) for person in _joined(people, meeting)])


def _joined(people: Any, meeting: Meeting) -> Any:
    """The mark, the answer, and the employer and role of the meeting's day joined to each person."""
    return (
        people.annotate(
            has_left=Exists(_ended(meeting)),
            mark=FilteredRelation("attendances", condition=Q(attendances__meeting=meeting)),
            employed=FilteredRelation("affiliations", condition=_covers("affiliations", meeting)),
            belongs=FilteredRelation(
                "memberships", condition=Q(memberships__group=meeting.group_id) & _covers("memberships", meeting)
            ),
            said=FilteredRelation("answers", condition=Q(answers__meeting=meeting, answers__day=meeting.date)),
        )
        .select_related("mark__marked_by", "employed__organization", "belongs", "said")
        .order_by("last_name__plain", "first_name__plain", "pk")
    )


def _ended(meeting: Meeting) -> Any:
    return Membership.objects.filter(
        group=meeting.group_id, person=OuterRef("pk"), ends_on__lte=meeting.date
    ).order_by()


def _covers(relation: str, meeting: Meeting) -> Q:
    still = Q(**{f"{relation}__ends_on__isnull": True}) | Q(**{f"{relation}__ends_on__gt": meeting.date})
    return Q(**{f"{relation}__starts_on__lte": meeting.date}) & still


def _line(person: Person, meeting: Meeting) -> Line:
    """Django sets a filtered relation only where it found a row."""
    attendance = getattr(person, "mark", None)
    if attendance is not None:
        attendance.meeting = meeting
        attendance.person = person
    employment, membership = getattr(person, "employed", None), getattr(person, "belongs", None)
    return Line(person, attendance, employment, membership, person.has_left, getattr(person, "said", None))
