"""Two servers and two workers of one house, on PostgreSQL and S3: nothing that one of them knows is its own."""

import importlib
import os
import re
import signal
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import boto3
import pytest
import requests
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from moto.server import ThreadedMotoServer

from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.records.models import Message
from cordee.records.outbox import Letter, deliver, post
from cordee.toolkit.models import WorkerBeat
from cordee.toolkit.testing.mailserver import MailServer
from cordee.toolkit.testing.processes import database_of_the_test
from tests.test_serving import free_port, wait_until

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("default::DeprecationWarning"),
]
ROOT = Path(__file__).resolve().parent.parent
PASSWORD, LETTERS = "corde-dynamique-9mm", 30
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TICKET = re.compile(r"/rencontres/ici/[\w:-]+/")
CODE = re.compile(r"/rencontres/ici/\d+/[\w-]+/")
KEYS = {"AWS_ACCESS_KEY_ID": "essai", "AWS_SECRET_ACCESS_KEY": "essai", "AWS_DEFAULT_REGION": "ca-central-1"}


@dataclass
class Person:
    """A browser: the two servers are one address for it, so it has one set of cookies."""

    browser: requests.Session = field(default_factory=requests.Session)

    def open(self, server: "Server", path: str, **headers: str) -> requests.Response:
        return self.browser.get(server.address + path, headers=headers, timeout=30)

    def send(self, server: "Server", path: str, page: str = "", **sent) -> requests.Response:
        """The form of a page, with the token that the page gave."""
        token = TOKEN.search(self.open(server, page or path).text)[1]
        data = {"csrfmiddlewaretoken": token, **sent.pop("data", {})}
        return self.browser.post(server.address + path, data=data, timeout=30, allow_redirects=False, **sent)

    def sign_in(self, server: "Server", person, password: str = PASSWORD) -> bool:
        given = {"login": person.email, "password": password}
        return self.send(server, "/compte/login/", data=given).status_code == 302


class Server:
    """A machine with a server and a worker of its own, and a folder that the other does not have."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        (folder / "static").mkdir(parents=True)
        self.port, self.log = free_port(), (folder / "log").open("w")
        command = importlib.import_module("launcher.server").command("127.0.0.1", self.port, 1, [("manage.py", "work")])
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**env, "CORDEE_DATA": str(folder)}, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip

    def is_up(self) -> bool:
        try:
            return requests.get(f"{self.address}/sante/vivant/", timeout=30).ok
        except requests.ConnectionError:
            return False

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def bucket(monkeypatch) -> Iterator[str]:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    client, name = boto3.client("s3", endpoint_url=endpoint), f"cordee-{uuid.uuid4().hex}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "ca-central-1"})
    client.close()
    yield f"s3://{name}/recus?endpoint={endpoint}&region=ca-central-1"
    server.stop()


@pytest.fixture
def world():
    """Alice, liaison, has an account with a password; thirty letters wait to be sent."""
    made = factory.world()
    for person in (made.alice, made.participants[0]):
        person.user.set_password(PASSWORD)
        person.user.save()
    for at in range(LETTERS):
        post(Letter(key=f"test.{at}", kind="test", person_id=at, to=f"a{at}@exemple.test", subject="Objet", text="Mot"))
    deliver.enqueue()
    return made


@pytest.fixture
def two(world, bucket, mail, tmp_path, monkeypatch) -> Iterator[tuple[Server, Server]]:
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    env = {
        **os.environ, "CORDEE_MODE": "test", "CORDEE_CLOCK": factory.DAY.isoformat(), "CORDEE_FILES": bucket,
        "DATABASE_URL": database_of_the_test(tmp_path), "PYTHONUTF8": "1", **mail.variables(),
    }  # fmt: skip
    with ExitStack() as ending:
        servers = [Server(tmp_path / name, env) for name in ("one", "other")]
        for server in servers:
            ending.callback(server.stop)
        wait_until(lambda: all(server.is_up() for server in servers))
        yield servers[0], servers[1]
    for name in [name for name in sys.modules if name.split(".")[0] == "launcher"]:
        monkeypatch.delitem(sys.modules, name)


def test_what_one_of_two_knows_the_other_knows(two, world, mail):
    one, other = two
    alice = Person()
    assert alice.sign_in(one, world.alice)
    a_session_goes_on_at_the_other(alice, one, other)
    a_file_dropped_at_one_is_read_at_the_other(alice, one, other, world)
    a_code_shown_by_one_is_taken_by_the_other(alice, one, other, world)
    rules_put_in_force_are_seen_by_both(alice, one, other)
    wrong_passwords_are_counted_together(one, other, world.participants[0])
    each_letter_left_once_and_each_task_was_done_once(mail)
    one.kill()
    assert alice.open(other, "/rencontres/").ok
    assert Person().sign_in(other, world.alice)


def a_session_goes_on_at_the_other(alice, one, other):
    chosen = alice.send(one, "/langue/", page="/rencontres/", data={"language": "en", "next": "/"})
    assert chosen.status_code == 302
    assert '<html lang="en-CA"' in alice.open(other, "/rencontres/").text
    alice.send(other, "/langue/", page="/rencontres/", data={"language": "fr", "next": "/"})
    assert '<html lang="fr-CA"' in alice.open(one, "/rencontres/").text


def a_file_dropped_at_one_is_read_at_the_other(alice, one, other, world):
    content, path = b"%PDF-1.7 une corde", f"/rencontres/{world.meeting.pk}/documents/"
    assert alice.send(one, path, files={"files": ("plan.pdf", content)}).status_code == 302
    found = re.search(r"/rencontres/documents/\d+/", alice.open(other, path).text)[0]
    assert alice.open(other, found).content == content


def a_code_shown_by_one_is_taken_by_the_other(alice, one, other, world):
    code = CODE.search(alice.open(one, f"/rencontres/{world.meeting.pk}/ecran/").text)[0]
    telephone = Person()
    ticket = TICKET.search(telephone.open(other, code).text.replace(code, ""))[0]
    servers, typed = (
        (one, other, one, other, one),
        [world.participants[1].email, *(f"x{n}@exemple.test" for n in "234")],
    )
    answers = [
        telephone.send(server, ticket, page=f"{ticket}?autre", data={"address": address}).status_code
        for server, address in zip(servers, [*typed, "x5@exemple.test"], strict=True)
    ]
    assert answers == [302] * 5
    assert telephone.send(other, ticket, data={"address": "x6@exemple.test"}).status_code == 429
    assert Attendance.objects.get(person=world.participants[1]).portion == "day"


def rules_put_in_force_are_seen_by_both(alice, one, other):
    path = "/cadre/2024-2025/"
    before = [alice.open(server, path).text for server in (one, other)]
    call_command("load_edition", "2024-2025", "--in-force")
    after = [alice.open(server, path).text for server in (one, other)]
    assert "280" in after[0] and "280" in after[1]
    assert "280" not in before[0] and "280" not in before[1]


def wrong_passwords_are_counted_together(one, other, person):
    for server in (one, other, one, other, one):
        assert not Person().sign_in(server, person, "pas-le-bon-mot")
    assert not Person().sign_in(other, person), "the sixth is one too many, right as it is"


def each_letter_left_once_and_each_task_was_done_once(mail):
    wait_until(lambda: not Message.objects.with_state().filter(state="waiting").exists())
    wait_until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())
    assert WorkerBeat.objects.count() == 2
    assert Counter(letter["To"] for letter in mail.letters)["a7@exemple.test"] == 1
    assert len({letter["Message-ID"] for letter in mail.letters}) == len(mail.letters) >= LETTERS
    assert {len(task.worker_ids) for task in DBTaskResult.objects.order_by("pk")} == {1}
