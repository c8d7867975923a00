"""Settings refuse what is unclear or weak, with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STRONG = "k9-2mQ8xvT4bZr7wLp1nYs6dHf3gJc0aVeUtOiRyEuWqXz5" + "B4nM7-xx"
PRODUCTION = {"CORDEE_MODE": "production", "CORDEE_SECRET_KEY": STRONG, "CORDEE_HOSTS": "cordee.exemple.test"}


def start(tmp_path, program="import config.settings", **environment):
    """Read the settings in a fresh process; returns its exit code and what it said."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**kept, "CORDEE_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stderr


def test_a_complete_production_starts(tmp_path):
    assert start(tmp_path, **PRODUCTION) == (0, "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"CORDEE_SECRET_KEY": "court"}, "CORDEE_SECRET_KEY"),
        ({"CORDEE_HOSTS": ""}, "CORDEE_HOSTS"),
        ({"CORDEE_HOSTS": "*"}, "CORDEE_HOSTS"),
        ({"CORDEE_HOSTS": ".exemple.test"}, "CORDEE_HOSTS"),
        ({"CORDEE_HOSTS": "https://cordee.exemple.test"}, "CORDEE_HOSTS"),
        ({"CORDEE_HOSTS": "cordee.exemple.test:8000"}, "CORDEE_HOSTS"),
        ({"CORDEE_HTTPS": "no"}, "CORDEE_HTTPS"),
        ({"CORDEE_SECRET_KEY": "ab" * 40}, "CORDEE_SECRET_KEY"),
        ({"CORDEE_REPLICA": "ftp://x"}, "CORDEE_REPLICA"),
        ({"CORDEE_REPLICA": "file:///r", "DATABASE_URL": "postgresql://u@h/n"}, "CORDEE_REPLICA"),
        ({"CORDEE_METRICS": "9100"}, "CORDEE_METRICS"),
        ({"CORDEE_FILES": "ftp://x"}, "CORDEE_FILES"),
        ({"CORDEE_CLOCK": "2025-01-20"}, "CORDEE_CLOCK"),
        ({"CORDEE_MODE": "prod"}, "CORDEE_MODE"),
        ({"CORDEE_HTTPS": "peut-être"}, "CORDEE_HTTPS"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    ],
)
def test_an_unclear_or_weak_setting_stops_the_start(tmp_path, change, said):
    code, words = start(tmp_path, **{**PRODUCTION, **change})
    assert code != 0
    assert said in words.splitlines()[-1]


def test_only_this_machine_does_without_https(tmp_path):
    assert start(tmp_path, **{**PRODUCTION, "CORDEE_HOSTS": "localhost", "CORDEE_HTTPS": "no"}) == (0, "")


@pytest.mark.parametrize("mode", ["production", "demo"])
def test_nothing_turns_the_pages_of_debugging_on(tmp_path, mode):
    """Neither Django's own name nor another: only the mode of those who write the code."""
    given = {**PRODUCTION, "CORDEE_MODE": mode, "DEBUG": "1", "DJANGO_DEBUG": "True", "CORDEE_DEBUG": "yes"}
    code, said = start(tmp_path, "import config.settings as s; assert not s.DEBUG", **given)
    assert (code, said) == (0, "")


def test_the_demonstration_clock_is_read_in_the_demonstration(tmp_path):
    assert start(tmp_path, CORDEE_MODE="demo", CORDEE_CLOCK="2025-01-20") == (0, "")
    code, words = start(tmp_path, CORDEE_MODE="demo", CORDEE_CLOCK="20 janvier")
    assert code != 0
    assert "CORDEE_CLOCK" in words
