"""A process that prepares claims and stops where it is told, to be killed there: `python -m … STOP`.

STOP is `between` (parts), `within` (a part's transaction) or `finishing` (the one that makes the run current).
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

    from cordee.toolkit import clock
    from cordee.treasury.actions import runs

    def wait(*args: Any, **kwargs: Any) -> None:
        print("there", flush=True)
        time.sleep(60)

    def then_wait(act: Callable[..., Any]) -> Callable[..., None]:
        return lambda *args: wait(act(*args))

    runs.PART_SIZE = 50
    stop = sys.argv[1]
    run = runs.start_run(year="2024-2025", period="year-end", by=None, on=clock.today())
    runs.advance_run(run, seconds=0)
    if stop == "within":
        runs.insert_lines = then_wait(runs.insert_lines)
    elif stop == "finishing":
        runs.journal.write = wait
    if stop != "between":
        runs.advance_run(run)
    wait()
