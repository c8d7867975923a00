"""manage.py backup FOLDER: everything that must not be lost, in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cordee.records.management.safekeeping.copying import copy


class Command(BaseCommand):
    help = "Copie la base de données et les fichiers reçus dans une archive, avec leurs sommes de contrôle."
    requires_system_checks = ()  # a copy must be possible whatever the pages say

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="le dossier où écrire l’archive")
        parser.add_argument(
            "--recipient", action="append", default=[], help="chiffre l’archive pour cette clé publique d’age (age1…)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when nothing could be copied, or, the copy made, when a file could not be read intact."""
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        path, manifest = copy(folder, options["recipient"])
        self.stdout.write(str(path))
        self.stdout.write(
            f"{len(manifest.rows)} tables, {sum(manifest.rows.values())} lignes, {len(manifest.checksums) - 1} fichiers"
        )
        self.stdout.write(f"Tête du journal : {manifest.head or 'aucune'}")
        if manifest.missing:
            raise CommandError(
                f"La copie est faite, mais {len(manifest.missing)} fichiers sont perdus ou altérés, dont "
                f"{manifest.missing[0]}. Reprenez-les d’une copie plus ancienne."
            )
