"""manage.py demo_people: the people one can be in the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cordee.home.demo.personas import personas


class Command(BaseCommand):
    help = "Nomme les personnes que l’on peut être dans la démonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        people = personas()
        if not people:
            raise CommandError("L’année inventée n’est pas chargée. Lancez d’abord : manage.py load_demo")
        for persona in people:
            self.stdout.write(f"{persona.person.full_name} – {persona.label}")
