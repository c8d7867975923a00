"""Real processes: one is killed while it prepares claims, two prepare them at once."""

import json
import subprocess
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

from bench.volume import make_volume
from cordee.toolkit import clock
from cordee.toolkit.testing.processes import Start, bring_back, kill, starter
from cordee.treasury.actions.runs import advance_run, start_run
from cordee.treasury.models import ClaimLine, ClaimRun
from cordee.treasury.models.summary import summary_of

MARKS = 500
PREPARE = ("prepare_claims", "2024-2025", "year-end", "--json")
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


def lines_that_count() -> list[tuple]:
    return sorted(ClaimLine.objects.counted().values_list("attendance_id", "code", "halves", "run_id"))


def current_runs() -> int:
    return ClaimRun.objects.filter(is_current=True).count()


def output(process: subprocess.Popen[str]) -> dict:
    said, _error = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(said)


def prepared_again() -> dict:
    call_command(*PREPARE, stdout=(said := StringIO()))
    return json.loads(said.getvalue())


@pytest.mark.parametrize("stop", ["between", "within", "finishing"])
def test_a_process_killed_leaves_the_previous_drafts_and_running_again_gives_the_same(
    make_year: Make, stop: str, tmp_path
):
    start = make_year(prepared=True)
    before, lines_before = summary_of("2024-2025", "year-end"), lines_that_count()
    kill(start("-m", "cordee.treasury.tests.slow_run", stop))
    bring_back(tmp_path)
    assert (lines_that_count(), current_runs()) == (lines_before, 1)
    assert ClaimRun.objects.count() == 2, "the run that was killed is still there, and nobody sees it"
    assert prepared_again() == before


def test_a_process_killed_the_first_time_leaves_nothing_to_see(make_year: Make, tmp_path):
    start = make_year(prepared=False)
    kill(start("-m", "cordee.treasury.tests.slow_run", "between"))
    bring_back(tmp_path)
    assert (lines_that_count(), current_runs(), ClaimRun.objects.count()) == ([], 0, 1)
    assert len(prepared_again()["claims"]) == 15


def test_two_at_once_give_the_same(make_year: Make, tmp_path):
    start = make_year(prepared=False)
    both = [start("manage.py", *PREPARE), start("manage.py", *PREPARE)]
    one, other = [output(process) for process in both]
    assert one == other
    bring_back(tmp_path)
    assert current_runs() == 1
    assert len(lines_that_count()) == sum(claim["lines"] for claim in one["claims"])
