"""`bin/serve` as a technician starts it: a whole production, asked from outside, then told to stop."""

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRET = "k9-2mQ8xvT4bZr7wLp1nYs6dHf3gJc0aVeUtOiRyEuWqXz5" + "B4nM7-xx"
PASSWORD, ADDRESS = "corde-dynamique-9mm", "josee.bivouac@exemple.test"
ACCOUNT = f"""
from cordee.people.models import Person, User
person = Person.objects.create(first_name="Josée", last_name="Bivouac", email="{ADDRESS}")
User.objects.create_user(email="{ADDRESS}", password="{PASSWORD}", person=person)
"""
HOST = "cordee.exemple.test"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Service:
    """A production on data of its own."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port, self.figures = folder / "data", free_port(), free_port()
        self.errors = (folder / "errors").open("w+")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CORDEE_", "DATABASE_"))}
        self.env = {
            **kept, "CORDEE_MODE": "production", "CORDEE_SECRET_KEY": SECRET, "CORDEE_HOSTS": HOST,
            "CORDEE_DATA": str(self.data), "CORDEE_PORT": str(self.port), "PYTHONWARNINGS": "default",
            "CORDEE_METRICS": f"127.0.0.1:{self.figures}", "CORDEE_REPLICA": f"file://{folder}/replica",
        }  # fmt: skip

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)

    def start(self, *options: str) -> None:
        command = [sys.executable, "bin/launcher", "--inside", "serve", *options]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stderr=self.errors, stdout=subprocess.DEVNULL, start_new_session=True
        )
        wait_until(lambda: self.ask("GET", "/sante/", secure=False)[0] == 200)

    def ask(self, method: str, path: str, body: str = "", *, secure: bool = True, host: str = HOST, **headers: str):
        """(status, headers, body), as the proxy in front asks; status 0 when nobody listens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": host, "X-Forwarded-Proto": "https" if secure else "http", **headers}
        try:
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except ConnectionRefusedError:
            return 0, {}, b""
        finally:
            connection.close()

    def logged(self) -> list[dict]:
        self.errors.flush()
        lines = Path(self.errors.name).read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


def wait_until(condition, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("service"))
    try:
        service.start("--migrate")
        made = service.run("manage.py", "shell", "--no-imports", "-c", ACCOUNT)
        assert made.returncode == 0, made.stderr
        yield service
    finally:
        service.process.terminate()
        service.process.wait(60)
        service.errors.close()


def sign_in(service: Service, query: str = "", **fields: str):
    _status, headers, page = service.ask("GET", f"/compte/login/{query}")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
    cookie = headers["Set-Cookie"].partition(";")[0]
    return service.ask(
        "POST", f"/compte/login/{query}",
        urlencode({"login": ADDRESS, "password": PASSWORD, "csrfmiddlewaretoken": token, **fields}),
        **{"Cookie": cookie, "Referer": f"https://{HOST}/", "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip


def test_it_is_ready_with_its_worker(service):
    wait_until(lambda: json.loads(service.ask("GET", "/sante/")[2])["travail"])
    assert json.loads(service.ask("GET", "/sante/")[2]) == {"base": True, "migrations": True, "travail": True}


def test_only_https_and_its_own_name_are_answered(service):
    status, headers, _body = service.ask("GET", "/compte/login/", secure=False)
    assert (status, headers["Location"]) == (301, f"https://{HOST}/compte/login/")
    assert service.ask("GET", "/compte/login/", host="malveillant.exemple.test")[0] == 400


def test_every_page_comes_with_its_guards(service):
    _status, headers, _page = service.ask("GET", "/compte/login/")
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert {"private", "no-cache"} & set(re.findall(r"[\w-]+", headers["Cache-Control"]))
    assert "public" not in headers["Cache-Control"]


def test_cookies_are_for_this_site_over_https_and_no_script(service):
    _status, headers, _body = sign_in(service)
    cookie = next(one for one in headers.get_all("Set-Cookie") if one.startswith("sessionid="))
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_page_of_a_person_is_kept_by_no_cache_between(service):
    _status, headers, _body = sign_in(service)
    cookie = next(one for one in headers.get_all("Set-Cookie") if one.startswith("sessionid=")).partition(";")[0]
    status, headers, _body = service.ask("GET", "/", Cookie=cookie)
    assert status == 200
    assert "private" in headers["Cache-Control"]
    assert "Cookie" in headers["Vary"]


def test_a_form_of_another_site_is_refused(service):
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={'a' * 32}"}
    body = urlencode({"login": ADDRESS, "password": PASSWORD, "csrfmiddlewaretoken": "a" * 32})
    foreign = service.ask("POST", "/compte/login/", body, **form, Origin="https://malveillant.exemple.test")
    silent = service.ask("POST", "/compte/login/", body, **form)
    tokenless = service.ask("POST", "/compte/login/", "login=x", Referer=f"https://{HOST}/")
    assert {foreign[0], silent[0], tokenless[0]} == {403}


@pytest.mark.parametrize("target", ["https://malveillant.exemple.test/", "//malveillant.exemple.test", "javascript:1"])
def test_nobody_is_sent_elsewhere_after_signing_in(service, target):
    status, headers, _body = sign_in(service, f"?{urlencode({'next': target})}", next=target)
    assert status == 302
    assert headers["Location"] == "/"


def test_static_files_are_compressed_and_never_change(service):
    _status, _headers, page = service.ask("GET", "/compte/login/")
    sheet = re.search(rb'href="(/static/[^"]+\.css)"', page)[1].decode()
    status, headers, _body = service.ask("GET", sheet, **{"Accept-Encoding": "br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in headers["Cache-Control"]


def test_figures_are_told_apart_from_the_pages(service):
    service.ask("GET", "/compte/login/")
    connection = http.client.HTTPConnection("127.0.0.1", service.figures, timeout=10)
    connection.request("GET", "/metrics")
    said = connection.getresponse().read().decode()
    connection.close()
    assert 'cordee_requests_total{method="GET",route="account_login",status="200"}' in said
    assert "cordee_database_up 1.0" in said
    assert "cordee_worker_silence_seconds" in said
    assert service.ask("GET", "/metrics")[0] == 404


def test_the_logs_are_objects_that_name_nobody(service):
    assert sign_in(service)[0] == 302
    service.ask("GET", f"/nulle-part/{ADDRESS}/?q={ADDRESS}")
    lines = service.logged()
    assert ("account_login", 302) in {(line.get("route"), line.get("status")) for line in lines}
    assert all(line["request"] for line in lines if line.get("logger") == "cordee.access")
    assert ADDRESS not in Path(service.errors.name).read_text()
    assert "Bivouac" not in Path(service.errors.name).read_text()


def test_a_copy_is_made_while_it_serves_and_restored_only_once_it_does_not(service, tmp_path):
    made = service.run("bin/launcher", "--inside", "backup", str(tmp_path))
    assert made.returncode == 0, made.stderr
    copy = made.stdout.splitlines()[0]
    assert service.run("bin/launcher", "--inside", "restore", copy, "--check").returncode == 0
    refused = service.run("bin/launcher", "--inside", "restore", copy)
    assert refused.returncode == 1
    assert "arrêtez le service" in refused.stderr


@contextmanager
def others_asking(service: Service) -> Iterator[dict[str, object]]:
    """Three who ask for a page without a pause: by the identifier of each request, its status, or the problem.

    0 once nobody listens, which is asked again a little later, or when the system took the connection and nobody was
    left to read it.
    """
    answers: dict[str, object] = {}
    over = threading.Event()

    def ask():
        while not over.is_set():
            identifier = uuid.uuid4().hex
            try:
                answers[identifier] = service.ask("GET", "/compte/login/", **{"X-Request-Id": identifier})[0]
            except ConnectionResetError:
                answers[identifier] = 0
            except (OSError, http.client.HTTPException) as problem:
                answers[identifier] = repr(problem)
            if not answers[identifier]:
                over.wait(0.02)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


def test_no_request_is_lost_when_it_stops(service):
    """One waits for the database when the stop is asked: it is answered. Others come meanwhile: whole or refused."""
    before, answers = sessions(service), []
    writer = sqlite3.connect(service.data / "cordee.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    slow = threading.Thread(target=lambda: answers.append(sign_in(service)[0]))
    slow.start()
    time.sleep(1)  # alone: it is sooner at the database
    with others_asking(service) as others:
        time.sleep(0.5)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(1.5)
        writer.execute("COMMIT")
        writer.close()
        slow.join(30)
        assert service.process.wait(60) == 0
    assert answers == [302]
    assert sessions(service) == before + 1
    assert set(others.values()) == {200, 0}
    begun = {line["request"] for line in service.logged() if line["logger"] == "cordee.access"} & set(others)
    assert begun == {identifier for identifier, status in others.items() if status}, "what it began, it answered"


def sessions(service: Service) -> int:
    with sqlite3.connect(service.data / "cordee.sqlite3") as read:
        (count,) = read.execute("SELECT count(*) FROM django_session").fetchone()
    read.close()
    return count


def restored_from_the_replica(service: Service, folder: Path) -> None:
    """As on a new machine: the same settings, another folder."""
    before, service.data = service.data, folder
    service.env = {**service.env, "CORDEE_DATA": str(folder)}
    done = service.run("bin/launcher", "--inside", "restore", "--replica")
    assert done.returncode == 0, done.stderr
    for name in ("static", "stylesheet", "prepared.json"):  # made again from the code otherwise, in seconds
        before.joinpath(name).rename(folder / name)


def kill_litestream(service: Service) -> None:
    told, found = f"{service.data}/litestream.json", []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # a process that has ended meanwhile
            words = path.read_text().split("\0")
            found += [int(path.parent.name)] if words[0].endswith("/litestream") and told in words else []
    [number] = found
    os.kill(number, signal.SIGKILL)


def test_what_it_wrote_last_is_in_the_replica(service, tmp_path):
    """It runs after the stop: Litestream is the last to end."""
    expected = sessions(service)
    restored_from_the_replica(service, tmp_path / "elsewhere")
    assert sessions(service) == expected


def test_what_was_restored_serves_and_is_replicated_in_its_turn_were_litestream_dead_when_it_stops(service, tmp_path):
    expected = sessions(service)
    service.start()
    kill_litestream(service)
    assert sign_in(service)[0] == 302
    service.process.terminate()
    assert service.process.wait(60) == 0
    restored_from_the_replica(service, tmp_path / "third")
    assert sessions(service) == expected + 1
