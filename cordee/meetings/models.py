"""Meetings of a group and who was there. Meetings know neither communities nor bodies."""

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.people.models import Affiliation, Group, Person


class Portion(models.TextChoices):
    UNMARKED = "", _("À saisir")
    NONE = "none", _("Absence")
    HALF = "half", _("Demi-journée")
    DAY = "day", _("Journée")


class Modality(models.TextChoices):
    IN_PERSON = "in-person", _("En présence")
    VIRTUAL = "virtual", _("Virtuelle")
    HYBRID = "hybrid", _("Hybride")


class Source(models.TextChoices):
    ROSTER = "roster", _("Feuille de présences")
    IMPORT = "import", pgettext_lazy("source", "Fichier")
    MERGE = "merge", _("Fusion de fiches")
    CORRECTION = "correction", _("Correction")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person, *, on: date) -> "MeetingQuerySet":
        """Overseers see all; members those of their groups; billing officers those their staff attended."""
        if person.oversees(on=on):
            return self
        standing = person.standing(on)
        own = Q(group__in=standing.groups()) | Q(
            Exists(Attendance.objects.filter(meeting=OuterRef("pk"), person=person))
        )
        billed = standing.organizations("billing-officer")
        if billed:
            staff = Affiliation.objects.filter(organization__in=billed, person=OuterRef("person"))
            own |= Q(Exists(Attendance.objects.filter(Exists(staff), meeting=OuterRef("pk"))))
        return self.filter(own)

    def for_list(self) -> "MeetingQuerySet":
        return (
            self.select_related("group", "cancellation", "validation")
            .order_by("-date", "-starts_at", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class Meeting(models.Model):
    """Planned by default; cancelled when a Cancellation row says so; held once its day has come and it is not."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("titre"), max_length=160, blank=True)
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("début"))
    ends_at = models.TimeField(_("fin"))
    planned_portion = models.CharField(
        _("durée prévue"), max_length=4, choices=[("half", _("Demi-journée")), ("day", _("Journée"))]
    )
    modality = models.CharField(_("modalité"), max_length=10, choices=Modality)
    place = models.CharField(_("lieu"), max_length=160, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["date", "starts_at"], name="meeting_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="meeting_hours",
                violation_error_message=_("La rencontre doit finir après son début. Corrigez l’une des deux heures."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.date}"

    @property
    def is_cancelled(self) -> bool:
        return hasattr(self, "cancellation")

    @property
    def is_validated(self) -> bool:
        return hasattr(self, "validation")

    def is_held(self, on: date) -> bool:
        return not self.is_cancelled and self.date <= on

    @property
    def minutes(self) -> int:
        span = datetime.combine(self.date, self.ends_at) - datetime.combine(self.date, self.starts_at)
        return int(span.total_seconds()) // 60


class Cancellation(models.Model):
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="cancellation")
    reason = models.CharField(_("motif"), max_length=200)
    cancelled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Validation(models.Model):
    """« Valider les présences »: from here on a change needs a reason."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="validation")
    validated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    validated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, person: Person, *, on: date) -> "AttendanceQuerySet":
        """Overseers and those who run the group see everyone; others themselves and the staff they bill for."""
        if person.oversees(on=on):
            return self
        standing = person.standing(on)
        runs = standing.groups("responsible-manager", "liaison", "coordinator")
        staff = Affiliation.objects.filter(
            organization__in=standing.organizations("billing-officer"), person=OuterRef("person")
        )
        return self.filter(Q(person=person) | Q(meeting__group__in=runs) | Q(Exists(staff)))


class Attendance(models.Model):
    """One person at one meeting. The row stays when it is unmarked again: `portion` is then empty.

    `version` grows by one at each change; a change that names an older version is refused and both are shown.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    # PROTECT: claims rest on it.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    portion = models.CharField(_("portion"), max_length=4, choices=Portion, blank=True)
    reason = models.CharField(_("motif"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=12, choices=Source)
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="attendance_once",
                violation_error_message=_("Cette personne est déjà inscrite à cette rencontre. Modifiez sa ligne."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id} {self.portion}"


class AttendanceChange(models.Model):
    """What a mark was and became, who changed it, when, why and from which source. Append-only by trigger."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=4, blank=True)
    after = models.CharField(max_length=4, blank=True)
    reason = models.CharField(_("motif"), max_length=200, blank=True)
    source = models.CharField(max_length=12, choices=Source)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.before} → {self.after}"
