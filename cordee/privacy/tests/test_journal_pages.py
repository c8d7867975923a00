"""The journal on screen: who reads it, what it says, and that every act has its words."""

import ast
import re
from pathlib import Path

import pytest
from django.db import OperationalError

from cordee.communities.models import Community
from cordee.meetings.actions.marking import Mark, mark_attendance
from cordee.meetings.tests import factory
from cordee.people.actions.persons import correct_person
from cordee.privacy.wording import LABELS, acts_in_words
from cordee.records import journal
from cordee.records.models import JournalEntry
from cordee.toolkit.testing.worlds import kept

PACKAGE = Path(__file__).resolve().parents[2]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


world = kept(factory.world, clock=factory.TODAY)


@pytest.fixture
def paule(world):
    return world.participants[0]


@pytest.fixture
def sign_in(client):
    def enter(person):
        client.force_login(person.user, backend=BACKEND)
        return client

    return enter


def rename(world, person, last_name):
    fields = {"first_name": person.first_name, "email": person.email, "language": ""}
    correct_person(person=person, last_name=last_name, **fields, by=world.secretary, on=factory.TODAY)


def calls_of_write():
    """Each call of `journal.write` in the code, with its file."""
    for path in PACKAGE.rglob("*.py"):
        if not {"tests", "migrations"} & set(path.parts):
            for node in ast.walk(ast.parse(path.read_text())):
                named = getattr(node, "func", None)
                written = isinstance(named, ast.Attribute) and named.attr == "write"
                if written and getattr(named.value, "id", "") == "journal":
                    yield path, node


def test_every_act_that_is_written_has_its_words(db):
    literal = {call.args[0].value for _path, call in calls_of_write() if isinstance(call.args[0], ast.Constant)}
    assert len(literal) > 70
    assert literal - set(acts_in_words()) == set()


def test_every_detail_that_is_written_has_its_label():
    known = {"by", "in_the_name_of", "before", "after"}
    names = {word.arg for _path, call in calls_of_write() for word in call.keywords if word.arg} - known
    assert names - set(LABELS) == set()


@pytest.mark.parametrize("who", ["alice", "bob", "officer"])
def test_the_journal_is_searched_by_who_keeps_it_only(sign_in, world, who):
    assert sign_in(getattr(world, who)).get("/journal/").status_code == 403


def test_the_secretary_searches_by_name_act_day_and_request(sign_in, world, paule):
    rename(world, paule, "Piton")
    client = sign_in(world.secretary)
    page = client.get("/journal/").content.decode()
    assert "a corrigé la fiche" in page
    assert "<del>Piolet</del> <ins>Piton</ins>" in page
    today, request = factory.TODAY.isoformat(), JournalEntry.objects.latest("pk").request_id
    for question, found in (
        ("q=piton", True),
        ("q=inconnue", False),
        ("act=person.corrected", True),
        ("act=person.merged", False),
        (f"since={today}&until={today}", True),
        ("until=2020-01-01", False),
        (f"request={request}", True),
        ("request=une-autre-requete", False),
    ):
        answer = client.get(f"/journal/?{question}").content.decode()
        assert ("<ins>Piton</ins>" in answer) is found, question


def test_an_object_has_its_history_and_only_who_keeps_the_journal_reads_its_details(sign_in, world, paule):
    rename(world, paule, "Piton")
    address = f"/journal/people.person/{paule.pk}/"
    theirs = sign_in(world.secretary).get(address).content.decode()
    assert "a corrigé la fiche" in theirs
    assert "<ins>Piton</ins>" in theirs
    own = sign_in(paule).get(address).content.decode()
    assert "a corrigé la fiche" in own
    assert "<ins>Piton</ins>" not in own
    assert f'href="{address}"' in sign_in(paule).get(f"/personnes/{paule.pk}/").content.decode()


def test_the_history_of_a_group_holds_that_of_its_community(sign_in, world):
    journal.write("community.compensation_granted", Community.objects.create(group=world.group), by=world.secretary)
    page = sign_in(world.secretary).get(f"/journal/people.group/{world.group.pk}/").content.decode()
    assert "a inscrit la compensation accordée" in page


def test_who_read_a_record_is_for_the_person_and_who_keeps_the_journal(sign_in, world, paule):
    address = f"/journal/people.person/{paule.pk}/"
    assert sign_in(world.alice).get(f"/personnes/{paule.pk}/").status_code == 200
    assert sign_in(world.alice).get(address).status_code == 403
    assert "a consulté la fiche" in sign_in(paule).get(address).content.decode()


@pytest.mark.parametrize("address", ["people.person/999999", "people.user/1", "nulle.part/1", "meetings.meeting/x"])
def test_what_one_does_not_see_has_no_history(sign_in, world, address):
    assert sign_in(world.secretary).get(f"/journal/{address}/").status_code == 404


def test_the_history_of_a_meeting_holds_that_of_its_attendance(sign_in, world, paule):
    meeting = factory.meeting(world.group)
    mark_attendance(meeting=meeting, mark=Mark(paule.pk, "day", None), by=world.alice, on=factory.TODAY)
    assert JournalEntry.objects.filter(act="attendance.marked", subject_kind="meetings.attendance").exists()
    page = sign_in(world.secretary).get(f"/journal/meetings.meeting/{meeting.pk}/").content.decode()
    assert "a saisi des présences" in page


def test_a_meeting_one_does_not_see_has_no_history(sign_in, world):
    meeting = factory.meeting(world.group)
    address = f"/journal/meetings.meeting/{meeting.pk}/"
    assert sign_in(world.secretary).get(address).status_code == 200
    assert sign_in(world.alice).get(address).status_code == 200
    assert sign_in(world.participants[0]).get(address).status_code == 403
    assert sign_in(world.charlie).get(address).status_code == 404


def test_reading_the_record_of_another_is_an_act_and_reading_ones_own_is_not(sign_in, world, paule):
    sign_in(world.secretary).get(f"/personnes/{paule.pk}/", REMOTE_ADDR="192.0.2.44")
    entry = JournalEntry.objects.select_related("detail").get(act="person.read")
    assert (entry.actor_id, entry.subject_id, entry.channel) == (world.secretary.pk, str(paule.pk), "page")
    assert entry.detail.address == "192.0.2.44"
    sign_in(paule).get(f"/personnes/{paule.pk}/")
    assert JournalEntry.objects.filter(act="person.read").count() == 1


def test_whatever_leaves_as_a_file_is_an_act(sign_in, world):
    client = sign_in(world.secretary)
    assert client.get("/personnes/?file=csv&q=piolet").status_code == 200
    entry = JournalEntry.objects.select_related("detail").get(act="file.taken")
    assert entry.detail.payload["asked"] == "/personnes/?file=csv&q=piolet"
    assert entry.detail.payload["file"].endswith(".csv")
    client.head("/personnes/?file=csv")
    client.get("/personnes/")
    assert JournalEntry.objects.filter(act="file.taken").count() == 1


def test_the_journal_itself_leaves_as_a_file_and_says_so(sign_in, world, paule):
    rename(world, paule, "Piton")
    answer = sign_in(world.secretary).get("/journal/?file=csv").content.decode("utf-8-sig")
    assert "a corrigé la fiche" in answer
    assert JournalEntry.objects.filter(act="file.taken").count() == 1


def test_a_file_that_cannot_be_written_in_the_journal_does_not_leave(sign_in, world, monkeypatch):
    def locked(*_arguments, **_keywords):
        raise OperationalError("database is locked")

    monkeypatch.setattr("cordee.people.actions.reading.journal.write", locked)
    answer = sign_in(world.secretary).get("/personnes/?file=csv")
    assert answer.status_code == 503
    assert "Piolet" not in answer.content.decode()


def test_an_answer_given_for_another_says_for_whom(sign_in, world, paule):
    journal.write("meeting.answered", paule, by=world.secretary, in_the_name_of=paule, person=paule.pk)
    page = sign_in(world.secretary).get("/journal/?act=meeting.answered").content.decode()
    assert re.search(rf"a répondu à l’invitation\s+au nom de {paule.full_name}", page)
