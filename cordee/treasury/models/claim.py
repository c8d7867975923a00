"""A claim: what one organization is owed for one period, as lines built from attendance, never typed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cordee.meetings.models import Attendance
from cordee.people.models import Organization, Person
from cordee.toolkit.fields import MoneyField

SIGN_OF_LIFE = timedelta(minutes=3)


class ClaimState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("Soumise")
    VERIFIED = "verified", _("Vérifiée")
    APPROVED = "approved", _("Approuvée")
    PAID = "paid", _("Payée")
    RETURNED = "returned", _("Renvoyée")


class ClaimRunQuerySet(models.QuerySet["ClaimRun"]):
    def of(self, year: str, period: str) -> "ClaimRunQuerySet":
        return self.filter(year=year, period=period)

    def alive(self, now: datetime) -> "ClaimRunQuerySet":
        """The computations under way: not finished, and a sign of life in the last minutes."""
        return self.filter(finished_at=None, touched_at__gt=now - SIGN_OF_LIFE)


class ClaimRun(models.Model):
    """One computation of the drafts of a period. Invisible until `current`; an unfinished one is swept.

    `fingerprint` is of the facts it was computed from: found different at the end, what changed is computed again. It
    is empty when they never stopped changing. `recomputed` says how many attendances were.
    """

    year = models.CharField(max_length=9)
    period = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    is_current = models.BooleanField(default=False)
    # The day it is computed for: a meeting after it is not held yet.
    as_of = models.DateField(null=True)
    # The last sign of life: an unfinished run without one for some minutes was killed, and is swept.
    touched_at = models.DateTimeField(null=True)
    # Each time the facts are found to have changed, a new round looks at every part again.
    round = models.PositiveSmallIntegerField(default=0)
    recomputed = models.PositiveIntegerField(_("présences recalculées"), default=0)

    objects = ClaimRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "period"], condition=Q(is_current=True), name="one_current_run")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.period} {self.pk}"

    @property
    def is_unsettled(self) -> bool:
        """Facts were still changing when it was made current: it is worth preparing again."""
        return self.is_current and not self.fingerprint


class RunPart(models.Model):
    """The people of a run from `first` to `last` (included), computed in one short transaction.

    `digest` is of the facts read, so that a later round recomputes only the parts whose facts changed; `sums` are
    the figures of each claim (`{claim id: {lines, claimed, held, total, flags, notices}}`, cents).
    """

    run = models.ForeignKey(ClaimRun, on_delete=models.CASCADE, related_name="parts")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    attendances = models.PositiveIntegerField()
    round = models.SmallIntegerField(default=-1)
    digest = models.CharField(max_length=64, blank=True)
    sums = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "first"], name="run_part_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.first}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, person: Person, *, on: date) -> "ClaimQuerySet":
        """Overseers see every claim; a billing officer or a director those of their own organization."""
        if person.oversees(on=on):
            return self
        standing = person.standing(on)
        codes = ("billing-officer", "educational-director", "director-general")
        own = frozenset().union(*(standing.organizations(code) for code in codes))
        return self.filter(organization__in=own)


class AnnouncedClaims(models.Manager.from_queryset(ClaimQuerySet)):  # type: ignore[misc]
    """Leaves out the claims a run has made but not finished: nobody sees them before their run is current."""

    def get_queryset(self) -> ClaimQuerySet:
        return super().get_queryset().filter(is_pending=False)


class Claim(models.Model):
    """`sequence` is 0 for the period's own claim, 1, 2… for supplementary ones after it was submitted and paid.

    `state` repeats what the last step row says, so that a list can filter and count without joining six tables;
    only the functions of `actions` that write a step write it, in the same transaction.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="claims")
    year = models.CharField(_("année scolaire"), max_length=9)
    period = models.CharField(_("période"), max_length=20)
    sequence = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("état"), max_length=10, choices=ClaimState, default=ClaimState.DRAFT)
    # The figures of the lines that count now (the open submission's, or the current draft's), written with them.
    claimed = MoneyField(default=0)
    held = MoneyField(default=0)
    total = MoneyField(default=0)
    flags = models.JSONField(default=dict, help_text="{code: attendances}, those that only have a notice included")
    notices = models.JSONField(default=dict, help_text="Attendance without a line: {code: {count, cents (estimate)}}")
    is_pending = models.BooleanField(default=False, editable=False)

    objects = AnnouncedClaims()
    everything = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "period", "sequence"], name="claim_once")
        ]
        indexes = [models.Index(fields=["year", "period", "state"], name="claim_by_period")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`R-2425-0012`: the year and the claim’s own number, short enough to say on the telephone."""
        short_year = self.year[2:4] + self.year[7:9]
        return f"R-{short_year}-{self.pk:04d}"

    @property
    def reduced(self) -> Decimal:
        """What rules took away for good, or a carried balance: claimed − reduced − held = total, in every list."""
        return self.claimed - self.held - self.total

    def lines_that_count(self) -> "ClaimLineQuerySet":
        """The lines of the open submission, or those of the current draft."""
        return ClaimLine.objects.counted().filter(claim=self)


class ClaimLineQuerySet(models.QuerySet["ClaimLine"]):
    def frozen(self) -> "ClaimLineQuerySet":
        """Held by a submission that was not returned."""
        return self.filter(submission__isnull=False, submission__closed_at=None)

    def counted(self) -> "ClaimLineQuerySet":
        """Held by an open submission, or of a draft of a current run. A claim never has both."""
        draft = Q(submission=None, run__is_current=True)
        return self.filter(draft | Q(submission__isnull=False, submission__closed_at=None))

    def held_elsewhere(self) -> "ClaimLineQuerySet":
        """Draft lines whose attendance another claim has submitted since: the draft must be prepared again.

        An adjustment is about such a line, so it is left out.
        """
        other = ClaimLine.objects.frozen().filter(attendance=OuterRef("attendance")).exclude(claim=OuterRef("claim"))
        return self.filter(Exists(other), submission=None, adjusts=False)


class ClaimLine(models.Model):
    """A gross amount (`code` empty), or the line that refuses, reduces, adjusts or carries (`code` names the rule).

    Draft lines belong to a run and are replaceable; from the moment `submission` is set they never change (trigger).
    Holds the person's id, never a name. `portion` is what the line counts: half or day; `halves` says the same as a
    number, negative when the line takes away. `rule_key` names the rate of a gross line, the rule a reduction applies.
    The indexes of the foreign keys are in Meta: a run writes a hundred thousand lines, and each index costs at each.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines", db_index=False)
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, null=True, related_name="lines", db_index=False)
    submission = models.ForeignKey(
        "treasury.Submission", on_delete=models.PROTECT, null=True, related_name="lines", db_index=False
    )
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, null=True, related_name="claim_lines")
    person_id = models.BigIntegerField(null=True)
    meeting_id = models.BigIntegerField(null=True)
    group_id = models.BigIntegerField(null=True)
    date = models.DateField(null=True)
    category = models.CharField(max_length=30, blank=True)
    portion = models.CharField(max_length=4, blank=True)
    code = models.CharField(max_length=30, blank=True)
    rule_key = models.CharField(max_length=120, blank=True)
    rate_key = models.CharField(max_length=120, blank=True)
    revision = models.PositiveSmallIntegerField(null=True)
    halves = models.SmallIntegerField(default=0)
    adjusts = models.BooleanField(_("ajustement"), default=False)
    amount = MoneyField()
    details: Any = models.JSONField(default=dict)

    objects = ClaimLineQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["claim", "run"], name="claim_line_by_claim"),
            models.Index(fields=["run", "person_id"], name="claim_line_by_run"),
            models.Index(
                fields=["submission", "person_id"],
                name="claim_line_by_submission",
                condition=Q(submission__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.code or 'gross'} {self.amount}"


class DraftVisit(models.Model):
    """What a person saw of a draft at their last visit, so that a refreshed draft can show what changed since."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(ClaimRun, on_delete=models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField()
    total = MoneyField()
    amounts = models.JSONField(default=dict, help_text="{attendance id: cents}")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "person"], name="draft_visit_once")]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.person_id}"
