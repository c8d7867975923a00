"""The journal: where an act comes from, its seal, what the verification finds, and what it accepts."""

import threading
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from cordee.people.models import Person
from cordee.records import journal, sealing
from cordee.records.models import JournalDetail, JournalEntry, JournalSeal
from cordee.toolkit import triggers
from cordee.toolkit.middleware import request_identifier
from cordee.toolkit.origin import PAGE, Origin, of_request, origin

pytestmark = pytest.mark.django_db
TABLES = ("records_journalentry", "records_journaldetail", "records_journalseal")


@pytest.fixture
def alice(db):
    return Person.objects.create(first_name="Alice", last_name="Arête")


@pytest.fixture
def chain(alice):
    """Six entries, sealed; the even ones hold something personal."""
    for number in range(6):
        journal.write("person.created", alice, by=alice, **({"name": f"Alice {number}"} if number % 2 else {}))
    assert sealing.seal.call() == 6
    return list(JournalEntry.objects.order_by("pk"))


@contextmanager
def behind_the_back_of_the_house():
    """As someone who holds the database could: without triggers or foreign keys."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        with triggers.set_aside():
            yield cursor


def faults(**options):
    return sealing.verify(**options).faults


def test_an_act_says_whence_under_which_request_and_for_whom(alice):
    bob = Person.objects.create(first_name="Bob", last_name="Bivouac")
    request, came_from = request_identifier.set("demande-1234"), origin.set(Origin(PAGE, "192.0.2.7"))
    try:
        entry = journal.write("person.created", alice, by=bob, in_the_name_of=alice)
        own = journal.write("person.created", alice, by=alice, in_the_name_of=alice)
    finally:
        request_identifier.reset(request)
        origin.reset(came_from)
    kept = JournalEntry.objects.select_related("detail").get(pk=entry.pk)
    assert (kept.actor_id, kept.for_id, kept.channel) == (bob.pk, alice.pk, "page")
    assert (kept.request_id, kept.detail.address) == ("demande-1234", "192.0.2.7")
    assert own.for_id is None


def test_a_page_gives_the_address_its_proxy_wrote(settings):
    forged = RequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.5"})
    settings.HTTPS = True
    assert of_request(forged) == Origin(PAGE, "203.0.113.5")
    settings.HTTPS = False
    assert of_request(forged) == Origin(PAGE, "127.0.0.1")


def test_a_chain_that_nobody_touched_holds(chain):
    found = sealing.verify()
    assert (found.sealed, found.waiting, found.erased, found.faults) == (6, 0, 0, [])
    last = JournalSeal.objects.order_by("-position").first()
    assert found.head == f"6:{last.hash}"
    assert faults(expected=found.head) == []


def test_sealing_again_seals_only_what_is_new(chain, alice):
    assert sealing.seal.call() == 0
    journal.write("person.created", alice, by=alice)
    assert sealing.verify().waiting == 1
    assert sealing.seal.call() == 1
    assert list(JournalSeal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert faults() == []


def test_an_entry_that_comes_late_is_sealed_after_those_that_were_there(alice):
    first, second = (journal.write("person.created", alice, by=alice) for _ in range(2))
    JournalSeal.objects.bulk_create(sealing._links(None, [second]))  # the first was not committed yet
    assert sealing.seal.call() == 1
    assert list(JournalSeal.objects.order_by("position").values_list("entry", flat=True)) == [second.pk, first.pk]
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE records_journalentry SET act = 'person.merged' WHERE id = {id}", "a été changée"),
        ("UPDATE records_journalentry SET actor_id = 999 WHERE id = {id}", "a été changée"),
        ("UPDATE records_journalentry SET at = '2020-01-01 00:00:00+00:00' WHERE id = {id}", "a été changée"),
        ('UPDATE records_journaldetail SET payload = \'{{"name": "Bob"}}\' WHERE entry_id = {id}', "été changé"),
        ("UPDATE records_journaldetail SET address = '192.0.2.1' WHERE entry_id = {id}", "été changé"),
        (
            "UPDATE records_journaldetail SET payload = '{{}}', salt = '', address = '' WHERE entry_id = {id}",
            "vidé sans acte",
        ),
        ("DELETE FROM records_journaldetail WHERE entry_id = {id}", "détail de l’écriture {id} a été retiré"),
        ("DELETE FROM records_journalseal WHERE entry_id = {id}", "a perdu des maillons"),
        ("UPDATE records_journalseal SET position = 999 WHERE entry_id = {id}", "a perdu des maillons"),
    ],
)
def test_what_was_changed_behind_its_back_is_named(chain, change, said):
    pk = chain[3].pk
    with behind_the_back_of_the_house() as cursor:
        cursor.execute(change.format(id=pk))
    found = faults()
    assert any(said.format(id=pk) in fault for fault in found), found


def test_an_entry_that_was_removed_is_named(chain):
    pk = chain[2].pk  # without a detail
    with behind_the_back_of_the_house() as cursor:
        cursor.execute("DELETE FROM records_journalentry WHERE id = %s", [pk])
        found = faults()
        # Put back, so that the transaction of the test may end: the foreign key of the seal is looked at then.
        chain[2].save(force_insert=True)
    assert found == [f"L’écriture {pk}, scellée à la position 3, a été retirée."]


def test_two_entries_that_changed_places_are_named(chain):
    first, second = chain[1].pk, chain[4].pk
    with behind_the_back_of_the_house() as cursor:
        for was, becomes in ((first, -1), (second, first), (-1, second)):
            cursor.execute("UPDATE records_journalseal SET entry_id = %s WHERE entry_id = %s", [becomes, was])
    assert [fault for fault in faults() if "plus à sa place" in fault] == [
        f"L’écriture {second} (position 2) a été changée, ou n’est plus à sa place.",
        f"L’écriture {first} (position 5) a été changée, ou n’est plus à sa place.",
    ]


def test_a_chain_cut_or_written_anew_no_longer_holds_the_head_that_was_noted(chain, alice):
    noted = sealing.verify().head
    with behind_the_back_of_the_house() as cursor:
        cursor.execute("DELETE FROM records_journalseal")
        cursor.execute("UPDATE records_journalentry SET act = 'person.merged'")
    sealing.seal.call()
    assert faults() == []  # consistent with itself
    assert len(faults(expected=noted)) == 1
    assert len(faults(expected="pas une tête")) == 1


def test_a_lawful_erasure_empties_and_the_chain_still_holds(chain, alice):
    personal = [entry.pk for entry in chain if hasattr(entry, "detail")]
    assert journal.erase(personal, alice, by=alice, ground="conservation échue") == 3
    sealing.seal.call()
    found = sealing.verify()
    assert (found.erased, found.faults) == (3, [])
    emptied = JournalDetail.objects.filter(entry__in=personal).order_by("pk")
    assert {(str(one.payload), one.salt, one.address) for one in emptied} == {("{}", "", "")}
    assert journal.erase(personal, alice, by=alice, ground="conservation échue") == 0


def test_an_erasure_itself_is_not_erased(chain, alice):
    journal.erase([chain[1].pk], alice, by=alice, ground="demande fondée")
    act = JournalEntry.objects.get(act=journal.ERASED)
    assert journal.erase([act.pk], alice, by=alice, ground="demande fondée") == 0
    assert JournalDetail.objects.get(entry=act).payload["entries"] == [chain[1].pk]


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_change_or_remove_what_is_written(chain, table):
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {CHANGED[table]}"):
        with pytest.raises(IntegrityError, match="journal_"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert faults() == []


CHANGED = {
    "records_journalentry": "act = 'x'",
    "records_journaldetail": 'payload = \'{"name": "Bob"}\'',
    "records_journalseal": "hash = 'x'",
}


def test_the_command_says_that_it_holds_or_ends_in_error(chain):
    told = StringIO()
    call_command("verify_journal", stdout=told)
    assert "Scellées : 6." in told.getvalue()
    assert "Le journal tient." in told.getvalue()
    with behind_the_back_of_the_house() as cursor:
        cursor.execute("UPDATE records_journalentry SET act = 'x' WHERE id = %s", [chain[0].pk])
    wrong = StringIO()
    with pytest.raises(CommandError, match="ne tient pas"):
        call_command("verify_journal", stdout=StringIO(), stderr=wrong)
    assert f"L’écriture {chain[0].pk}" in wrong.getvalue()


@pytest.mark.django_db(transaction=True)
def test_two_who_seal_at_once_make_one_chain():
    alice = Person.objects.create(first_name="Alice", last_name="Arête")
    for _ in range(40):
        journal.write("person.created", alice, by=alice)
    start = threading.Barrier(2)

    def work():
        start.wait(5)
        sealing.seal.call()
        connection.close()

    sealers = [threading.Thread(target=work) for _ in range(2)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join(20)
    found = sealing.verify()
    assert (found.sealed, found.waiting, found.faults) == (40, 0, [])
