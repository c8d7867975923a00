"""Documents of a meeting: received, taken away, put back."""

from datetime import date

from django.db import IntegrityError, transaction

from cordee.meetings import policy
from cordee.meetings.actions import minutes_refusals
from cordee.meetings.actions.locking import locked
from cordee.meetings.models import DocumentRemoval, Meeting, MeetingDocument
from cordee.people.models import Person
from cordee.records import files, journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.filetypes import fitting_name, recognize

MOST = 60


def add_document(*, meeting: Meeting, name: str, content: bytes, by: Person, on: date) -> MeetingDocument:
    """Its kind is what its content says; the same content is stored once, and named once in a meeting."""
    enforce(policy.can_add_documents(by, meeting, on=on))
    kind = recognize(content)
    with transaction.atomic():
        meeting = locked(meeting)
        file = files.store(content, media_type=kind.media_type)
        kept = MeetingDocument.objects.kept().filter(meeting=meeting)
        if (already := kept.filter(file=file).first()) is not None:
            raise minutes_refusals.AlreadyDeposited(already)
        if kept.count() >= MOST:
            raise minutes_refusals.TooManyDocuments
        made = MeetingDocument.objects.create(
            meeting=meeting, file=file, name=fitting_name(name, kind), added_by=by, added_at=clock.now()
        )
        journal.write("document.added", meeting, by=by, document=made.pk, name=made.name, sha256=file.sha256)
    return made


def remove_document(*, document: MeetingDocument, by: Person, on: date) -> None:
    """Take it away from the meeting; its content stays in the store. Raises AlreadyRemoved."""
    enforce(policy.can_add_documents(by, document.meeting, on=on))
    try:
        with transaction.atomic():
            DocumentRemoval.objects.create(document=document, removed_by=by, removed_at=clock.now())
            journal.write("document.removed", document.meeting, by=by, document=document.pk, name=document.name)
    except IntegrityError:
        raise minutes_refusals.AlreadyRemoved from None


@transaction.atomic
def restore_document(*, document: MeetingDocument, by: Person, on: date) -> None:
    """Raises NotRemoved, or AlreadyDeposited when the same content was deposited again meanwhile."""
    enforce(policy.can_add_documents(by, document.meeting, on=on))
    meeting = locked(document.meeting)
    same = MeetingDocument.objects.kept().filter(meeting=meeting, file=document.file_id).exclude(pk=document.pk).first()
    if same is not None:
        raise minutes_refusals.AlreadyDeposited(same)
    gone, _each = DocumentRemoval.objects.filter(document=document).delete()
    if not gone:
        raise minutes_refusals.NotRemoved
    journal.write("document.restored", meeting, by=by, document=document.pk, name=document.name)
