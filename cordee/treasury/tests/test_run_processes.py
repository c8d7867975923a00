"""Real processes: one is killed while it prepares claims, two prepare them at once."""

import json
import signal
import subprocess
from collections.abc import Callable

import pytest

from bench.volume import make_volume
from cordee.toolkit import clock
from cordee.toolkit.testing.processes import Start, starter
from cordee.treasury.actions.runs import advance_run, start_run
from cordee.treasury.models import ClaimLine
from cordee.treasury.models.summary import summary_of

MARKS = 500
PREPARE = ("manage.py", "prepare_claims", "2024-2025", "year-end", "--json")
READ = """
import django, json; django.setup()
from cordee.treasury.models import ClaimRun
from cordee.treasury.tests.test_run_processes import lines_that_count
print(json.dumps([lines_that_count(), ClaimRun.objects.filter(is_current=True).count(), ClaimRun.objects.count()]))
"""
Make = Callable[..., Start]


@pytest.fixture
def make_year(transactional_db, tmp_path) -> Make:
    """Makes a year of MARKS marks, prepared or not, and gives what starts a Python of this project on it."""

    def make(*, prepared: bool) -> Start:
        make_volume(MARKS)
        if prepared:
            advance_run(start_run(year="2024-2025", period="year-end", by=None, on=clock.today()))
        return starter(tmp_path)

    return make


def lines_that_count() -> list[list]:
    return sorted(map(list, ClaimLine.objects.counted().values_list("attendance_id", "code", "halves", "run_id")))


def kill(process: subprocess.Popen[str]) -> None:
    """Once it is where it was told to stop."""
    assert process.stdout.readline() == "there\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()


def output(process: subprocess.Popen[str]) -> list | dict:
    said, _error = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(said)


@pytest.mark.parametrize("stop", ["between", "within", "finishing"])
def test_a_process_killed_leaves_the_previous_drafts_and_running_again_gives_the_same(make_year: Make, stop: str):
    start = make_year(prepared=True)
    before, lines_before = summary_of("2024-2025", "year-end"), lines_that_count()
    kill(start("-m", "cordee.treasury.tests.slow_run", stop))
    lines, current, runs = output(start("-c", READ))
    assert (lines, current) == (lines_before, 1)
    assert runs == 2, "the run that was killed is still there, and nobody sees it"
    assert output(start(*PREPARE)) == before


def test_a_process_killed_the_first_time_leaves_nothing_to_see(make_year: Make):
    start = make_year(prepared=False)
    kill(start("-m", "cordee.treasury.tests.slow_run", "between"))
    assert output(start("-c", READ)) == [[], 0, 1]
    assert len(output(start(*PREPARE))["claims"]) == 15


def test_two_at_once_give_the_same(make_year: Make):
    start = make_year(prepared=False)
    both = [start(*PREPARE), start(*PREPARE)]
    one, other = [output(process) for process in both]
    assert one == other
    lines, current, _runs = output(start("-c", READ))
    assert current == 1
    assert len(lines) == sum(claim["lines"] for claim in one["claims"])
