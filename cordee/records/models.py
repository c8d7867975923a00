"""Technical tables every app writes to. No foreign key upwards: actors and subjects are opaque identifiers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """One act. Append-only by trigger; what is personal stands beside, in JournalDetail."""

    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_by_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind} {self.subject_id}"


class JournalDetail(models.Model):
    """The personal part of an entry, apart so that a lawful erasure can empty it and leave the entry standing."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, primary_key=True, related_name="detail")
    payload = models.JSONField()

    def __str__(self) -> str:
        return f"{self.entry_id}"


class ImportBatch(models.Model):
    """A file that came in: read, previewed line by line, confirmed in one act, undone in one act.

    `proposal` is what the app's `imports.py` made of the file; `applied` is what undo needs to take it back.
    """

    kind = models.CharField(max_length=40)
    file_name = models.CharField(_("fichier"), max_length=200)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    proposal = models.JSONField(default=dict)
    applied = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "sha256"], name="import_by_content")]

    def __str__(self) -> str:
        return self.file_name
