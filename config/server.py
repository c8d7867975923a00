"""`python -m config.server GRANIAN’S ARGUMENTS [+ COMMAND]…`: the server, and the commands kept beside it.

The application is loaded once, and the server, its workers and each `manage.py …` are forks of who loaded it: what they
never change they share, a third of the memory of each. Frozen, it is not walked through by the collector, which would
copy it by marking it. A command that is none of the application’s is a program of its own.
"""

import gc
import os
import sys
from collections.abc import Sequence
from itertools import groupby

from django.core.management import call_command
from django.db import connections
from granian.cli import entrypoint

from config.keeping import keep

OURS = "manage.py"
# A page that sorts by a name without its accents leaves all it read to the collector (django.db.models.sql.query,
# setup_joins: a function that holds the exception that holds it). By Python’s own pace ten such pages wait for it.
PACE = (5000, 2, 2)


def load() -> None:
    """Half the objects of a start are dropped again: collected at the end, they leave no holes in what is shared."""
    gc.disable()
    import config.wsgi  # noqa: F401 (loaded to be shared)
    from config import urls  # noqa: F401

    connections.close_all()  # none may pass to two processes
    gc.collect()
    gc.freeze()
    gc.set_threshold(*PACE)
    gc.enable()


def serve(words: Sequence[str]) -> None:
    sys.argv[1:] = words
    entrypoint()


def work(words: Sequence[str]) -> None:
    if words[0] == OURS:
        import config.wsgi  # noqa: F401 (loaded already, where this is a fork)

        call_command(*words[1:])
    else:
        os.execv(words[0], list(words))


if __name__ == "__main__":
    load()
    server, *beside = ([*words] for is_plus, words in groupby(sys.argv[1:], lambda word: word == "+") if not is_plus)
    sys.exit(keep((serve, server), [(work, words) for words in beside]))
