"""Rights come from recorded facts: a duty held from a day to a day, for the cooperative or for an organization."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DutyCode(models.TextChoices):
    COORDINATOR = "coordinator", pgettext_lazy("duty", "Coordonnatrice, coordonnateur")
    SECRETARY = "secretary", _("Secrétaire de gestion")
    TREASURER = "treasurer", _("Trésorière, trésorier")
    BILLING_OFFICER = "billing-officer", _("Responsable de la facturation")
    EDUCATIONAL_DIRECTOR = "educational-director", _("Direction des services éducatifs")
    DIRECTOR_GENERAL = "director-general", _("Direction générale")
    EXECUTIVE_COMMITTEE = "executive-committee", _("Comité exécutif")


class DutyQuerySet(models.QuerySet["Duty"]):
    def current(self, on: date) -> "DutyQuerySet":
        """In force that day: what awaits its confirmation gives no right."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on, is_pending=False)

    def to_confirm(self, by: int, on: date) -> "DutyQuerySet":
        """Those that the person of that key may confirm: neither recorded by them nor theirs, and not over."""
        running = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), is_pending=True)
        return running.exclude(person=by).exclude(recorded_by=by)


class Duty(models.Model):
    """`is_pending` until another person than who recorded it confirms it (see `people.policy.TO_CONFIRM`)."""

    # PROTECT: what someone did by virtue of this duty stays explained by it.
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="duties")
    code = models.CharField(_("fonction"), max_length=24, choices=DutyCode)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, null=True, related_name="duties")
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)
    is_pending = models.BooleanField(_("à confirmer"), default=False, db_default=False)
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "starts_on"], name="duty_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"

    def is_current(self, on: date) -> bool:
        return not self.is_pending and self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None


class DutyConfirmation(models.Model):
    """A second person said that this duty was given: it is in force from the day it says."""

    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="confirmation")
    confirmed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.duty_id}"
