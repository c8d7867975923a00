"""`manage.py export_edition 2024-2025 [--revision 2] [--output file]`: a revision as its reviewed file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cordee.reference.actions import export_edition
from cordee.reference.models import Revision


class Command(BaseCommand):
    help = "Écrit une révision du cadre de référence (TOML); rechargée, elle redonne les mêmes octets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", help="l’année scolaire : 2024-2025")
        parser.add_argument("--revision", type=int, help="son numéro; sans lui, la dernière révision")
        parser.add_argument("--output", type=Path, help="le fichier à écrire; sans lui, la sortie de la commande")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Revision.objects.filter(edition__year=options["year"]).select_related("edition").order_by("number")
        if options["revision"]:
            found = found.filter(number=options["revision"])
        revision = found.last()
        if revision is None:
            raise CommandError(
                _("Il n’y a pas cette révision du cadre %(year)s. Voyez la page du cadre.") % {"year": options["year"]}
            )
        text = export_edition(revision)
        if options["output"] is None:
            self.stdout.write(text, ending="")
        else:
            options["output"].write_text(text, encoding="utf-8", newline="\n")
