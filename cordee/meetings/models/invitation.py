"""Who is invited to a meeting and what they answered, and the secret addresses by which calendars read meetings."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.meetings.models.meeting import Meeting, MeetingQuerySet, expected_memberships
from cordee.people.models import Group, Membership, Person


class Reply(models.TextChoices):
    YES = "yes", pgettext_lazy("answer", "Oui")
    NO = "no", pgettext_lazy("answer", "Non")
    MAYBE = "maybe", pgettext_lazy("answer", "Peut-être")


class Answer(models.Model):
    """What someone invited said they would do, and why if they said it; the last one counts, the journal keeps the
    others.

    It was said for one day: once the meeting has moved to another, nobody has answered yet.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="answers")
    # PROTECT: whoever said they would not come is told so by this row.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(_("réponse"), max_length=5, choices=Reply)
    word = models.CharField(_("mot"), max_length=200, blank=True, default="")
    day = models.DateField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="answer_once",
                violation_error_message=_("Cette personne a déjà répondu. Changez sa réponse."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id} {self.reply}"


def invited(meeting: Meeting) -> models.QuerySet[Person]:
    """Who belongs to the group on the meeting’s day and can be written to."""
    expected = expected_memberships(meeting.group_id, meeting.date).order_by().values("person")
    return Person.objects.filter(pk__in=expected).exclude(email=None).exclude(email="").order_by("pk")


def is_invited(meeting: Meeting, person: Person) -> bool:
    return expected_memberships(meeting.group_id, meeting.date).filter(person=person).exists()


def replies(meeting: Meeting, people: Iterable[int] | None = None) -> dict[int, str]:
    """Who answered what."""
    answers = Answer.objects.filter(meeting=meeting, day=meeting.date)
    if people is not None:
        answers = answers.filter(person__in=people)
    return dict(answers.order_by("pk").values_list("person_id", "reply"))


class FeedKeyQuerySet(models.QuerySet["FeedKey"]):
    def in_use(self) -> "FeedKeyQuerySet":
        return self.filter(revoked_at=None)


class FeedKey(models.Model):
    """A secret address by which a calendar reads someone’s meetings (`group` empty) or those of one of their groups;
    or what another room gives calendars (`what` names it, see `toolkit.contributions.calendar_feeds`).

    `etag` is of what was last read, and `changed_at` when it became so: what a calendar asks to know whether to read.
    """

    # PROTECT: what a calendar reads is what this person may see.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="feed_keys")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=60, blank=True, default="")
    secret = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    objects = FeedKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group"],
                name="feed_of_group_once",
                condition=Q(revoked_at=None),
                violation_error_message=_("Vous avez déjà cette adresse. Renouvelez-la pour en changer."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                name="feed_once",
                condition=Q(revoked_at=None, group=None, what=""),
                violation_error_message=_("Vous avez déjà cette adresse. Renouvelez-la pour en changer."),
            ),
            models.UniqueConstraint(
                fields=["person", "what"],
                name="feed_of_what_once",
                condition=Q(revoked_at=None) & ~Q(what=""),
                violation_error_message=_("Vous avez déjà cette adresse. Renouvelez-la pour en changer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.group_id or self.what or '-'}"


# A calendar keeps what was; a feed need not give more than one year of it.
KEPT = timedelta(days=365)


def feed_meetings(person: Person, group: Group | None, *, on: date) -> MeetingQuerySet:
    """Meetings people were told of, among those this person may see; their own when no group is named."""
    known = Meeting.objects.visible_to(person, on=on).filter(date__gte=on - KEPT)
    known = known.filter(Q(announcement__isnull=False) | Q(date__lte=on))
    known = known.filter(group=group) if group else known.filter(Exists(_own(person)))
    return known.select_related("group", "announcement", "cancellation").order_by("date", "starts_at", "pk")


def _own(person: Person) -> models.QuerySet[Membership]:
    return expected_memberships(OuterRef("group"), OuterRef("date")).filter(person=person)
