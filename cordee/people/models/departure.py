"""Someone left their employer: what ended with it, so that it can be taken back, and when their account closes."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.people.models.person import Affiliation, Person


class DepartureQuerySet(models.QuerySet["Departure"]):
    def standing(self) -> "DepartureQuerySet":
        return self.filter(undone_at=None)


class Departure(models.Model):
    """`left_on` is the first day without the employer. `ended` lists the rows it shortened and the end they had."""

    # PROTECT: why someone stopped being paid for stays known.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")
    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="departures")
    left_on = models.DateField(_("parti depuis le"))
    account_until = models.DateField(_("compte ouvert jusqu’au (exclu)"), null=True, blank=True)
    ended = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    account_closed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("départs")
        constraints = [
            models.UniqueConstraint(
                fields=["affiliation"],
                condition=Q(undone_at=None),
                name="departure_once",
                violation_error_message=_("Ce départ est déjà inscrit. Rechargez la page."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.left_on}"

    @property
    def last_day(self) -> date:
        return self.left_on - timedelta(days=1)

    @property
    def account_last_day(self) -> date | None:
        return self.account_until - timedelta(days=1) if self.account_until else None
