"""The minutes of a meeting: what was said point by point, what was drawn from it, who does what, and its approval."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cordee.meetings.models.meeting import Meeting
from cordee.meetings.models.planning import AgendaItem
from cordee.people.models import Person

LONGEST = 40_000


class Part(models.TextChoices):
    """Parts of the minutes; the cadre wants learnings, reflections and strategies to leave a trace."""

    POINT = "point", _("Point")
    LEARNINGS = "learnings", _("Apprentissages")
    REFLECTIONS = "reflections", _("Réflexions et stratégies")
    DECISIONS = "decisions", _("Décisions")


class MinutesSection(models.Model):
    """One part as it was last written. `version` grows at each writing: two people at once are told.

    A point taken off the agenda keeps what was written under it, and its title. Frozen by trigger once approved.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_sections")
    part = models.CharField(max_length=12, choices=Part)
    item = models.OneToOneField(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="section")
    title = models.CharField(_("point"), max_length=160, blank=True)
    text = models.TextField(_("texte"), blank=True, max_length=LONGEST)
    language = models.CharField(max_length=2)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "part"],
                name="minutes_part_once",
                condition=~Q(part="point"),
                violation_error_message=_("Cette partie du compte rendu existe déjà. Rechargez la page."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.key}"

    @property
    def key(self) -> str:
        """`learnings`; of a point, `point-12` by its agenda item, or `reste-5` once that is gone."""
        if self.part != Part.POINT:
            return self.part
        return f"point-{self.item_id}" if self.item_id else f"reste-{self.pk}"


class ApprovalWay(models.TextChoices):
    AT_MEETING = "at-meeting", _("À une rencontre suivante")
    BY_MEMBERS = "by-members", _("Par les membres, entre deux rencontres")


class MinutesApproval(models.Model):
    """The minutes say what was said: their text changes no more. Taken back, until they are locked."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes_approval")
    way = models.CharField(_("approuvé"), max_length=12, choices=ApprovalWay)
    approved_on = models.DateField(_("date"))
    at_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rencontre")
    )
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="at-meeting", at_meeting__isnull=False) | Q(way="by-members", at_meeting__isnull=True),
                name="minutes_approval_meeting",
                violation_error_message=_("Dites à quelle rencontre le compte rendu a été approuvé."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.approved_on}"


class MinutesLock(models.Model):
    """From here on nothing of the minutes changes, their approval neither; corrections stand beside. By trigger."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes_lock")
    locked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class MinutesCorrection(models.Model):
    """What is to be read otherwise in minutes that are locked, and why. Append-only by trigger."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_corrections")
    section = models.ForeignKey(
        MinutesSection, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    text = models.TextField(_("correction"), max_length=4000)
    reason = models.CharField(_("motif"), max_length=200)
    language = models.CharField(max_length=2)
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.corrected_at}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> "FollowUpQuerySet":
        return self.filter(done__isnull=True, meeting__cancellation__isnull=True)

    def visible_to(self, person: Person, *, on: date) -> "FollowUpQuerySet":
        """One's own, and those of meetings one sees."""
        return self.filter(Q(owner=person) | Q(meeting__in=Meeting.objects.visible_to(person, on=on)))

    def for_list(self) -> "FollowUpQuerySet":
        """What is open first, then by the day it is due."""
        done = FollowUpDone.objects.filter(follow_up=OuterRef("pk"))
        return (
            self.select_related("owner", "meeting", "done__done_by")
            .annotate(is_closed=Exists(done))
            .order_by("is_closed", models.F("due_on").asc(nulls_last=True), "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class FollowUp(models.Model):
    """Who does what, by when. Part of the minutes: frozen with them, but for its being done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="follow_ups")
    what = models.CharField(_("quoi"), max_length=300)
    # PROTECT: minutes keep saying who took it on.
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("qui"))
    due_on = models.DateField(_("quand"), null=True, blank=True)
    language = models.CharField(max_length=2)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "due_on"], name="follow_up_by_owner")]

    def __str__(self) -> str:
        return self.what

    @property
    def is_done(self) -> bool:
        return hasattr(self, "done")

    def is_late(self, on: date) -> bool:
        return not self.is_done and self.due_on is not None and self.due_on < on


class FollowUpDone(models.Model):
    follow_up = models.OneToOneField(FollowUp, on_delete=models.PROTECT, related_name="done")
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.follow_up_id}"


class MinutesState(models.TextChoices):
    """Where minutes are; computed, never stored."""

    NONE = "none", _("À écrire")
    DRAFT = "draft", _("Brouillon")
    APPROVED = "approved", _("Approuvé")
    LOCKED = "locked", _("Verrouillé")


def with_minutes(meetings: models.QuerySet[Meeting]) -> models.QuerySet[Meeting]:
    """Annotates `minutes_state`, `open_follow_ups` and `document_count`: what the page of a meeting says of them."""
    here = {"meeting": OuterRef("pk")}
    written = Exists(MinutesSection.objects.filter(**here).exclude(text="")) | Exists(FollowUp.objects.filter(**here))
    documents: Any = Meeting._meta.get_field("documents").related_model
    return meetings.annotate(
        minutes_state=Case(
            When(minutes_lock__isnull=False, then=Value(MinutesState.LOCKED)),
            When(minutes_approval__isnull=False, then=Value(MinutesState.APPROVED)),
            When(written, then=Value(MinutesState.DRAFT)),
            default=Value(MinutesState.NONE),
        ),
        open_follow_ups=_count(FollowUp.objects.filter(**here, done__isnull=True)),
        document_count=_count(documents.objects.filter(**here, removal__isnull=True)),
    )


def _count(rows: models.QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def minutes_state(meeting: Meeting) -> MinutesState:
    """`meeting` with its approval and lock (select_related) costs one query at most."""
    if hasattr(meeting, "minutes_lock"):
        return MinutesState.LOCKED
    if hasattr(meeting, "minutes_approval"):
        return MinutesState.APPROVED
    written = meeting.minutes_sections.exclude(text="").exists() or meeting.follow_ups.exists()
    return MinutesState.DRAFT if written else MinutesState.NONE
