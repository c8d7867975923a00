"""The life of a claim: each step is a row with who and when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.toolkit.fields import MoneyField
from cordee.treasury.models.claim import Claim


class Submission(models.Model):
    """Lines belong to a numbered submission; a returned one is closed and its lines no longer count.

    `on_behalf` tells that the secretary submitted for a centre that never signs in; `submitted_for` is the person in
    whose name it was done, when a delegation allowed it.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("numéro"))
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField()
    on_behalf = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="submission_number"),
            models.UniqueConstraint(fields=["claim"], condition=Q(closed_at__isnull=True), name="one_open_submission"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.number}"


class Verification(models.Model):
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="verification")
    verified_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id}"


class Approval(models.Model):
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="approval")
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id}"


class Payment(models.Model):
    """A negative total is not paid: it is carried to the organization's next claim, and this row says so."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="payment")
    paid_on = models.DateField(_("payée le"))
    reference = models.CharField(_("référence"), max_length=60)
    amount = MoneyField(_("montant"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class Return(models.Model):
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="return_step")
    reason = models.TextField(_("motif du renvoi"))
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id}"
