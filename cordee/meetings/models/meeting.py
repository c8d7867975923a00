"""Meetings of a group: planned, held or cancelled. Meetings know neither communities nor bodies."""

import datetime
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Affiliation, Group, Membership, Person
from cordee.values.school_year import SchoolYear


class Modality(models.TextChoices):
    IN_PERSON = "in-person", _("En présence")
    VIRTUAL = "virtual", _("Virtuelle")
    HYBRID = "hybrid", _("Hybride")


class MeetingState(models.TextChoices):
    """Where a meeting is, for those who take its attendance; computed, never stored."""

    TO_MARK = "to-mark", _("À saisir")
    TO_VALIDATE = "to-validate", _("À valider")
    VALIDATED = "validated", _("Validée")
    UPCOMING = "upcoming", _("À venir")
    CANCELLED = "cancelled", _("Annulée")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person, *, on: date) -> "MeetingQuerySet":
        """Overseers see all; members those of their groups; billing officers those their staff attended."""
        if person.oversees(on=on):
            return self
        standing = person.standing(on)
        attended = self._attendances().filter(meeting=OuterRef("pk"))
        own = Q(group__in=standing.groups()) | Q(Exists(attended.filter(person=person)))
        billed = standing.organizations("billing-officer")
        if billed:
            own |= Q(Exists(attended.filter(Exists(employed_at_meeting(billed)))))
        return self.filter(own)

    def in_year(self, year: SchoolYear) -> "MeetingQuerySet":
        return self.filter(date__gte=year.start, date__lt=year.end)

    def with_state(self, *, on: date) -> "MeetingQuerySet":
        """Annotates `state`, a MeetingState. Only what is held and not validated looks at its attendance."""
        return self.annotate(
            state=Case(
                When(cancellation__isnull=False, then=Value(MeetingState.CANCELLED)),
                When(validation__isnull=False, then=Value(MeetingState.VALIDATED)),
                When(date__gt=on, then=Value(MeetingState.UPCOMING)),
                When(self._incomplete(), then=Value(MeetingState.TO_MARK)),
                default=Value(MeetingState.TO_VALIDATE),
            )
        )

    def with_progress(self) -> "MeetingQuerySet":
        """Annotates `marked` and `expected` (the marked and the members still to mark), each one subquery."""
        marked = self._marked().order_by().values("meeting").annotate(n=Count("pk")).values("n")
        waiting = self._waiting().order_by().values("group").annotate(n=Count("pk")).values("n")
        return self.annotate(marked=Coalesce(Subquery(marked), 0)).annotate(
            expected=F("marked") + Coalesce(Subquery(waiting), 0)
        )

    def for_list(self) -> "MeetingQuerySet":
        return (
            self.select_related("group", "cancellation", "validation")
            .order_by("-date", "-starts_at", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )

    def _attendances(self) -> models.QuerySet[Any]:
        attendance: Any = self.model._meta.get_field("attendances").related_model
        return attendance.objects.all()

    def _marked(self) -> models.QuerySet[Any]:
        return self._attendances().filter(meeting=OuterRef("pk")).exclude(portion="")

    def _waiting(self) -> models.QuerySet[Membership]:
        """Memberships of the meeting's group on its day whose person is not marked yet."""
        marked = self._attendances().filter(meeting=OuterRef(OuterRef("pk")), person=OuterRef("person"))
        return expected_memberships(OuterRef("group"), OuterRef("date")).filter(~Exists(marked.exclude(portion="")))

    def _incomplete(self) -> Q:
        """Someone is not marked yet, or nobody was ever expected nor added."""
        return Q(Exists(self._waiting())) | ~Q(Exists(self._marked()))


def expected_memberships(group: Any, day: Any) -> models.QuerySet[Membership]:
    """Who belongs to a group on a day. A record that another one absorbed is not expected."""
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        group=group,
        starts_on__lte=day,
        person__merged_into__isnull=True,
    )


def employed_at_meeting(organizations: Any) -> models.QuerySet[Affiliation]:
    """For Exists() over attendances: their person's employer on the meeting's day is one of `organizations`."""
    day = OuterRef("meeting__date")
    return Affiliation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        organization__in=organizations,
        person=OuterRef("person"),
        starts_on__lte=day,
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
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    link = models.URLField(_("lien"), max_length=500, blank=True)
    # Grows at each change that people are told: the SEQUENCE of iCalendar.
    sequence = models.PositiveIntegerField(default=0)

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

    @property
    def is_announced(self) -> bool:
        return hasattr(self, "announcement")

    def is_held(self, on: datetime.date) -> bool:
        return not self.is_cancelled and self.date <= on

    @property
    def minutes(self) -> int:
        day = datetime.datetime.combine
        span = day(self.date, self.ends_at) - day(self.date, self.starts_at)
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
