"""A duty or a role that its holder lends for some days to someone else, who acts in their name."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.people.models.duty import Duty, DutyCode
from cordee.people.models.group import Membership, MembershipRole
from cordee.people.models.person import Person

# One sits on a committee oneself: a seat is not lent.
LENT_DUTIES = tuple(code for code in DutyCode if code != DutyCode.EXECUTIVE_COMMITTEE)
LENT_ROLES = (MembershipRole.RESPONSIBLE_MANAGER, MembershipRole.LIAISON, MembershipRole.COORDINATOR)
LONGEST = timedelta(days=60)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def standing(self) -> "DelegationQuerySet":
        """Those nobody took back."""
        return self.filter(withdrawn_at=None)

    def current(self, on: date) -> "DelegationQuerySet":
        return self.standing().filter(starts_on__lte=on, ends_on__gt=on)

    def with_facts(self) -> "DelegationQuerySet":
        return self.select_related("delegator", "delegate", "duty__organization", "membership__group")


class Delegation(models.Model):
    """From a day until a day (excluded). It gives nothing on a day when its holder holds nothing."""

    # PROTECT: what was done in someone’s name stays explained by it.
    delegator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_received")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, related_name="delegations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="delegations")
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"))
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("délégations")
        constraints = [
            models.CheckConstraint(
                condition=Q(duty__isnull=False, membership__isnull=True)
                | Q(duty__isnull=True, membership__isnull=False),
                name="delegation_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="delegation_dates",
                violation_error_message=_(
                    "La fin de la délégation doit suivre son début. Corrigez l’une des deux dates."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(delegate=models.F("delegator")),
                name="delegation_to_another",
                violation_error_message=_("On ne délègue pas à soi-même. Choisissez une autre personne."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegator_id} {self.delegate_id} {self.starts_on}"

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def what(self) -> str:
        """`Trésorière, trésorier` or `Liaison, 18-TC-TRP`, for rows read `with_facts`."""
        if self.duty is not None:
            where = self.duty.organization.name if self.duty.organization else ""
            return ", ".join(filter(None, [self.duty.get_code_display(), where]))
        assert self.membership is not None
        return f"{self.membership.get_role_display()}, {self.membership.group.label}"
