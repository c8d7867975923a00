"""The worker beside the server: started again when it dies, stopped in order with it."""

import importlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def supervision(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    module = importlib.import_module("launcher.supervision")
    monkeypatch.setattr(module, "PAUSES", (0, 0.05))
    yield module
    for name in [name for name in sys.modules if name.split(".")[0] == "launcher"]:
        monkeypatch.delitem(sys.modules, name)


def running(supervision, monkeypatch, code):
    """The worker is a Python that runs `code`."""
    monkeypatch.setattr(supervision, "worker_command", lambda: [sys.executable, "-c", code])


def until(condition):
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_a_worker_that_dies_is_started_again_after_a_pause(supervision, monkeypatch, tmp_path):
    marks = tmp_path / "marks"
    running(supervision, monkeypatch, f"open({str(marks)!r}, 'a').write('x')")
    with supervision.working({}, tmp_path / "log") as worker:
        assert until(lambda: worker.look() or (marks.exists() and len(marks.read_text()) >= 3))
        assert worker.deaths >= 2


def test_a_worker_is_asked_to_stop_and_its_task_ends(supervision, monkeypatch, tmp_path):
    ended = tmp_path / "ended"
    asked = f"lambda *_: (open({str(ended)!r}, 'w'), exit())"
    code = f"import signal, time; signal.signal(15, {asked}); print(1, flush=True); time.sleep(60)"
    running(supervision, monkeypatch, code)
    with supervision.working({}, tmp_path / "log"):
        assert until(lambda: (tmp_path / "log").read_text() == "1\n")
    assert ended.exists()


def test_one_that_does_not_stop_is_killed(supervision, monkeypatch, tmp_path):
    monkeypatch.setattr(supervision, "STOP_LIMIT", 0.2)
    running(
        supervision,
        monkeypatch,
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
    )
    with supervision.working({}, tmp_path / "log") as worker:
        assert until(lambda: (tmp_path / "log").read_text() == "1\n")
    assert worker.process.returncode == -signal.SIGKILL


SERVE = """
import sys; sys.path.insert(0, "bin")
from launcher import supervision
supervision.worker_command = lambda: [sys.executable, "-c", "import time; time.sleep(60)"]
server = "import signal, sys, time; signal.signal(15, lambda *_: sys.exit(0)); print('up', flush=True); time.sleep(60)"
sys.exit(supervision.run([sys.executable, "-c", server if sys.argv[1] == "lives" else "pass"], {}))
"""


def serve(how):
    return subprocess.Popen([sys.executable, "-c", SERVE, how], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_signal_stops_both_and_is_no_failure():
    command = serve("lives")
    assert command.stdout.readline() == "up\n"
    command.send_signal(signal.SIGTERM)
    command.communicate(timeout=20)
    assert command.returncode == 0


def test_a_server_that_ends_by_itself_is_a_failure():
    command = serve("dies")
    command.communicate(timeout=20)
    assert command.returncode == 1
