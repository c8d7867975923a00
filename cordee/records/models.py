"""Technical tables every app writes to. No foreign key upwards: actors and subjects are opaque identifiers."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# A message handed over for longer than this was left by a process that died: it is handed over again.
SENDING_LEASE = timedelta(minutes=3)


class JournalEntry(models.Model):
    """One act. Append-only by trigger; what is personal stands beside, in JournalDetail, and its `digest` here.

    `for_id` is the person in whose name it was done; `channel` whether by a page, a background task or a command.
    """

    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)
    for_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=8, default="")
    request_id = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_by_subject"),
            models.Index(fields=["actor_id", "id"], name="journal_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind} {self.subject_id}"


class JournalDetail(models.Model):
    """The personal part of an entry, apart so that a lawful erasure can empty it and leave the entry standing.

    With its `salt`, which goes with it, the digest of an emptied detail tells nothing of what it was.
    """

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, primary_key=True, related_name="detail")
    payload = models.JSONField()
    address = models.CharField(max_length=45, default="")
    salt = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return f"{self.entry_id}"


class JournalSeal(models.Model):
    """A link of the chain: its `hash` holds the one before, its own position and the entry. Append-only by trigger."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


class Redaction(models.Model):
    """While a row is here, texts that are frozen may have a name replaced, and nothing else: triggers look for it.

    It never outlives the transaction that writes it (see `redaction`), so nobody else ever finds it.
    """

    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.opened_at}"


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def readable(self) -> "ImportBatchQuerySet":
        """Those whose contents are still kept; after a year only their having come in is."""
        return self.exclude(proposal={})


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

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "sha256"], name="import_by_content")]

    def __str__(self) -> str:
        return self.file_name


class StoredFile(models.Model):
    """A content that came in, kept once however often it came; its SHA-256 is also its name in the store."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField(_("taille"))
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty")]

    def __str__(self) -> str:
        return self.sha256


ACCESS = "access"  # the kind of messages that open an account: only who receives them reads them


class MessageState(models.TextChoices):
    REFUSED = "refused", _("Refusé")
    DELAYED = "delayed", _("Retardé")
    WAITING = "waiting", _("À envoyer")
    SENT = "sent", _("Envoyé")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Those to hand over now: not sent, not refused, not being sent by someone alive."""
        free = models.Q(sending_at=None) | models.Q(sending_at__lte=now - SENDING_LEASE)
        return self.filter(free, sent_at=None, refused_at=None, due_at__lte=now)

    def failed(self) -> "MessageQuerySet":
        """Refused, or put off at least once: what trying again is for."""
        return self.filter(models.Q(refused_at__isnull=False) | models.Q(sent_at=None, tries__gt=0, sending_at=None))

    def unsent(self) -> "MessageQuerySet":
        """Those nobody has received and nobody is handing over."""
        return self.filter(models.Q(refused_at__isnull=False) | models.Q(sent_at=None, sending_at=None))

    def with_state(self) -> "MessageQuerySet":
        """Annotates `state`, a MessageState."""
        return self.annotate(
            state=models.Case(
                models.When(refused_at__isnull=False, then=models.Value(MessageState.REFUSED)),
                models.When(sent_at__isnull=False, then=models.Value(MessageState.SENT)),
                models.When(tries__gt=0, sending_at=None, then=models.Value(MessageState.DELAYED)),
                default=models.Value(MessageState.WAITING),
            )
        )


class Message(models.Model):
    """An e-mail of the outbox, written in the transaction of the act that wants it, sent afterwards.

    `key` says what it tells and to whom (`meeting.7.announced.0:41`): the same thing is told once. `person_id` is
    opaque. `calendar` is an iCalendar object and `method` what it does (REQUEST, CANCEL); both may be empty.
    `about` names what it tells of (`meeting.7`), so that its page can count its messages. `unsubscribe` is the address
    whose POST stops messages of this kind; empty for those that are always sent.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=40, blank=True)
    person_id = models.BigIntegerField(null=True)
    address = models.EmailField(_("adresse"))
    subject = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("texte"))
    calendar = models.TextField(blank=True)
    method = models.CharField(max_length=10, blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(_("dernier refus"), max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="message_due", condition=models.Q(sent_at=None, refused_at=None)),
            models.Index(fields=["person_id", "kind"], name="message_by_person"),
            models.Index(fields=["about"], name="message_by_subject", condition=~models.Q(about="")),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def opens_an_account(self) -> bool:
        return self.kind == ACCESS
