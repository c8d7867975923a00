"""An invitation to open an account: for one person, at one address, until an instant."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.people.models.person import Person

LASTS = timedelta(days=14)


class AccountInvitationQuerySet(models.QuerySet["AccountInvitation"]):
    def pending(self) -> "AccountInvitationQuerySet":
        """Neither accepted nor withdrawn; it may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class AccountInvitation(models.Model):
    # PROTECT: who could come in, and who let them, stays known.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="account_invitations")
    # The link proves this mailbox, not the one the record may name later.
    email = models.EmailField(_("adresse courriel"))
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = AccountInvitationQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("invitations à ouvrir un compte")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="account_invitation_once",
                violation_error_message=_("Cette personne a déjà une invitation. Retirez-la ou renvoyez-la."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.invited_at:%Y-%m-%d}"

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
