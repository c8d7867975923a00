"""Documents of a meeting: a name given to a stored content, and when it was taken away."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.meetings.models.meeting import Meeting
from cordee.people.models import Person
from cordee.records.models import StoredFile


class MeetingDocumentQuerySet(models.QuerySet["MeetingDocument"]):
    def kept(self) -> "MeetingDocumentQuerySet":
        return self.filter(removal__isnull=True)

    def visible_to(self, person: Person, *, on: date) -> "MeetingDocumentQuerySet":
        """As the meeting they belong to."""
        return self.filter(meeting__in=Meeting.objects.visible_to(person, on=on))

    def for_list(self) -> "MeetingDocumentQuerySet":
        return self.select_related("file").order_by("added_at", "pk").fetch_mode(models.FETCH_RAISE)


class MeetingDocument(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="meeting_documents")
    name = models.CharField(_("nom"), max_length=140)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = MeetingDocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class DocumentRemoval(models.Model):
    """Taken away from the meeting; the content stays, so that it can be put back."""

    document = models.OneToOneField(MeetingDocument, on_delete=models.PROTECT, related_name="removal")
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id}"
