"""What is planned around a meeting: that it was announced, and its agenda."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.meetings.models.meeting import Meeting
from cordee.people.models import Person


class Announcement(models.Model):
    """Its members were told. Until then a meeting to come is a draft, seen by those who run the group."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="announcement")
    announced_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("point"), max_length=160)
    # PROTECT: the agenda of a meeting that was held keeps saying who brought what.
    owner = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("porté par"),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position",
                violation_error_message=_("Deux points ont le même rang. Rechargez la page."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gt=0),
                name="agenda_minutes",
                violation_error_message=_("Un point dure au moins une minute. Corrigez sa durée, ou laissez-la vide."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


def agenda_of(meeting: Meeting) -> models.QuerySet[AgendaItem]:
    return meeting.agenda.select_related("owner").order_by("position")
