"""manage.py verify_journal: follow the chain of the journal, and say what does not hold."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cordee.records.sealing import verify

MOST = 50


class Command(BaseCommand):
    help = "Suit la chaîne du journal : rien de changé, de retiré ni de déplacé; un effacement légitime est admis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", default="", help="une tête notée ailleurs, « position:empreinte », à retrouver")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with an error when something does not hold."""
        found = verify(expected=options["head"])
        self.stdout.write(f"Scellées : {found.sealed}. En attente : {found.waiting}. Effacées : {found.erased}.")
        self.stdout.write(f"Tête à noter ailleurs : {found.head or 'aucune'}")
        for fault in found.faults[:MOST]:
            self.stderr.write(fault)
        if found.faults:
            raise CommandError(f"Le journal ne tient pas : {len(found.faults)} constats.")
        self.stdout.write("Le journal tient.")
