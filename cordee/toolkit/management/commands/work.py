"""The background worker: tasks, the schedule, and what fell."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cordee.toolkit.background.worker import work


class Command(BaseCommand):
    help = "Fait le travail d’arrière-plan : courriels, rappels, tâches datées."
    requires_system_checks = ()  # they load every page, which it never shows; `bin/check` runs them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="s’arrête quand il ne reste rien à faire")

    def handle(self, *args: Any, **options: Any) -> None:
        work(until_empty=options["until_empty"])
