"""manage.py restore ARCHIVE: prove a copy, then put it in the place of what stands."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cordee.records.management.safekeeping.restoring import restore, restore_replica


class Command(BaseCommand):
    help = "Vérifie une archive dans un endroit à part, puis la met en place; ce qui s’y trouvait est gardé à côté."
    requires_system_checks = ()  # there may be no database yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, nargs="?", help="l’archive faite par bin/backup")
        parser.add_argument(
            "--identity", type=Path, help="le fichier de la clé privée d’age, si l’archive est chiffrée"
        )
        parser.add_argument("--replica", action="store_true", help="reprend la base de la réplique (CORDEE_REPLICA)")
        parser.add_argument(
            "--at", default="", help="avec --replica, l’instant voulu, par exemple 2025-01-20T15:04:05Z"
        )
        parser.add_argument("--check", action="store_true", help="vérifie seulement, sans rien remplacer")

    def handle(self, *args: Any, **options: Any) -> None:
        said = "Vérifiée" if options["check"] else "Restaurée"
        if options["replica"]:
            missing, kept = restore_replica(options["at"], only_check=options["check"])
            self.stdout.write(f"{said} : la réplique. Fichiers qui manquent à l’entrepôt : {missing}.")
        elif options["archive"] and options["archive"].is_file():
            manifest, kept = restore(options["archive"], options["identity"], only_check=options["check"])
            self.stdout.write(
                f"{said} : la copie du {manifest.made_at}, {sum(manifest.rows.values())} lignes,"
                f" {len(manifest.checksums) - 1} fichiers, {len(manifest.missing)} qui manquaient déjà."
            )
        else:
            raise CommandError("Donnez le fichier d’une copie, ou --replica.")
        if kept:
            self.stdout.write(f"Ce qui s’y trouvait est gardé : {kept}")
