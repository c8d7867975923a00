"""One row in plain SQL is the row Django would have written."""

import pytest

from cordee.people.models import Person
from cordee.records.models import ImportBatch
from cordee.toolkit import clock, rows

pytestmark = pytest.mark.django_db


def test_a_row_written_comes_back_as_it_was():
    batch = ImportBatch(kind="rows", file_name="é.xlsx", sha256="0", created_at=clock.now(), proposal={"a": [1, "é"]})
    rows.insert(batch)
    found = ImportBatch.objects.get(pk=batch.pk)
    assert (found.file_name, found.created_at, found.proposal) == ("é.xlsx", batch.created_at, {"a": [1, "é"]})
    assert found.applied_at is None and not batch._state.adding


def test_only_the_fields_named_are_written():
    person = Person.objects.create(first_name="Ariane", last_name="Corde")
    person.first_name, person.last_name = "Aline", "Mousqueton"
    rows.update(person, ["first_name"])
    person.refresh_from_db()
    assert person.full_name == "Aline Corde"


def test_a_row_that_has_gone_is_not_written_in_silence():
    person = Person.objects.create(first_name="Ariane", last_name="Corde")
    gone = Person.objects.get(pk=person.pk)
    person.delete()
    with pytest.raises(Person.DoesNotExist):
        rows.update(gone, ["first_name"])
