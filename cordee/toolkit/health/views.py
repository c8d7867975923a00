"""Two answers for machines, open to all and without a word of anyone's: does it live, may it be sent requests?"""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cordee.toolkit.access import public, requires
from cordee.toolkit.background.revival import SILENCE
from cordee.toolkit.models import WorkerBeat


@require_safe
@never_cache
@requires(public)
def live(request: HttpRequest) -> JsonResponse:
    """The process answers: nothing else is asked, so that a database that is down restarts no server."""
    return JsonResponse({"vivant": True})


@require_safe
@never_cache
@requires(public)
def ready(request: HttpRequest) -> JsonResponse:
    """503 unless the database answers and has all the migrations of this code. The worker is told, and decides not."""
    try:
        migrated, works = is_migrated(), a_worker_lives()
        said = {"base": True, "migrations": migrated, "travail": works}
    except DatabaseError:
        said = {"base": False, "migrations": False, "travail": False}
    return JsonResponse(said, status=200 if said["base"] and said["migrations"] else 503)


def is_migrated() -> bool:
    """A database ahead of this code is no fault: the next version is being set up beside it."""
    return known_migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def known_migrations() -> set[tuple[str, str]]:
    """Those of the code, which a process reads once."""
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())


def a_worker_lives() -> bool:
    return WorkerBeat.objects.filter(seen_at__gt=timezone.now() - SILENCE).exists()
