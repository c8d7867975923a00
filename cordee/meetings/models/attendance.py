"""Who was at a meeting, and every change of it."""

from datetime import date

from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.meetings.models.meeting import RUNNING_ROLES, Meeting, employed_at_meeting
from cordee.people.models import Person


class Portion(models.TextChoices):
    UNMARKED = "", _("À saisir")
    NONE = "none", _("Absence")
    HALF = "half", _("Demi-journée")
    DAY = "day", _("Journée")


class Source(models.TextChoices):
    ROSTER = "roster", _("Feuille de présences")
    IMPORT = "import", pgettext_lazy("source", "Fichier")
    TEAMS = "teams", _("Rapport Teams")
    MERGE = "merge", _("Fusion de fiches")
    CORRECTION = "correction", _("Correction")
    CHECKIN = "checkin", _("Code QR")
    SHEET = "sheet", _("Feuille signée")


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, person: Person, *, on: date) -> "AttendanceQuerySet":
        """Overseers and those who run the group see everyone; others themselves and the staff of the day."""
        if person.oversees(on=on):
            return self
        standing = person.standing(on)
        runs = standing.groups(*RUNNING_ROLES)
        own = Q(person=person) | Q(meeting__group__in=runs)
        billed = standing.organizations("billing-officer")
        return self.filter(own | Q(Exists(employed_at_meeting(billed))) if billed else own)


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
    """What a mark was and became, who changed it, when, why and from which source. Append-only by trigger.

    A browser gives each mark it makes an identifier, `act`, and sends it until it is answered: `made_at` is when it was
    made there, `changed_at` when it was received.
    """

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=4, blank=True)
    after = models.CharField(max_length=4, blank=True)
    reason = models.CharField(_("motif"), max_length=200, blank=True)
    source = models.CharField(max_length=12, choices=Source)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    act = models.UUIDField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        # With its condition SQLite makes an index; without, it would copy the table and lose its trigger.
        constraints = [
            models.UniqueConstraint(
                fields=["act"],
                condition=Q(act__isnull=False),
                name="attendance_act_once",
                violation_error_message=_("Ce changement a déjà été reçu. Rechargez la page pour le voir."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.before} → {self.after}"
