"""Django’s SQLite, for several who write at once: whoever finds the file taken looks again each millisecond.

SQLite lets one act write at a time. Its own wait sleeps 1, 2, 5, 10 … 100 ms between two looks, while an act holds the
file for three: those who waited slept on beside a free file, and the last to come were served before them.
"""

import sqlite3
from time import monotonic, sleep

from django.db.backends.sqlite3 import base

PAUSE = 0.001


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """Raises OperationalError (« locked ») once the `timeout` of the settings, in seconds, has gone by."""
        timeout = self.settings_dict["OPTIONS"]["timeout"]
        deadline = monotonic() + timeout
        self._wait_at_most(0)
        try:
            with self.wrap_database_errors:
                while not self._begun(last=monotonic() >= deadline):
                    sleep(PAUSE)
        finally:
            self._wait_at_most(timeout)

    def _begun(self, *, last: bool) -> bool:
        """Begin if the file is free; the last time, that it is not is an error. Without a cursor of Django’s: a look
        that finds nothing must cost little to the thread that works beside."""
        try:
            self.connection.execute(f"BEGIN {self.transaction_mode}")
        except sqlite3.OperationalError as error:
            if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:  # its variants stand in the higher bits
                raise
            return False
        return True

    def _wait_at_most(self, seconds: float) -> None:
        """How long SQLite itself waits: not for a transaction, but still for a statement that stands alone."""
        self.connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
