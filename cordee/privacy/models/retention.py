"""Retention: a plan is frozen, read, confirmed, carried out in steps; what is left of it is the register the law wants.

The register of anonymization (A-2.1, r. 0.1) is made of these rows: what was done, why, when, by whom, and what was
verified afterwards.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.privacy.models.participation import Participation
from cordee.toolkit.contributions import retention_holds


class RunState(models.TextChoices):
    """Computed from what the row says, never stored."""

    PREPARED = "prepared", _("À confirmer")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminée")
    ABANDONED = "abandoned", _("Abandonnée")


class RetentionRun(models.Model):
    """`on` is the day for which what is due was found. `before` and `after` are the frozen money, by submission:
    `{key: [lines, cents]}`. `foreseen` is what would go with the people (`passages` that name them, `rows` by
    declaration), `counts` what was done; `faults` what does not hold in the journal’s chain."""

    on = models.DateField(_("le"))
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    abandoned_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    abandoned_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # A plan that waits or is carried out: one at a time.
    is_open = models.BooleanField(default=True)
    foreseen = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    sealed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_open"],
                condition=Q(is_open=True),
                name="retention_one_open",
                violation_error_message=_("Un plan attend déjà. Confirmez-le ou abandonnez-le."),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`C-0004`, short enough to be copied by hand to confirm."""
        return f"C-{self.pk:04d}"

    @property
    def state(self) -> RunState:
        if self.abandoned_at:
            return RunState.ABANDONED
        if self.finished_at:
            return RunState.DONE
        return RunState.RUNNING if self.confirmed_at else RunState.PREPARED

    @property
    def holds(self) -> bool:
        """Whether the money is what it was, to the cent, and the journal’s chain whole."""
        return self.before == self.after and not self.faults


class PlannedPerson(models.Model):
    """Someone the plan makes anonymous. `rank` is drawn by lot: what they become does not follow their name."""

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="people")
    # PROTECT: the register says whose row was made anonymous, which no longer says who that was.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("a participé jusqu’au (exclu)"))
    rank = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True)
    left_out = models.CharField(_("laissée de côté"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="retention_person_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.person_id}"


class PlannedRows(models.Model):
    """The rows of one declaration that are past their time. `declared` names it; `planned` is how many there were."""

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="tables")
    declared = models.CharField(max_length=120)
    planned = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "declared"], name="retention_rows_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.declared}"


class HoldReason(models.TextChoices):
    REQUEST = "request", _("Une demande d’accès ou de rectification est ouverte")
    LITIGATION = "litigation", _("Un litige ou une enquête est en cours")
    ARCHIVES = "archives", _("Le versement aux archives n’est pas fait")
    OTHER = "other", _("Autre motif")


class RetentionHoldQuerySet(models.QuerySet["RetentionHold"]):
    def standing(self) -> "RetentionHoldQuerySet":
        return self.filter(lifted_at=None)


class RetentionHold(models.Model):
    """Nothing of this person goes as long as this stands, whatever its time."""

    # PROTECT: why something was kept longer stays explained.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="retention_holds")
    why = models.CharField(_("motif"), max_length=12, choices=HoldReason)
    note = models.CharField(_("précision"), max_length=200, blank=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = RetentionHoldQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("suspensions de la conservation")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(lifted_at=None),
                name="retention_hold_once",
                violation_error_message=_("Cette personne est déjà gardée de côté. Levez d’abord cette suspension."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.why}"

    @property
    def sentence(self) -> str:
        return f"{self.get_why_display()} : {self.note}" if self.note else str(self.get_why_display())


def kept_out(who: Participation) -> dict[int, str]:
    """Those of whom nothing goes now, by the person who stands for themselves, and why. One query and what others say.

    Another part of the house adds its own to `retention_holds`.
    """
    standing = RetentionHold.objects.standing().order_by("-pk")
    said = [*retention_holds.collect(), *((hold.person_id, hold.sentence) for hold in standing)]
    return {who.absorbed.get(person, person): sentence for person, sentence in said}
