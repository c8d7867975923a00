"""The database refuses overlaps and changes to what is frozen, whoever asks, on both engines."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from cordee.people.models import Affiliation, Organization, Person
from cordee.records import journal
from cordee.records.models import JournalEntry

FIRST, LATER, LAST = date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1)


@pytest.fixture
def alice(db):
    return Person.objects.create(first_name="Alice", last_name="Arête")


@pytest.fixture
def centre(db):
    return Organization.objects.create(code="999000", short_name="CSS des Essais", kind="css")


def employ(person, organization, starts_on, ends_on=None):
    with transaction.atomic():
        return Affiliation.objects.create(
            person=person, organization=organization, category="professional", starts_on=starts_on, ends_on=ends_on
        )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((FIRST, None), (LATER, None)),
        ((FIRST, LAST), (LATER, None)),
        ((LATER, LAST), (FIRST, None)),
        ((FIRST, LAST), (FIRST, LAST)),
    ],
)
def test_two_employers_on_one_day_are_refused(alice, centre, first, second):
    employ(alice, centre, *first)
    with pytest.raises(IntegrityError, match="affiliation_overlap"):
        employ(alice, centre, *second)


def test_one_employer_after_the_other_is_fine(alice, centre):
    employ(alice, centre, FIRST, LATER)
    employ(alice, centre, LATER)
    assert alice.affiliations.count() == 2


def test_ten_thousand_rows_in_one_transaction_do_not_use_up_the_locks_of_the_server(centre):
    if connection.vendor != "postgresql":
        pytest.skip("advisory locks are PostgreSQL's")
    people = Person.objects.bulk_create(Person(first_name="Alex", last_name=str(at)) for at in range(10_000))
    Affiliation.objects.bulk_create(Affiliation(person=one, organization=centre, starts_on=FIRST) for one in people)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone()[0] <= 1024


def test_a_change_that_makes_an_overlap_is_refused(alice, centre):
    employ(alice, centre, FIRST, LATER)
    second = employ(alice, centre, LATER)
    with pytest.raises(IntegrityError, match="affiliation_overlap"), transaction.atomic():
        Affiliation.objects.filter(pk=second.pk).update(starts_on=FIRST)


def test_an_entry_of_the_journal_is_neither_changed_nor_removed(alice):
    entry = journal.write("person.created", alice, by=None, name="Alice")
    for change in (
        lambda: JournalEntry.objects.update(act="x"),
        lambda: JournalEntry.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="journal_append_only"), transaction.atomic():
            change()
    assert JournalEntry.objects.get().act == entry.act


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_one_is_refused():
    alice = Person.objects.create(first_name="Alice", last_name="Arête")
    centre = Organization.objects.create(code="999000", short_name="CSS des Essais", kind="css")
    start, refused = threading.Barrier(2), []

    def write():
        try:
            start.wait(5)
            employ(alice, centre, FIRST)
        except IntegrityError as error:
            refused.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(20)
    assert len(refused) == 1
    assert alice.affiliations.count() == 1
