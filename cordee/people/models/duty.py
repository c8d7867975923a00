"""Rights come from recorded facts: a duty held from a day to a day, for the cooperative or for an organization."""

from datetime import date

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
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class Duty(models.Model):
    # PROTECT: what someone did by virtue of this duty stays explained by it.
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="duties")
    code = models.CharField(_("fonction"), max_length=24, choices=DutyCode)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, null=True, related_name="duties")
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "starts_on"], name="duty_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"
