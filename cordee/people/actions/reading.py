"""Reading what is held about others, and taking it away, are acts: the journal has them."""

from django.db import transaction

from cordee.people.models import Person
from cordee.records import journal

LONGEST = 300


def note_reading(*, subject: Person, by: Person) -> None:
    """`by` opened the record of someone else; one’s own is nobody’s business."""
    if subject.pk != by.pk:
        with transaction.atomic():
            journal.write("person.read", subject, by=by)


def note_file_taken(*, name: str, address: str, by: Person) -> None:
    """A file left the house: its name, and the address with the filters it was made by."""
    with transaction.atomic():
        journal.write("file.taken", by, by=by, file=name[:LONGEST], asked=address[:LONGEST])
