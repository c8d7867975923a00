"""The document of a revision as it was when the revision came into force: the file, and all it was made from."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.records.models import StoredFile
from cordee.reference.models import Revision
from cordee.toolkit.documents import Source


class FrozenDocumentQuerySet(models.QuerySet["FrozenDocument"]):
    def of(self, revision: Revision) -> "FrozenDocumentQuerySet":
        """French first."""
        return self.filter(revision=revision).select_related("file").order_by("-language")

    def without_snapshot(self) -> "FrozenDocumentQuerySet":
        """For pages: a snapshot weighs two hundred kilobytes."""
        return self.defer("snapshot")


class FrozenDocument(models.Model):
    """Never changed, never deleted (trigger). `snapshot` is a `toolkit.documents.Source`: the same Typst makes the same
    bytes of it again."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(_("langue"), max_length=2, choices=settings.LANGUAGES)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="frozen_documents")
    snapshot = models.JSONField()
    typst_version = models.CharField(max_length=20)
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField()

    objects = FrozenDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "language"],
                name="document_frozen_once",
                violation_error_message=_("Le document de cette révision est déjà figé dans cette langue."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.language}"

    @property
    def source(self) -> Source:
        return Source.of_json(self.snapshot)

    @property
    def language_name(self) -> str:
        """`français`, `English`: in itself."""
        return str(get_language_info(self.language)["name_local"])
