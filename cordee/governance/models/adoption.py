"""The adoption of a revision of the cadre, step by step, each by a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.governance.models.decision import Decision
from cordee.people.models import Person
from cordee.reference.models import Revision


class Act(models.TextChoices):
    """What a body does at its step."""

    DRAFT = "draft", _("Rédaction")
    VALIDATE = "validate", _("Validation")
    PRESENT = "present", _("Présentation")
    APPROVE = "approve", _("Approbation")


class AdoptionStep(models.Model):
    """A step of the route that was taken; `fingerprint` is that of the text as it was. Frozen once it is in force."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="adoption_steps")
    number = models.PositiveSmallIntegerField(_("étape"))
    act = models.CharField(_("ce que fait l’instance"), max_length=8, choices=Act)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="adoption")
    fingerprint = models.CharField(max_length=64)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["revision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "number"],
                name="adoption_step_once",
                violation_error_message=_("Cette étape de l’adoption est déjà inscrite. Rechargez la page."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.number}"
