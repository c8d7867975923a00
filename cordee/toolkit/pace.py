"""How often something may be done, counted by all processes together: a row a thing, one statement a count.

In the transaction of the act it holds back, so that counting costs no wait for the disk of its own.
"""

from hashlib import sha256
from time import time

from django.db import connection

from cordee.toolkit.models import Count

KEPT = 86_400  # seconds; no count runs longer
COUNT = """
    INSERT INTO {table} (what, since, done) VALUES (%s, %s, 1)
    ON CONFLICT (what) DO UPDATE SET
        done = CASE WHEN {table}.since <= %s THEN 1 ELSE {table}.done + 1 END,
        since = CASE WHEN {table}.since <= %s THEN excluded.since ELSE {table}.since END
    RETURNING done
"""


def within(what: str, *, most: int, seconds: int) -> bool:
    """Count one more `what`; False once it was done more than `most` times in `seconds` from the first.

    What is counted is kept as its hash: it may be an address or hold a secret.
    """
    now = int(time())
    named = sha256(what.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=Count._meta.db_table), [named, now, now - seconds, now - seconds])
        done: int = cursor.fetchone()[0]
    return done <= most


def forget() -> None:
    """Drop the counts that have run out."""
    Count.objects.filter(since__lt=int(time()) - KEPT).delete()
