"""manage.py metrics HOST:PORT: the figures of this service, for Prometheus, apart from the pages."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connections
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from cordee.records.models import Message
from cordee.toolkit.models import WorkerBeat


class Command(BaseCommand):
    help = "Donne à Prometheus les chiffres du service, sur une adresse à part."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="par exemple 127.0.0.1:9100")

    def handle(self, *args: Any, **options: Any) -> None:
        host, _colon, port = options["address"].rpartition(":")
        registry, ending = CollectorRegistry(), threading.Event()
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            MultiProcessCollector(registry)
        registry.register(House())
        server, thread = start_http_server(int(port), host, registry)
        signal.signal(signal.SIGTERM, lambda *_: ending.set())
        ending.wait()
        server.shutdown()
        thread.join()


class House(Collector):
    """What the database says when it is asked; 0 for `cordee_database_up` when it says nothing."""

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            yield from gauges()
            yield GaugeMetricFamily("cordee_database_up", "Whether the database answers.", value=1)
        except DatabaseError:
            yield GaugeMetricFamily("cordee_database_up", "Whether the database answers.", value=0)
        finally:
            connections.close_all()  # each request has a thread of its own, and thus a connection


def gauges() -> Iterator[GaugeMetricFamily]:
    tasks = GaugeMetricFamily("cordee_tasks", "Background tasks, by state.", labels=["state"])
    for state, count in DBTaskResult.objects.order_by("status").values_list("status").annotate(Count("pk")):
        tasks.add_metric([state.lower()], count)
    yield tasks
    mail = GaugeMetricFamily("cordee_messages", "E-mails, by state.", labels=["state"])
    states = Message.objects.with_state().order_by("state").values_list("state").annotate(Count("pk"))
    for state, count in states:
        mail.add_metric([state], count)
    yield mail
    seen = WorkerBeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    silence = (timezone.now() - seen).total_seconds() if seen else float("inf")
    yield GaugeMetricFamily("cordee_worker_silence_seconds", "Since a worker gave a sign of life.", value=silence)
