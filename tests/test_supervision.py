"""What works beside the server: started again when it dies, stopped in order with it; the data said to be served."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# A service as config/server.py makes one, of a server and of one beside it that say what happens to them.
SERVICE = """
import os, signal, sys, time
from config import keeping

keeping.PAUSES, keeping.STOP_LIMIT, keeping.LOOK = (0.0, 0.05), 1.0, 0.05
marks = open(sys.argv[3], "a", buffering=1)

def told_to_end(*_):
    marks.write(f"{name} ends\\n")
    sys.exit(0)

def living(words):
    global name
    name = words[0]
    signal.signal(signal.SIGTERM, told_to_end)
    marks.write(f"{name} {os.getpid()}\\n")
    time.sleep(60)

def dying(words):
    marks.write(f"{words[0]} {os.getpid()}\\n")

def deaf(words):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    marks.write(f"{words[0]} {os.getpid()}\\n")
    time.sleep(60)

server, beside = (globals()[name] for name in sys.argv[1:3])
sys.exit(keeping.keep((server, ["server"]), [(beside, ["beside"])]))
"""


class Service:
    def __init__(self, marks: Path, server: str, beside: str) -> None:
        self.marks = marks
        command = [sys.executable, "-c", SERVICE, server, beside, str(marks)]
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)

    def said(self) -> list[str]:
        return self.marks.read_text().splitlines() if self.marks.exists() else []

    def pids(self, name: str) -> list[int]:
        return [int(line.split()[1]) for line in self.said() if line.split()[0] == name and line.split()[1].isdecimal()]

    def runs(self, server: int = 1, beside: int = 1) -> None:
        until(lambda: len(self.pids("server")) >= server and len(self.pids("beside")) >= beside)


@pytest.fixture
def service(tmp_path):
    started = []

    def start(server: str = "living", beside: str = "living") -> Service:
        started.append(Service(tmp_path / "marks", server, beside))
        return started[-1]

    yield start
    for one in started:
        with suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)  # with those it keeps
        one.process.wait()


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_that_dies_is_started_again(service):
    one = service(beside="dying")
    one.runs(beside=3)
    assert one.process.poll() is None


def test_one_that_is_killed_is_started_again_and_the_server_goes_on(service):
    one = service()
    one.runs()
    os.kill(one.pids("beside")[0], signal.SIGKILL)
    one.runs(beside=2)
    assert len(one.pids("server")) == 1


def test_a_signal_stops_both_the_server_first_and_is_no_failure(service):
    one = service()
    one.runs()
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(20) == 0
    assert one.said()[-2:] == ["server ends", "beside ends"]


def test_one_that_does_not_stop_is_killed(service):
    one = service(beside="deaf")
    one.runs()
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(20) == 0
    assert is_gone(one.pids("beside")[0])


def test_a_server_that_ends_by_itself_is_a_failure_and_leaves_nothing_behind(service):
    one = service(server="dying")
    assert one.process.wait(20) == 1
    assert all(is_gone(pid) for pid in one.pids("beside"))
