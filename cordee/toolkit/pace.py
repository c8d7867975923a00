"""How often something may be done, counted in the cache of each server process: a brake, not a wall."""

from django.core.cache import caches


def within(what: str, *, most: int, seconds: int) -> bool:
    """Count one more `what`; False once it was done more than `most` times in `seconds` from the first."""
    cache = caches["process"]
    cache.add(f"pace:{what}", 0, timeout=seconds)
    try:
        return cache.incr(f"pace:{what}") <= most
    except ValueError:  # it ran out, or was dropped, between the two
        return True
