"""manage.py load_demo [--reset]: the invented year 2024-2025."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cordee.home.demo import loading
from cordee.meetings.models import Attendance, Meeting
from cordee.people.models import Group, Person


class Command(BaseCommand):
    help = "Charge l’année 2024-2025 inventée. --reset efface d’abord toutes les données."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="efface toutes les données avant de charger")

    def handle(self, *args: Any, **options: Any) -> None:
        if not loading.is_erasable():
            raise CommandError(
                "Cette base est en production : l’année inventée n’y entre pas. "
                "Pour une démonstration, démarrez avec CORDEE_MODE=demo et une autre base."
            )
        if options["reset"]:
            loading.erase()
        if loading.is_loaded():
            self.stdout.write("L’année 2024-2025 inventée est déjà là. Pour la recharger : --reset.")
            return
        loading.load()
        self.stdout.write(
            f"Année 2024-2025 chargée, données inventées : {Person.objects.count()} personnes, "
            f"{Group.objects.count()} groupes, {Meeting.objects.count()} rencontres, "
            f"{Attendance.objects.count()} présences."
        )
