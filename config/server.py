"""`python -m config.server …`, with the arguments of granian: the application is loaded once, before its workers.

They are forks: what they never change they share, a third of the memory of each. Frozen, it is not walked through by
the collector, which would copy it by marking it.
"""

import gc
import multiprocessing
import sys

from django.db import connections
from granian.cli import entrypoint

if __name__ == "__main__":
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    # Half the objects of a start are dropped again: collected at the end, they leave no holes in what is shared.
    gc.disable()
    import config.wsgi  # noqa: F401 (loaded to be shared)
    from config import urls  # noqa: F401

    connections.close_all()  # none may pass to two processes
    gc.collect()
    gc.freeze()
    gc.enable()
    entrypoint()
